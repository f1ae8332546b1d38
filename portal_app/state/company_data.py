"""What a company says of itself, and the part that is being changed; the address says which."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from portal_app.errors import Invalid, NotAllowed, NotFound, NotProven, Text
from portal_app.gate.answers import way_to_prove
from portal_app.gate.handlers import Audience, handler
from portal_app.reading_contact import shown_phone
from portal_app.reading_numbers import named_apart, shown_enterprise_number, shown_unit
from portal_app.services import bank_accounts, company_data
from portal_app.services.bank_accounts import Accounts, AccountSight
from portal_app.services.company_data import CompanyData, LastChange
from portal_app.state.company_pages import CompanyPageState
from portal_app.unit_of_work import UseCase

PATH = "/bedrijf"
PARTS = {"name": "naam", "address": "adres", "contact": "contact", "bank_account": "rekening"}
"""The parts that are changed at once, and what each is called in the address."""

_FIRST = {"name": "name", "address": "street", "contact": "phone", "bank_account": "iban"}
"""The field of each part in which one starts."""

_QUESTIONS = ("confirm", "refuse", "withdraw")
_SAVED = {word: Text(f"company_data.saved_{part}") for part, word in PARTS.items()} | {
    "rekening-wacht": Text("company_data.saved_waits")
}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Who changed a part last; `at` in ISO form, empty while nobody did."""

    at: str = ""
    by: str = ""  # empty: somebody of the fund
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Somebody to whom people turn about a company."""

    name: str
    role_keys: list[str]


@dataclass(frozen=True, slots=True)
class BranchLine:
    """Another branch of the same company."""

    name: str
    unit: Text | str
    href: str


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A bank account that waits for a second person; number 0: none does."""

    account: int = 0
    iban: str = ""
    holder: str = ""
    by: str = ""  # empty: somebody of the fund
    at: str = ""
    is_own: bool = False


