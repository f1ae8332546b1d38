"""Hands mails to a mail server, over one kept connection."""

import asyncio
import re
import ssl
import time
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urlsplit

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from portal_app.errors import WrongSetting
from portal_app.settings import settings

COMMAND_SECONDS = 30.0  # for one answer of the server
MAIL_SECONDS = 90.0  # for a whole mail, connecting included; well under the outbox's lease
KEPT_SECONDS = 20.0  # an idle connection is closed before the server finds it rude
_WRITABLE = re.compile(r"[!-~]+@[!-~]+")
_CLOSES = 421  # 'service not available, closing transmission channel'


class Tls(StrEnum):
    """How the connection is encrypted: nothing falls back to clear text by itself."""

    STARTTLS = "starttls"
    IMPLICIT = "implicit"
    NONE = "none"


_PORTS = {Tls.STARTTLS: 587, Tls.IMPLICIT: 465, Tls.NONE: 25}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails go, and how."""

    host: str
    port: int
    tls: Tls
    username: str = ""
    password: str = field(default="", repr=False)


class Verdict(StrEnum):
    """What became of a mail that was handed over."""

    TAKEN = "taken"
    LATER = "later"  # this mail was put off (4xx), or the connection was lost under it
    NEVER = "never"  # this mail was refused (5xx)
    UNREACHABLE = "unreachable"  # no mail can be handed over: the server or our settings


@dataclass(frozen=True, slots=True)
class Delivery:
    """The verdict, and the server's answer without what it quotes (it may quote addresses)."""

    verdict: Verdict
    answer: str


def configured_server() -> MailServer:
    """Return the mail server of the settings; in demo mode the built-in catcher unless set.

    Raises:
        WrongSetting: `PORTAL_SMTP_URL` cannot be understood, or is not safe.
    """
    if settings.smtp_url or not settings.is_demo:
        return read_server(settings.smtp_url)
    return MailServer("127.0.0.1", settings.mail_catcher_port, Tls.NONE)


def read_server(address: str) -> MailServer:
    """Read `smtp://user:password@host:port?tls=starttls|implicit|none`; TLS unless said otherwise.

    Raises:
        WrongSetting: it cannot be understood, or would send a password in clear text.
    """
    try:
        parts = urlsplit(address)
        asked = parse_qs(parts.query, strict_parsing=bool(parts.query))
        tls = Tls(asked.pop("tls", ["starttls"])[-1])
        port = parts.port or _PORTS[tls]
    except ValueError:
        raise WrongSetting(_HOW_TO_WRITE) from None
    if parts.scheme != "smtp" or not parts.hostname or parts.path.strip("/") or asked:
        raise WrongSetting(_HOW_TO_WRITE)
    if tls is Tls.NONE and parts.password and parts.hostname not in _LOOPBACK:
        raise WrongSetting(
            "PORTAL_SMTP_URL would send its password in clear text: "
            "write tls=starttls or tls=implicit."
        )
    username, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port, tls, username, password)


_HOW_TO_WRITE = (
    "PORTAL_SMTP_URL cannot be understood: write "
    "smtp://user:password@host:port?tls=starttls (or implicit, or none)."
)


class MailConnection:
    """One connection to the mail server: opened when needed, kept while mails follow.

    For one task at a time. Certificates are checked against the machine's authorities
    (OpenSSL's `SSL_CERT_FILE` adds others), or those of `trust`.
    """

    def __init__(self, server: MailServer, *, trust: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._trust = trust or ssl.create_default_context()
        self._client: SMTP | None = None
        self._used_at = 0.0

    async def deliver(self, *, sender: str, to: str, content: bytes) -> Delivery:
        """Hand one mail over and tell what became of it; a server's trouble never raises."""
        if not _WRITABLE.fullmatch(to):  # the library would cut it at a line break
            return Delivery(Verdict.NEVER, "address cannot be written")
        try:
            async with asyncio.timeout(MAIL_SECONDS):
                delivery = await self._deliver(sender, to, content)
        except TimeoutError:
            self._drop()
            return Delivery(Verdict.LATER, "timeout")
        self._used_at = time.monotonic()
        return delivery

    async def close_when_idle(self) -> None:
        """Take leave of the server when no mail has followed for a while."""
        if self._client and time.monotonic() - self._used_at > KEPT_SECONDS:
            await self.close()

    async def close(self) -> None:
        """Take leave of the server."""
        client, self._client = self._client, None
        if client is None:
            return
        try:
            await client.quit(timeout=2)
        except (SMTPException, OSError):
            client.close()

    async def _deliver(self, sender: str, to: str, content: bytes) -> Delivery:
        try:
            client = await self._begin(sender)
        except (SMTPException, OSError) as trouble:
            # Also when the server refuses our name, password or sender with a 5xx: that
            # is a setting to mend, and no reason to give this mail up.
            self._drop()
            return Delivery(Verdict.UNREACHABLE, _said(trouble))
        try:
            await client.rcpt(to)
            answer = await client.data(content)
        except (SMTPRecipientRefused, SMTPDataError) as no:
            await self._end_mail(client)
            return Delivery(Verdict.NEVER if no.code >= 500 else Verdict.LATER, _said(no))  # noqa: PLR2004  # RFC 5321
        except (SMTPException, OSError) as trouble:
            self._drop()
            return Delivery(Verdict.LATER, _said(trouble))
        return Delivery(Verdict.TAKEN, _answer(answer.code, answer.message))

    async def _begin(self, sender: str) -> SMTP:
        # A kept connection may have been closed by the server meanwhile. Nothing of this
        # mail was said yet, so a fresh connection cannot double it.
        if self._client is not None:
            try:
                await self._client.mail(sender)
            except SMTPResponseException as no:
                if no.code != _CLOSES:
                    raise
            except (SMTPServerDisconnected, SMTPTimeoutError, OSError):
                pass
            else:
                return self._client
            self._drop()
        client = self._client = await self._connect()
        await client.mail(sender)
        return client

    async def _connect(self) -> SMTP:
        server = self._server
        client = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username or None,
            password=server.password or None,
            local_hostname=settings.mail_from.rpartition("@")[2],
            use_tls=server.tls is Tls.IMPLICIT,
            start_tls=server.tls is Tls.STARTTLS,  # required then; the library's own
            # default (None) would send in clear text when the server offers none
            tls_context=self._trust if server.tls is not Tls.NONE else None,
            timeout=COMMAND_SECONDS,
        )
        await client.connect()
        return client

    async def _end_mail(self, client: SMTP) -> None:
        try:
            await client.rset()
        except (SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


def _said(trouble: Exception) -> str:
    if isinstance(trouble, SMTPResponseException):
        return _answer(trouble.code, trouble.message)
    for cause in (trouble, trouble.__cause__):
        if isinstance(cause, ssl.SSLError):
            return f"no safe connection: {cause.reason}"
    if isinstance(trouble, TimeoutError):
        return "timeout"
    if isinstance(trouble, OSError):
        return "no connection"
    return "no safe connection" if "STARTTLS" in str(trouble) else type(trouble).__name__


def _answer(code: int, message: str) -> str:
    enhanced = re.match(r"[245]\.\d{1,3}\.\d{1,3}\b", message)
    return f"{code} {enhanced[0]}" if enhanced else str(code)
