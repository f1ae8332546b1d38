"""The mail catcher of demo mode: a real SMTP server on loopback that keeps what it gets."""

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from portal_app.errors import WrongSetting
from portal_app.settings import settings

KEPT_MAILS = 500
_PRUNED_BELOW = KEPT_MAILS - 50  # not at every mail


def caught_folder() -> Path:
    """Return where the caught mails are."""
    return settings.data_dir / "mail"


@asynccontextmanager
async def catching(*, port: int | None = None) -> AsyncGenerator[int]:
    """Catch mails for as long as this lasts; gives the port.

    Raises:
        WrongSetting: another program has the port.
    """
    loop = asyncio.get_running_loop()
    wished = settings.mail_catcher_port if port is None else port
    try:
        server = await loop.create_server(
            lambda: SMTP(_Keeper(), hostname="localhost", loop=loop), "127.0.0.1", wished
        )
    except OSError:
        raise WrongSetting(
            f"Port {wished} is taken, and the mail catcher needs it: "
            "set PORTAL_CATCHER_PORT to a free one."
        ) from None
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


class _Keeper:
    """Writes each mail to a file of its own, under a name that sorts by time."""

    async def handle_DATA(  # noqa: N802  # the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        await asyncio.to_thread(_keep, envelope.rcpt_tos, envelope.original_content or b"")
        return "250 2.0.0 Kept"


def _keep(recipients: list[str], content: bytes) -> None:
    folder = caught_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    delivered = "".join(f"Delivered-To: {to}\r\n" for to in recipients).encode()
    name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
    draft = folder / f"{name}.part"
    draft.write_bytes(delivered + content)
    draft.replace(folder / f"{name}.eml")  # a reader never sees half a mail
    _prune(folder)


def _prune(folder: Path) -> None:
    kept = sorted(folder.glob("*.eml"))
    if len(kept) > KEPT_MAILS:
        for old in kept[:-_PRUNED_BELOW]:
            old.unlink(missing_ok=True)
