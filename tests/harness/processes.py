"""Child processes of the tests: started on a free port, ended by their own id."""

import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

_PORTS = (20_000, 32_000)

Process = subprocess.Popen[bytes]


def free_port() -> int:
    """Return a port of loopback on which nobody listens.

    It lies below the ports that systems give to those who connect, so that no connection of
    another test can take it before it is listened on.
    """
    for _ in range(100):
        port = random.randrange(*_PORTS)  # noqa: S311  # not a secret
        if _is_free(port):
            return port
    message = "No port is free."
    raise RuntimeError(message)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def clean_environment(**settings: str) -> dict[str, str]:
    """Return an environment for a child: without our own settings and without pytest's.

    Reflex takes `PYTEST_*` as a sign that it is being tested, and behaves otherwise.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PORTAL_", "PYTEST", "REFLEX_", "__REFLEX_"))
    }
    return kept | settings


def wait_until(
    is_ready: Callable[[], bool], process: Process, log: Path, *, seconds: float = 30
) -> None:
    """Wait until a child is ready; when it ends first, or never is, show the end of its log."""
    deadline = time.monotonic() + seconds
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            stop(process)
            said = log.read_text("utf-8", "replace")[-4000:]
            message = f"{process.args!r} did not start (exit {process.returncode}):\n{said}"
            raise RuntimeError(message)
        time.sleep(0.02)


def stop(process: Process, *, how: int = signal.SIGTERM, seconds: float = 10) -> None:
    """End a child, and see to it that it has ended."""
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(seconds)
