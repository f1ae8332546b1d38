"""The inbox of demo mode: a list of mails, and the one that is read."""

from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from portal_app.gate.handlers import Audience, handler
from portal_app.services import caught_mail
from portal_app.state.base import PortalState
from portal_app.state.shapes import MailLine

PATH = "/dev/mail"
_LONGEST_ADDRESS = 254


class CaughtMailState(PortalState, rx.State):
    """What `?to=` and `?mail=` of the address ask for."""

    to: str = ""
    mails: list[MailLine] = []
    number: str = ""  # of the mail that is read; the other fields are its
    arrived_at: str = ""
    recipient: str = ""
    subject: str = ""
    text: str = ""
    code: str = ""
    link: str = ""

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Look what has arrived."""
        asked = self._asked()
        self.to = asked.get("to", "")[:_LONGEST_ADDRESS]
        found = await self._run(caught_mail.inbox, to=self.to, number=asked.get("mail", ""))
        opened = found.opened
        self.number = opened.number if opened else ""
        self.arrived_at = opened.at.isoformat() if opened else ""
        self.recipient = opened.to if opened else ""
        self.subject = opened.subject if opened else ""
        self.text = opened.text if opened else ""
        self.code = opened.code if opened else ""
        self.link = opened.link if opened else ""
        self.mails = [
            MailLine(
                recipient=mail.to,
                subject=mail.subject,
                arrived_at=mail.at.isoformat(),
                href=_address(to=self.to, mail=mail.number),
                is_read=mail == opened,
            )
            for mail in found.mails
        ]

    @handler(Audience.PUBLIC)
    async def find(self, form: dict[str, str]) -> EventSpec:
        """Show the mails to an address."""
        return rx.redirect(_address(to=form.get("to", "")[:_LONGEST_ADDRESS]))

    @handler(Audience.PUBLIC)
    async def clear(self) -> EventSpec:
        """Throw every mail away."""
        await self._run(caught_mail.clear)
        return rx.redirect(PATH)


def _address(**asked: str) -> str:
    kept = {name: value for name, value in asked.items() if value}
    return f"{PATH}?{urlencode(kept)}" if kept else PATH
