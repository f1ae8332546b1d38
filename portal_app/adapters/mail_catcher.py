"""The mail catcher of demo mode: a real SMTP server on loopback that keeps what it gets."""

import asyncio
import fcntl
import logging
import secrets
import socket
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from portal_app.errors import WrongSetting
from portal_app.settings import settings

KEPT_MAILS = 500
PRUNED_TO = 450  # so that not every mail prunes


def caught_folder() -> Path:
    """Return where the caught mails are."""
    return settings.data_dir / "mail"


@asynccontextmanager
async def catching() -> AsyncGenerator[None]:
    """Catch mails for as long as this lasts, unless another process of this portal does.

    Raises:
        WrongSetting: another program has the port.
    """
    with _alone() as is_alone:
        if not is_alone:
            yield
            return
        server = await _listen(settings.mail_catcher_port)
        try:
            yield
        finally:
            server.close()


def refuse_if_taken() -> None:
    """Make sure that the port is free, or has this portal's own catcher.

    Raises:
        WrongSetting: another program has the port.
    """
    with _alone() as is_alone, socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            if is_alone:
                probe.bind(("127.0.0.1", settings.mail_catcher_port))
        except OSError:
            raise _taken(settings.mail_catcher_port) from None


async def _listen(port: int) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # it tells every command
    try:
        return await loop.create_server(
            lambda: SMTP(_Keeper(), hostname="localhost", loop=loop), "127.0.0.1", port
        )
    except OSError:
        raise _taken(port) from None


def _taken(port: int) -> WrongSetting:
    return WrongSetting(
        f"Port {port} is taken, and the mail catcher needs it: "
        "set PORTAL_CATCHER_PORT to a free one."
    )


@contextmanager
def _alone() -> Generator[bool]:
    """Tell whether this is the one process of the portal that catches, and keep it so."""
    folder = caught_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "catcher.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


class _Keeper:
    """Writes each mail to a file of its own, under a name that sorts by time."""

    async def handle_DATA(  # noqa: N802  # the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        await asyncio.to_thread(_keep, envelope.rcpt_tos, envelope.original_content or b"")
        return "250 2.0.0 Kept"


def _keep(recipients: list[str], content: bytes) -> None:
    folder = caught_folder()
    delivered = "".join(f"Delivered-To: {to}\r\n" for to in recipients).encode()
    name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
    draft = folder / f"{name}.part"
    draft.write_bytes(delivered + content)
    draft.replace(folder / f"{name}.eml")  # a reader never sees half a mail
    _prune(folder)


def _prune(folder: Path) -> None:
    kept = sorted(folder.glob("*.eml"))
    if len(kept) > KEPT_MAILS:
        for old in kept[:-PRUNED_TO]:
            old.unlink(missing_ok=True)
