"""The bank account of a company: entered by one person, confirmed by a second where the fund asks.

Money follows it, so whoever touches it proves who they are first, and everybody who may change
the company's data hears of it. An account never goes away, it ends.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import and_, col, func, select

from portal_app.brand import Module, brand, offers
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import BankAccount, CompanyPart, Organisation, Person
from portal_app.names import name_of
from portal_app.needs import ProvenLately
from portal_app.permissions import Right
from portal_app.reading_numbers import masked_iban, shown_iban
from portal_app.services import bank_account_letters, company_data, grants, second_person
from portal_app.unit_of_work import Work, use_case

ENTERED_A_DAY = 10
"""How many accounts a company may enter in 24 hours: each is mailed to several people."""

_PART = CompanyPart.BANK_ACCOUNT
_EDITS = ProvenLately(Right.ORGANISATION_EDIT)
_STANDS = col(BankAccount.ended_at).is_(None)
_COUNTS = and_(_STANDS, col(BankAccount.confirmed_at).is_not(None))
_WAITS = and_(_STANDS, col(BankAccount.confirmed_at).is_(None))


@dataclass(frozen=True, slots=True)
class AccountSight:
    """A bank account as the reader may see it: whole for whoever changes it."""

    id: int
    iban: str  # grouped; else its country and last four characters
    holder: str  # empty for whoever only looks
    by: str  # who entered it; empty: somebody of the fund
    at: datetime  # when it was confirmed; while it waits, when it was entered
    is_own: bool  # the reader entered it


@dataclass(frozen=True, slots=True)
class Accounts:
    """The account to which money goes, the one that may follow it, and how often either changed."""

    active: AccountSight | None
    waiting: AccountSight | None
    version: int


@use_case(Right.ORGANISATION_SEE)
def accounts(work: Work, *, organisation_id: int) -> Accounts:
    """Tell the bank account of a company, and which one waits; that only to whoever may confirm.

    Raises:
        NotFound: no such organisation in scope.
    """
    if organisation_id not in work.scope or work.session.get(Organisation, organisation_id) is None:
        raise NotFound
    is_editor = company_data.may_edit(work, organisation_id)
    if not offers(Module.SUBSIDIES):
        return Accounts(None, None, 0)
    found = work.session.exec(
        select(BankAccount, Person)
        .join(Person, col(Person.id) == BankAccount.proposed_by_id, isouter=True)
        .where(BankAccount.organisation_id == organisation_id, _STANDS)
    ).all()
    sights = {
        one.confirmed_at is not None: _sight(work, one, by, is_editor=is_editor)
        for one, by in found
    }
    return Accounts(
        sights.get(True),
        sights.get(False) if is_editor else None,
        company_data.version_of(work, organisation_id, _PART),
    )


@use_case(_EDITS)
def check(work: Work, *, organisation_id: int, iban: str, holder: str, version: int) -> None:
    """Tell whether an account may be entered now, before it is looked at once more.

    Raises:
        NotFound: no such organisation in scope.
        Invalid: one waits already, it is the present one, it changed since, or the company entered
            `ENTERED_A_DAY` of them.
    """
    _to_change(work, organisation_id)
    if not _waits_already(work, organisation_id, iban, holder):
        _judge(work, organisation_id, iban, holder, version)


@use_case(_EDITS, writes=True)
def enter(work: Work, *, organisation_id: int, iban: str, holder: str, version: int) -> bool:
    """Enter an account; True when a second person has yet to confirm it. Twice enters it once.

    Raises:
        NotFound: no such organisation in scope.
        Invalid: one waits already, it is the present one, it changed since, or the company entered
            `ENTERED_A_DAY` of them.
    """
    company = _to_change(work, organisation_id)
    if _waits_already(work, organisation_id, iban, holder):
        return True
    _judge(work, organisation_id, iban, holder, version)
    company_data.take_turn(work, organisation_id, _PART, version=version)
    account = BankAccount(
        organisation_id=organisation_id,
        iban=iban,
        holder=holder,
        proposed_at=work.now,
        proposed_by_id=work.actor.person_id,
        by_fund=work.actor.is_staff,
    )
    work.session.add(account)
    work.session.flush()
    _note(work, account, "bank_accounts.entered")
    if brand.second_person_for_bank_account:
        bank_account_letters.ask(work, company, account)
        return True
    _replace(work, company, account)
    return False


@use_case(_EDITS, writes=True)
def confirm(work: Work, *, account_id: int) -> None:
    """Confirm, as a second person, an account that waits; money goes there from now on.

    Raises:
        NotFound: no such account in scope.
        Invalid: whoever asks entered it, or has been here too short a time to be the second, or it
            was decided on since.
    """
    account, company = _waiting(work, account_id)
    if account.proposed_by_id == work.actor.person_id:
        raise Invalid({"": Text("company_data.wrong_own_account")})
    if not second_person.is_second(work, account, work.person_id):
        too_new = Text("company_data.wrong_too_new", {"organisation": brand.organisation})
        raise Invalid({"": too_new})
    _next_version(work, account)
    _replace(work, company, account)


@use_case(_EDITS, writes=True)
def drop(work: Work, *, account_id: int) -> None:
    """Take back an account that waits, or refuse it as a second person; the present one stays.

    Raises:
        NotFound: no such account in scope.
        Invalid: it was decided on since.
    """
    account, company = _waiting(work, account_id)
    is_own = account.proposed_by_id == work.actor.person_id
    _next_version(work, account)
    _end(work, account, "withdrawn" if is_own else "refused")
    _note(work, account, f"bank_accounts.{account.ended_why}")
    if not is_own:
        bank_account_letters.tell_of_refusal(work, company, account)


def to_confirm(work: Work, organisation_id: int | None) -> tuple[int, ...]:
    """Return the companies in scope whose account waits for the actor as second person."""
    if not offers(Module.SUBSIDIES):
        return ()
    wanted = [] if organisation_id is None else [BankAccount.organisation_id == organisation_id]
    found = work.session.exec(
        select(BankAccount)
        .join(Organisation, col(Organisation.id) == BankAccount.organisation_id)
        .where(
            *wanted,
            _WAITS,
            col(BankAccount.proposed_by_id).is_distinct_from(work.actor.person_id),
            col(Organisation.closed_at).is_(None),
        )
        .order_by(col(BankAccount.proposed_at), col(BankAccount.id))
    )
    return tuple(
        one.organisation_id
        for one in found
        if company_data.may_edit(work, one.organisation_id)
        and second_person.is_second(work, one, work.person_id)
    )


def _to_change(work: Work, organisation_id: int) -> Organisation:
    """Return the organisation to whoever may change its account, where the fund pays anything."""
    if not offers(Module.SUBSIDIES):
        raise NotFound
    company = company_data.to_change(work, organisation_id)
    if grants.is_held_back(work, work.actor.person_id or 0, organisation_id):
        raise NotFound
    return company


def _waits_already(work: Work, organisation_id: int, iban: str, holder: str) -> bool:
    """Tell whether exactly this was entered by the actor before, whose answer may have got lost."""
    found = work.session.exec(
        select(BankAccount.id).where(
            BankAccount.organisation_id == organisation_id,
            BankAccount.iban == iban,
            BankAccount.holder == holder,
            BankAccount.proposed_by_id == work.actor.person_id,
            _WAITS,
        )
    ).first()
    return found is not None


def _judge(work: Work, organisation_id: int, iban: str, holder: str, version: int) -> None:
    active = _active(work, organisation_id)
    if active is not None and (active.iban, active.holder) == (iban, holder):
        raise Invalid({"iban": Text("company_data.wrong_same_account")})
    if company_data.version_of(work, organisation_id, _PART) != version:
        raise Invalid({"": Text("company_data.wrong_changed")})
    waiting = work.session.exec(
        select(BankAccount.id).where(BankAccount.organisation_id == organisation_id, _WAITS)
    ).first()
    if waiting is not None:
        raise Invalid({"": Text("company_data.wrong_account_waits")})
    entered = work.session.exec(
        select(func.count()).where(
            BankAccount.organisation_id == organisation_id,
            BankAccount.proposed_at > work.now - timedelta(days=1),
        )
    ).one()
    if entered >= ENTERED_A_DAY:
        said = {"number": entered, "phone": brand.contact.phone_said}
        raise Invalid({"": Text("company_data.wrong_too_often", said)})


def _waiting(work: Work, account_id: int) -> tuple[BankAccount, Organisation]:
    """Return an account to whoever may decide on it, while nobody did."""
    account = work.session.get(BankAccount, account_id)
    if account is None:
        raise NotFound
    company = _to_change(work, account.organisation_id)
    if _is_decided(account):
        raise Invalid({"": Text("company_data.wrong_decided")})
    return account, company


def _next_version(work: Work, account: BankAccount) -> None:
    """Decide on an account, unless somebody does so at the same time."""
    company_id = account.organisation_id
    version = company_data.version_of(work, company_id, _PART)
    decided = Invalid({"": Text("company_data.wrong_decided")})
    try:
        company_data.take_turn(work, company_id, _PART, version=version)
    except Invalid:
        raise decided from None
    work.session.refresh(account)
    if _is_decided(account):
        raise decided


def _is_decided(account: BankAccount) -> bool:
    return account.confirmed_at is not None or account.ended_at is not None


def _replace(work: Work, company: Organisation, account: BankAccount) -> None:
    before = _active(work, company.key)
    if before is not None:
        _end(work, before, "replaced")
        _note(work, before, "bank_accounts.replaced")
        work.session.flush()  # before the next: the index allows one
    account.confirmed_at, account.confirmed_by_id = work.now, work.actor.person_id
    work.session.add(account)
    _note(work, account, "bank_accounts.confirmed")
    bank_account_letters.tell_of_change(work, company, account)


def _end(work: Work, account: BankAccount, why: str) -> None:
    account.ended_at, account.ended_by_id, account.ended_why = work.now, work.actor.person_id, why
    work.session.add(account)


def _active(work: Work, organisation_id: int) -> BankAccount | None:
    return work.session.exec(
        select(BankAccount).where(BankAccount.organisation_id == organisation_id, _COUNTS)
    ).first()


def _sight(work: Work, account: BankAccount, by: Person | None, *, is_editor: bool) -> AccountSight:
    is_named = by is not None and (not account.by_fund or work.actor.is_staff)
    return AccountSight(
        account.key if is_editor else 0,
        shown_iban(account.iban) if is_editor else masked_iban(account.iban),
        account.holder if is_editor else "",
        name_of(by).full if by and is_named else "",
        account.confirmed_at or account.proposed_at,
        by is not None and by.id == work.actor.person_id,
    )


def _note(work: Work, account: BankAccount, action: str) -> None:
    about = ("bank_account", account.id)
    work.note(action, about=about, organisation_id=account.organisation_id)