class CompanyDataState(CompanyPageState, rx.State):
    """The page, and the form on it."""

    organisation_id: int = 0
    may_edit: bool = False
    sees_access: bool = False
    is_dutch: bool = False
    number: str = ""
    unit: Text | str = ""
    values: dict[str, str] = {}  # by field
    phone: str = ""  # as people write it
    name_change: ChangeLine = ChangeLine()
    address_change: ChangeLine = ChangeLine()
    contact_change: ChangeLine = ChangeLine()
    bank_account_change: ChangeLine = ChangeLine()  # of the present one
    newest: ChangeLine = ChangeLine()  # of the part that is being changed
    contacts: list[ContactLine] = []
    branches: list[BranchLine] = []
    iban: str = ""
    holder: str = ""
    waiting: WaitingLine = WaitingLine()
    editing: str = ""  # a part
    version: int = 0  # of that part, as the form shows it
    is_newer: bool = False  # than what the form was filled with
    asking: str = ""  # confirm, refuse or withdraw

    @handler(Audience.SIGNED_IN)
    async def load(self) -> EventSpec | None:
        """Show what the address asks for; a part that is changed is where one starts."""
        self.said = _SAVED.get(self._asked().get("gedaan", ""))
        self.refused, self.asking = None, ""
        before = self.organisation_id, self.editing, self.version
        self.is_failed = not await self._succeeds(self._show())
        self._notice_newer(before, anew=True)
        wanted = self._asked().get("vraag", "")
        if wanted in _QUESTIONS and self.waiting.account:
            self.asking = wanted
        return rx.set_focus(_FIRST[self.editing]) if self.editing else None

    @handler(Audience.SIGNED_IN)
    async def compare(self) -> None:
        """Show what somebody else saved while this was being changed, beside what was typed."""
        before = self.organisation_id, self.editing, self.version
        await self._show()
        self._notice_newer(before)
        if before[1] == "bank_account" and not self.editing and self.waiting.account:
            self.refused = Text("company_data.wrong_account_waits")

    @handler(Audience.SIGNED_IN)
    async def ask(self, what: str) -> None:
        """Ask whether the account that waits is confirmed, refused or withdrawn."""
        if what in _QUESTIONS and self.waiting.account:
            self.asking = what

    @handler(Audience.SIGNED_IN)
    async def keep(self) -> None:
        """Leave it as it is."""
        self.asking = ""

    @handler(Audience.SIGNED_IN)
    async def decide(self) -> EventSpec | None:
        """Do what was asked about the account that waits."""
        what, self.asking = self.asking, ""
        if not what:
            return None
        use_case = bank_accounts.confirm if what == "confirm" else bank_accounts.drop
        done = Text(f"company_data.done_{what}")
        return await self._do_or_prove(done, use_case, what, account_id=self.waiting.account)

    async def _do_or_prove(
        self, done: Text, use_case: UseCase[..., Any], what: str, **wanted: Any
    ) -> EventSpec | None:
        try:
            await self._run(use_case, **wanted)
        except NotProven as error:
            back = f"{PATH}?org={self.organisation_id}&vraag={what}"
            return rx.redirect(way_to_prove(error, back))
        except NotFound:
            self.said, self.refused = None, Text("errors.not_found")
        except Invalid as why:
            self.said, self.refused = None, next(iter(why.fields.values()))
        else:
            self.said, self.refused = done, None
        before = self.organisation_id, self.editing, self.version
        await self._show()
        self._notice_newer(before)
        return None

    def _notice_newer(self, before: tuple[int, str, int], *, anew: bool = False) -> None:
        """Note that the part being changed is newer than what its form was filled with."""
        company, part, version = before
        is_same = bool(part) and (company, part) == (self.organisation_id, self.editing)
        is_noted = self.is_newer and is_same and not anew
        self.is_newer = is_noted or (is_same and version != self.version)

    async def _show(self) -> None:
        try:
            mine = await self._run(company_data.seen)
            chosen = self._organisation() or (mine[0].id if len(mine) == 1 else None)
            if chosen is None:
                self._show_choices(mine, PATH)
                return
            seen = await self._run(company_data.overview, organisation_id=chosen)
            held = await self._run(bank_accounts.accounts, organisation_id=chosen)
        except (NotAllowed, NotFound):
            self._show_refusal()
            return
        self._show_chosen()
        self._show_company(seen)
        self._show_accounts(held)
        wanted = self._asked().get("wijzig", "")
        self.editing = next((part for part, word in PARTS.items() if word == wanted), "")
        if not seen.may_edit or (self.waiting.account and self.editing == "bank_account"):
            self.editing = ""
        versions = {part.value: one.version for part, one in seen.changes.items()}
        self.version = {**versions, "bank_account": held.version}.get(self.editing, 0)
        self.newest = next(
            (_change_line(one) for part, one in seen.changes.items() if part.value == self.editing),
            ChangeLine(),
        )

    def _show_company(self, seen: CompanyData) -> None:
        name, address, contact = seen.name, seen.address, seen.contact
        self.organisation_id = seen.organisation_id
        self.organisation = named_apart(name.name, seen.unit)
        self.may_edit, self.sees_access = seen.may_edit, seen.sees_access
        self.is_dutch = seen.trade_register.value == "kvk"
        self.unit = shown_unit(seen.unit)
        self.number = seen.number if self.is_dutch else shown_enterprise_number(seen.number)
        self.phone = shown_phone(contact.phone)
        self.values = {
            "name": name.name,
            "street": address.street,
            "postal_code": address.postal_code,
            "town": address.town,
            "email": contact.email,
            "website": contact.website,
        }
        changes = {part.value: _change_line(one) for part, one in seen.changes.items()}
        self.name_change = changes.get("name", ChangeLine())
        self.address_change = changes.get("address", ChangeLine())
        self.contact_change = changes.get("contact", ChangeLine())
        self.contacts = [
            ContactLine(one.name, [f"roles.{role.value}" for role in one.roles])
            for one in seen.contacts
        ]
        self.branches = [
            BranchLine(one.name, shown_unit(one.unit), f"{PATH}?org={one.id}")
            for one in seen.branches
        ]

    def _show_accounts(self, held: Accounts) -> None:
        now = held.active
        self.iban, self.holder = (now.iban, now.holder) if now else ("", "")
        self.bank_account_change = (
            ChangeLine(now.at.isoformat(), now.by, now.is_own) if now else ChangeLine()
        )
        self.waiting = _waiting_line(held.waiting) if held.waiting else WaitingLine()


def _change_line(one: LastChange) -> ChangeLine:
    return ChangeLine(one.at.isoformat(), one.by, one.is_own)


def _waiting_line(one: AccountSight) -> WaitingLine:
    return WaitingLine(one.id, one.iban, one.holder, one.by, one.at.isoformat(), one.is_own)
