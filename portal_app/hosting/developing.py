"""`portal dev`: the portal with every edit in the browser at once.

This process holds the address, whatever is edited; behind it the workshop makes the portal and its
pages anew (`portal_app.hosting.workshop`).
"""

import asyncio
import signal
import socket
import sys

from portal_app.errors import CannotStart
from portal_app.hosting.loopbacks import loopbacks
from portal_app.hosting.one_origin import OneOrigin
from portal_app.hosting.reflex_environment import LOOPBACK, ROOT, environment_of_child
from portal_app.settings import settings


def develop() -> None:
    """Serve to developers until told to stop.

    Raises:
        CannotStart: what stands behind the address ended; its words are above the message.
    """
    asyncio.run(_develop())


async def _develop() -> None:
    told_to_stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, told_to_stop.set)
    portal_port, page_port = _free_ports(2)
    workshop = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "portal_app.hosting.workshop", str(portal_port), str(page_port)),
        cwd=ROOT,
        env=environment_of_child("develop") | {"REFLEX_FRONTEND_PORT": str(page_port)},
        stdin=asyncio.subprocess.PIPE,
    )
    tell = workshop.stdin
    assert tell is not None  # noqa: S101  # asked for above
    origin = OneOrigin(portal_port, page_port, heard=lambda path: tell.write(path + b"\n"))
    server = await origin.listen(loopbacks(), settings.port)
    try:
        ends = [asyncio.create_task(told_to_stop.wait()), asyncio.create_task(workshop.wait())]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        server.close()
        if workshop.returncode is None:
            workshop.terminate()
        await workshop.wait()
    if not told_to_stop.is_set():
        raise CannotStart("Developing ended: what stands behind the address did, as said above.")


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server((LOOPBACK, 0)) for _ in range(count)]
    try:
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
