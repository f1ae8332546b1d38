"""Reads the mails that the catcher of demo mode kept, newest first."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import lru_cache
from html import unescape
from pathlib import Path

from portal_app.adapters.mail_catcher import KEPT_MAILS, caught_folder

_NUMBER = re.compile(r"\d{20}-[0-9a-f]{8}")
_CODE = re.compile(r'class="code"[^>]*>([^<]+)<')
_LINK = re.compile(r'class="button" href="([^"]+)"')


@dataclass(frozen=True, slots=True)
class CaughtMail:
    """A mail as it arrived, with the code and the link that it brings; empty when none."""

    number: str
    at: datetime
    to: str
    subject: str
    text: str
    html: str
    code: str
    link: str


def caught_mails(*, to: str = "", at_most: int = KEPT_MAILS) -> list[CaughtMail]:
    """Return the caught mails, newest first; only those whose address contains `to`."""
    wanted = to.strip().casefold()
    found: list[CaughtMail] = []
    for path in sorted(caught_folder().glob("*.eml"), reverse=True):
        mail = _read(path)
        if mail and wanted in mail.to.casefold():
            found.append(mail)
        if len(found) == at_most:
            break
    return found


def caught_mail(number: str) -> CaughtMail | None:
    """Return one caught mail; nothing when there is none of that number."""
    if not _NUMBER.fullmatch(number):
        return None
    return _read(caught_folder() / f"{number}.eml")


def clear() -> None:
    """Throw every caught mail away."""
    for path in caught_folder().glob("*.eml"):
        path.unlink(missing_ok=True)


@lru_cache(maxsize=KEPT_MAILS)
def _read_once(path: Path) -> CaughtMail:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    html = _part(message, "html")
    code, link = _CODE.search(html), _LINK.search(html)
    nanoseconds = int(path.stem.partition("-")[0])
    return CaughtMail(
        number=path.stem,
        at=datetime.fromtimestamp(nanoseconds / 1e9, UTC),
        to=str(message.get("Delivered-To", message.get("To", ""))),
        subject=str(message.get("Subject", "")),
        text=_part(message, "plain"),
        html=html,
        code=unescape(code[1]).strip() if code else "",
        link=unescape(link[1]) if link else "",
    )


def _read(path: Path) -> CaughtMail | None:
    try:
        return _read_once(path) if path.is_file() else None
    except FileNotFoundError:  # pruned or cleared this very moment
        return None


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return str(body.get_content()).replace("\r\n", "\n") if body else ""
