"""The list of invitations of staff; all of it follows from the address."""

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from portal_app.errors import NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.reading import read_search
from portal_app.reading_numbers import shown_unit
from portal_app.services import invitation_list, inviting
from portal_app.services.invitation_list import InvitationRow
from portal_app.state.lists import ListState, tab_links
from portal_app.state.paging import list_address, paging
from portal_app.state.shapes import TabLink
from portal_app.unit_of_work import UseCase

PATH = "/beheer/uitnodigingen"
_QUERY = ("tab", "zoek", "pagina", "per")


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation in the list; moments in ISO form, empty when not yet."""

    id: int
    public_id: str
    person: str
    listed: str  # family name first
    email: str
    company: str
    unit: Text | str
    role_key: str
    state_key: str
    created_at: str
    sent_at: str
    expires_at: str
    opened_at: str
    redeemed_at: str
    redeemed_by: str
    mail_key: str
    inviter: str
    is_open: bool


class InvitationListState(ListState, rx.State):
    """The list, its tabs and pages, and the invitation about to be withdrawn."""

    tab: str = "open"
    words: str = ""
    lines: list[InvitationLine] = []
    tabs: list[TabLink] = []
    withdrawing: int = 0
    withdrawing_person: str = ""
    said_key: str = ""
    said_person: str = ""

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show what the address asks for."""
        self.said_key = ""
        self.is_failed = not await self._succeeds(self._show())

    @handler(Audience.STAFF)
    async def search(self, form: dict[str, str]) -> EventSpec:
        """Go to the address of the list with these words."""
        return rx.redirect(self._href(zoek=read_search(form.get("zoek", "")), pagina=""))

    @handler(Audience.STAFF)
    async def send_again(self, invitation: int) -> None:
        """Mail the same code once more; it lives anew."""
        await self._do(inviting.send_again, invitation, "invitations.sent_again")

    @handler(Audience.STAFF)
    async def ask_to_withdraw(self, invitation: int) -> None:
        """Ask whether to withdraw an invitation."""
        self.withdrawing, self.withdrawing_person = invitation, self._person(invitation)

    @handler(Audience.STAFF)
    async def keep(self) -> None:
        """Leave it as it is."""
        self.withdrawing = 0

    @handler(Audience.STAFF)
    async def withdraw(self) -> None:
        """Withdraw the invitation that was asked about."""
        invitation, self.withdrawing = self.withdrawing, 0
        await self._do(inviting.withdraw, invitation, "invitations.withdrawn")

    async def _do(self, use_case: UseCase[..., object], invitation: int, done: str) -> None:
        """Do it with an invitation and say so, or that it was over meanwhile."""
        self.said_person = self._person(invitation)
        try:
            await self._run(use_case, invitation_id=invitation)
        except NotFound:
            self.said_key = "invitations.wrong_over"
        else:
            self.said_key = done
        await self._show()

    def _person(self, invitation: int) -> str:
        return next((line.person for line in self.lines if line.id == invitation), "")

    async def _show(self) -> None:
        asked = self._asked()
        self.tab = asked.get("tab", "") if asked.get("tab") in invitation_list.TABS else "open"
        self.words = read_search(asked.get("zoek", ""))
        page, size = self._asked_page()
        found = await self._find(
            invitation_list.overview, tab=self.tab, words=self.words, page=page, size=size
        )
        if found is None:
            return
        self.lines = [_line(row) for row in found.rows]
        self.tabs = tab_links(
            {name: name for name in invitation_list.TABS},
            found.counts,
            chosen=self.tab,
            label=lambda tab: f"invitations.tab_{tab}",
            href=self._href,
        )
        self.paging = paging(found.total, page, size, self._href)

    def _href(self, **changes: str) -> str:
        """Return the address of the list with some of its query changed."""
        return list_address(PATH, self._asked(), _QUERY, **changes)


def _line(row: InvitationRow) -> InvitationLine:
    return InvitationLine(
        row.id,
        row.public_id,
        row.person or row.email,
        row.listed or row.email,
        row.email,
        row.organisation,
        shown_unit(row.unit),
        f"roles.{row.role.value}",
        f"invitations.state_{row.state.value}",
        row.created_at.isoformat(),
        row.sent_at.isoformat() if row.sent_at else "",
        row.expires_at.isoformat(),
        row.opened_at.isoformat() if row.opened_at else "",
        row.redeemed_at.isoformat() if row.redeemed_at else "",
        row.redeemed_by,
        f"invitations.mail_{row.mail or ('sent' if row.sent_at else 'none')}",
        row.inviter,
        row.redeemed_at is None and row.state.value != "withdrawn",
    )
