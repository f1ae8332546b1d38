"""Serving the portal from one origin: pages, socket and routes."""

import errno
import gc
import multiprocessing
import os
import socket
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

from portal_app.errors import CannotStart
from portal_app.hosting.loopbacks import AlsoAt, loopbacks
from portal_app.hosting.reflex_environment import ROOT, enter
from portal_app.settings import settings

_APP = "portal_app.portal_app"


def addresses() -> list[str]:
    """Return the addresses to listen on: demo mode is for this machine only."""
    return loopbacks() if settings.is_demo else ["0.0.0.0"]  # noqa: S104  # a proxy with https stands before it


def welcome() -> str:
    """Return what whoever starts the portal needs to know."""
    lines = [f"The portal is at {settings.origin} (Ctrl+C stops it)."]
    if settings.is_demo:
        lines.append(f"Its mails arrive at {settings.origin}/dev/mail.")
    return "\n".join(lines)


def refuse_if_taken() -> None:
    """Make sure that the port is free.

    Raises:
        CannotStart: something listens there, or only an administrator may.
    """
    port = settings.port
    for address in addresses():
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        try:
            socket.create_server((address, port), family=family).close()
        except OSError as refused:
            why = (
                "is in use"
                if refused.errno == errno.EADDRINUSE
                else "may not be used by this account"
            )
            raise CannotStart(
                f"Port {port} {why}: stop what uses it, or choose another, "
                f"such as `PORTAL_PORT={port + 1} make run`."
            ) from None


def serve() -> None:
    """Serve the built pages and everything behind them until told to stop.

    One worker, or one per processor when Redis holds what they share.
    """
    enter("serve")
    sys.path.insert(0, str(ROOT))  # where rxconfig.py is
    load()
    listen(addresses(), settings.port, workers=(os.cpu_count() or 1) if settings.redis_url else 1)


def load() -> None:
    """Load the portal, for the workers that are forked from this process to share."""
    gc.disable()  # all that is loaded stays: looking for garbage in it is a tenth of the start
    __import__(_APP)
    gc.freeze()
    gc.enable()
    # What an event makes is gone with it; looking for garbage among it takes a twentieth of it.
    gc.set_threshold(20_000, 20, 20)


def listen(at: Sequence[str], port: int, *, workers: int = 1, patience: int = 5) -> None:
    """Serve the portal that was loaded; at the end people have some seconds of patience."""
    from granian.constants import HTTPModes, Interfaces, Loops
    from granian.log import LogLevels
    from granian.server import Server

    multiprocessing.set_start_method("fork", force=True)
    first, *others = at
    Server(
        target=_APP,
        address=first,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        loop=Loops.asyncio,
        workers=workers,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=patience,
        log_level=LogLevels.warning,
    ).serve(target_loader=partial(_portal, others, port), wrap_loader=False)


def _portal(also_at: Sequence[str], port: int) -> Any:  # noqa: ANN401  # an ASGI application
    served = sys.modules[_APP].app()
    for address in also_at:
        served = AlsoAt(served, address, port)
    return served
