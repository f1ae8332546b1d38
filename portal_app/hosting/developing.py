"""`portal dev`: the portal with every edit in the browser at once.

Three processes: this one holds the address, the portal restarts when its sources change, and the
page server (Vite) hands changed modules to open pages.
"""

import asyncio
import signal
import socket
import sys
from pathlib import Path

from portal_app.errors import CannotStart
from portal_app.hosting.building import prepare_web_folder
from portal_app.hosting.one_origin import OneOrigin
from portal_app.hosting.reflex_environment import (
    DEVELOPMENT_WEB,
    ROOT,
    bun,
    enter,
    environment_of_child,
)
from portal_app.settings import settings

_LOOPBACK = "127.0.0.1"


def develop() -> None:
    """Serve to developers until told to stop.

    Raises:
        CannotStart: the portal or the page server ended; its words are above the message.
    """
    portal_port, page_port = _free_ports(2)
    environment = environment_of_child("develop") | {"REFLEX_FRONTEND_PORT": str(page_port)}
    asyncio.run(_Development(OneOrigin(portal_port, page_port), environment).run())


class _Development:
    def __init__(self, origin: OneOrigin, environment: dict[str, str]) -> None:
        self._origin = origin
        self._environment = environment
        self._processes: list[asyncio.subprocess.Process] = []

    async def run(self) -> None:
        told_to_stop = asyncio.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, told_to_stop.set)
        server = await self._origin.listen(_LOOPBACK, settings.port)
        try:
            await self._start(told_to_stop)
        finally:
            server.close()
            await self._stop()

    async def _start(self, told_to_stop: asyncio.Event) -> None:
        portal = await self._spawn(
            [sys.executable, "-m", "portal_app.hosting.developing", str(self._origin.portal_port)]
        )
        ends = [asyncio.create_task(told_to_stop.wait()), asyncio.create_task(portal.wait())]
        # The portal lays the page server's sources out; until it answers there are none.
        answers = asyncio.create_task(_until_it_answers(self._origin.portal_port))
        await asyncio.wait([*ends, answers], return_when=asyncio.FIRST_COMPLETED)
        if answers.done():
            pages = await self._spawn(
                _page_server(self._origin.page_port),
                ROOT / DEVELOPMENT_WEB,
                asyncio.subprocess.DEVNULL,
            )
            ends.append(asyncio.create_task(pages.wait()))
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        answers.cancel()
        if not told_to_stop.is_set():
            raise CannotStart("Developing ended: one of its two servers stopped, as said above.")

    async def _spawn(
        self, command: list[str], folder: Path = ROOT, output: int | None = None
    ) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=folder, env=self._environment, stdout=output
        )
        self._processes.append(process)
        return process

    async def _stop(self) -> None:
        for process in self._processes:
            if process.returncode is None:
                process.terminate()
        await asyncio.gather(*(process.wait() for process in self._processes))


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server((_LOOPBACK, 0)) for _ in range(count)]
    try:
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


async def _until_it_answers(port: int) -> None:
    while True:
        try:
            _, connection = await asyncio.open_connection(_LOOPBACK, port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            connection.close()
            return


def _page_server(port: int) -> list[str]:
    # Not the script that Reflex wrote for this: that one listens to the whole network.
    vite = ["node_modules/.bin/react-router", "dev", "--host", _LOOPBACK, "--port", str(port)]
    return [str(bun()), "--bun", "--conditions=development", *vite]


def _serve_portal(port: int) -> None:
    """Serve the portal alone, restarting it at every edit; Reflex does the restarting."""
    import reflex.app  # noqa: F401  # restarts are forked from here, with Reflex loaded
    from reflex.utils import build
    from reflex.utils import exec as running
    from reflex_base.constants.base import LogLevel

    prepare_web_folder()
    build.setup_frontend(ROOT)
    running.set_dev_start_method()
    running.run_granian_backend(_LOOPBACK, port, LogLevel.WARNING)


if __name__ == "__main__":
    enter("develop")
    sys.path.insert(0, str(ROOT))  # where rxconfig.py is
    _serve_portal(int(sys.argv[1]))
