"""A mail server of the tests: whatever the portal sends arrives here, over real SMTP."""

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Lock

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.harness import processes


class Mailbox:
    """Everybody's mails, in the order in which they came."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answer = "250 Message accepted"  # what the next mails are told, such as '550 No'
        self.thinks = 0.0  # seconds before it takes a mail, and again before it says so
        self._mails: defaultdict[str, list[EmailMessage]] = defaultdict(list)
        self._lock = Lock()

    @property
    def address(self) -> str:
        """The mail server's address as the portal's settings take it."""
        return f"smtp://127.0.0.1:{self.port}?tls=none"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's word
        """Take a mail, or refuse it as `answer` says."""
        answer = self.answer
        await asyncio.sleep(self.thinks)
        if answer.startswith("250"):
            mail = message_from_bytes(bytes(envelope.content or b""), policy=policy.default)
            with self._lock:
                for address in envelope.rcpt_tos:
                    self._mails[address.casefold()].append(mail)
        await asyncio.sleep(self.thinks)
        return answer

    def to(self, address: str) -> list[EmailMessage]:
        """Return the mails to an address, oldest first."""
        with self._lock:
            return list(self._mails.get(address.casefold(), ()))

    def everything(self) -> list[tuple[str, EmailMessage]]:
        """Return every mail with the address to which it came."""
        with self._lock:
            return [(to, mail) for to, mails in self._mails.items() for mail in mails]

    def wait_for(
        self, address: str, *, subject: str = "", seconds: float = 10, number: int = 1
    ) -> EmailMessage:
        """Return the mail to an address of which the subject holds `subject`, once it is there.

        With `number` 2 the second such mail, and so on.
        """
        deadline = time.monotonic() + seconds
        while True:
            found = [mail for mail in self.to(address) if subject in str(mail["Subject"])]
            if len(found) >= number:
                return found[number - 1]
            if time.monotonic() > deadline:
                here = [str(mail["Subject"]) for mail in self.to(address)]
                message = f"No mail {subject!r} came to {address}; there are {here}."
                raise AssertionError(message)
            time.sleep(0.05)

    def clear(self) -> None:
        """Throw every mail away."""
        with self._lock:
            self._mails.clear()


def text_of(mail: EmailMessage) -> str:
    """Return what a mail says in plain text."""
    part = mail.get_body(("plain",))
    assert part is not None, "a mail without a plain text"
    return part.get_content()


def html_of(mail: EmailMessage) -> str:
    """Return what a mail says in HTML."""
    part = mail.get_body(("html",))
    assert part is not None, "a mail without HTML"
    return part.get_content()


def code_in(mail: EmailMessage) -> str:
    """Return the verification code of six digits in a mail."""
    [code] = set(re.findall(r"(?<!\d)\d{6}(?!\d)", text_of(mail)))
    return code


def invitation_code_in(mail: EmailMessage) -> str:
    """Return the invitation code in a mail."""
    [code] = set(re.findall(r"E-[0-9A-Z]{6}(?:-[0-9A-Z]{4}){4}", text_of(mail)))
    return code


@contextmanager
def running() -> Iterator[Mailbox]:
    """Listen for mails on a free port."""
    mailbox = Mailbox(processes.free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
