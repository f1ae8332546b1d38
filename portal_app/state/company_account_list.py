"""The list of company accounts of staff; all of it follows from the address."""

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from portal_app.errors import NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.reading import read_search
from portal_app.reading_numbers import shown_unit
from portal_app.services import activation_codes, company_account_list, company_accounts
from portal_app.services.company_account_list import AccountOrder, CompanyAccountRow, Standing
from portal_app.state.application_list import PATH as APPLICATIONS
from portal_app.state.lists import ListState, tab_links
from portal_app.state.paging import list_address, paging
from portal_app.state.shapes import TabLink

PATH = "/beheer/accounts"
_QUERY = ("tab", "zoek", "sortering", "pagina", "per")
_ORDERS = {
    "gemaakt": AccountOrder.MADE,
    "bedrijf": AccountOrder.COMPANY,
    "persoon": AccountOrder.PERSON,
}
_TABS = {
    "wacht": Standing.WAITING,
    "verlopen": Standing.EXPIRED,
    "geactiveerd": Standing.ACTIVATED,
    "ingetrokken": Standing.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class CompanyAccountLine:
    """A company account in the list; moments and days in ISO form, empty when not yet."""

    id: int
    company: str
    number: str
    unit: Text | str
    person: str
    email: str
    made_at: str
    made_by: str
    last_day: str
    issues: int
    ended_at: str
    ended_by: str


class CompanyAccountListState(ListState, rx.State):
    """The list, its tabs, order and pages, and the account about which something is asked."""

    tab: str = Standing.WAITING.value
    is_open: bool = True  # what this tab lists can be withdrawn
    sorted_by: str = AccountOrder.MADE.value
    descending: bool = True
    words: str = ""
    lines: list[CompanyAccountLine] = []
    tabs: list[TabLink] = []
    withdrawing: int = 0
    asking: int = 0
    asked_person: str = ""
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
        words = read_search(form.get("zoek", ""))
        return rx.redirect(self._href(zoek=words, pagina=""))

    @handler(Audience.STAFF)
    async def sort(self, column: AccountOrder) -> EventSpec:
        """Go to the address of the list sorted by a column; by the same again turns it around."""
        order, descending = self._asked_order()
        turned = not descending if column is order else column is AccountOrder.MADE
        word = next(word for word, one in _ORDERS.items() if one is column)
        usual = (column, turned) == (AccountOrder.MADE, True)
        sorting = "" if usual else f"{'-' if turned else ''}{word}"
        return rx.redirect(self._href(sortering=sorting, pagina=""))

    @handler(Audience.STAFF)
    async def ask_to_withdraw(self, account: int) -> None:
        """Ask whether to withdraw an account."""
        self.withdrawing, self.asked_person = account, self._person(account)

    @handler(Audience.STAFF)
    async def ask_for_codes(self, account: int) -> None:
        """Ask whether to begin an application for new codes."""
        self.asking, self.asked_person = account, self._person(account)

    @handler(Audience.STAFF)
    async def keep(self) -> None:
        """Leave it as it is."""
        self.withdrawing = self.asking = 0

    @handler(Audience.STAFF)
    async def withdraw(self) -> None:
        """Withdraw the account that was asked about."""
        account, self.withdrawing = self.withdrawing, 0
        self.said_person = self._person(account)
        try:
            await self._run(company_accounts.withdraw, company_account_id=account)
        except NotFound:
            self.said_key = "staff.wrong_account_over"
        else:
            self.said_key = "staff.account_withdrawn"
        await self._show()

    @handler(Audience.STAFF)
    async def new_codes(self) -> EventSpec | None:
        """Begin an application for new codes, and go there."""
        account, self.asking = self.asking, 0
        self.said_person = self._person(account)
        try:
            number = await self._run(activation_codes.ask_for, company_account_id=account)
        except NotFound:
            self.said_key = "staff.wrong_account_over"
            await self._show()
            return None
        return rx.redirect(f"{APPLICATIONS}/aanvraag?nr={number}")

    def _person(self, account: int) -> str:
        return next((line.person for line in self.lines if line.id == account), "")

    def _asked_order(self) -> tuple[AccountOrder, bool]:
        """Return by what the address sorts the list, and whether from the last to the first."""
        sorting = self._asked().get("sortering", "")
        order = _ORDERS.get(sorting.removeprefix("-"))
        return (order, sorting.startswith("-")) if order else (AccountOrder.MADE, True)

    async def _show(self) -> None:
        asked = self._asked()
        standing = _TABS.get(asked.get("tab", ""), Standing.WAITING)
        self.tab = standing.value
        self.is_open = standing in {Standing.WAITING, Standing.EXPIRED}
        self.words = read_search(asked.get("zoek", ""))
        order, self.descending = self._asked_order()
        self.sorted_by = order.value
        page, size = self._asked_page()
        found = await self._find(
            company_account_list.overview,
            standing=standing,
            words=self.words,
            order=order,
            descending=self.descending,
            page=page,
            size=size,
        )
        if found is None:
            return
        self.lines = [_line(row) for row in found.rows]
        self.tabs = tab_links(
            _TABS,
            found.counts,
            chosen=standing,
            label=lambda tab: f"staff.company_account_{tab}",
            href=self._href,
        )
        self.paging = paging(found.total, page, size, self._href)

    def _href(self, **changes: str) -> str:
        """Return the address of the list with some of its query changed."""
        return list_address(PATH, self._asked(), _QUERY, **changes)


def _line(row: CompanyAccountRow) -> CompanyAccountLine:
    return CompanyAccountLine(
        row.id,
        row.company,
        row.number,
        shown_unit(row.unit),
        row.person,
        row.email,
        row.made_at.isoformat(),
        row.made_by,
        row.last_day.isoformat(),
        row.issues,
        row.ended_at.isoformat() if row.ended_at else "",
        row.ended_by,
    )
