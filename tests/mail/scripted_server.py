"""A real SMTP server on loopback that answers as a test tells it to."""

import asyncio
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from portal_app.adapters.smtp import MailServer, Tls

DROP = "drop the connection"
SILENCE = "say nothing"
USERNAME, PASSWORD = "portaal", "geheim!wachtwoord"


@dataclass
class Script:
    """Answers per command, one per time; when they are used up, yes. And what it received."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    received: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    calls: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    was_encrypted: list[bool] = field(default_factory=list)

    async def answer(self, server: SMTP, command: str, yes: str) -> str:
        """Say what the script has for this command; without anything left, yes."""
        self.calls[command] += 1
        waiting = self.answers.get(command)
        said = waiting.pop(0) if waiting else yes
        if said == SILENCE:
            await asyncio.sleep(60)
        if said == DROP:
            server.transport.abort()
            raise ConnectionResetError
        return said

    async def handle_MAIL(  # noqa: N802  # aiosmtpd calls it
        self, server: SMTP, _session, envelope: Envelope, address, _options
    ) -> str:
        """Answer to the sender."""
        said = await self.answer(server, "MAIL", "250 OK")
        if said.startswith("2"):
            envelope.mail_from = address
        return said

    async def handle_RCPT(  # noqa: N802  # aiosmtpd calls it
        self, server: SMTP, _session, envelope: Envelope, address, _options
    ) -> str:
        """Answer to a recipient."""
        said = await self.answer(server, "RCPT", "250 OK")
        if said.startswith("2"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, _session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd calls it
        """Answer to a mail."""
        said = await self.answer(server, "DATA", "250 2.0.0 OK")
        if said.startswith("2"):
            self.keep(server, envelope)
        return said

    def keep(self, server: SMTP, envelope: Envelope) -> None:
        """Remember a mail that was taken."""
        self.received.append(envelope.original_content or b"")
        self.recipients.extend(envelope.rcpt_tos)
        self.was_encrypted.append(server.transport.get_extra_info("sslcontext") is not None)

    async def handle_exception(self, _error: Exception) -> str:
        """Say something when the script ends the conversation."""
        return "451 The script ended the conversation"


class KeptThenDropped(Script):
    """Takes a mail, and loses the connection before saying so."""

    async def handle_DATA(self, server: SMTP, _session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd calls it
        """Answer to a mail."""
        if not self.calls["DATA"]:
            self.keep(server, envelope)
            self.answers["DATA"] = [DROP]
        return await super().handle_DATA(server, _session, envelope)


def _knows(_server, _session, _envelope, _mechanism, login: LoginPassword) -> AuthResult:
    right = login == LoginPassword(USERNAME.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@asynccontextmanager
async def serving(
    script: Script,
    *,
    certificate: ssl.SSLContext | None = None,
    tls: Tls = Tls.NONE,
    wants_login: bool = False,
    port: int = 0,
) -> AsyncIterator[MailServer]:
    """Answer by the script; gives the address, to be reached with the TLS it offers."""
    loop = asyncio.get_running_loop()

    def conversation() -> SMTP:
        script.calls["CONNECT"] += 1
        return SMTP(
            script,
            hostname="localhost",
            loop=loop,
            tls_context=certificate if tls is Tls.STARTTLS else None,
            authenticator=_knows if wants_login else None,
            auth_required=wants_login,
        )

    context = certificate if tls is Tls.IMPLICIT else None
    server = await loop.create_server(conversation, "127.0.0.1", port, ssl=context)
    try:
        yield MailServer("127.0.0.1", server.sockets[0].getsockname()[1], tls)
    finally:
        server.close()
