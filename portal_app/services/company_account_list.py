"""The company accounts that staff made, and what became of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlalchemy.orm import join
from sqlmodel import col, or_, select

from portal_app.models import Account, CompanyAccount, Organisation, Person
from portal_app.names import folded, name_of
from portal_app.permissions import Right
from portal_app.services.company_accounts import last_day
from portal_app.services.counting import count_tabs
from portal_app.unit_of_work import Work, use_case

_WORDS = 6
_ROWS = (
    join(CompanyAccount, Organisation)
    .join(Person, col(Person.id) == CompanyAccount.person_id)
    .join(Account, col(Account.person_id) == CompanyAccount.person_id)
)


class Standing(StrEnum):
    """How far a company account is; also the tabs of the list."""

    WAITING = "waiting"
    EXPIRED = "expired"  # it waits, and its codes work no more
    ACTIVATED = "activated"
    WITHDRAWN = "withdrawn"


class AccountOrder(StrEnum):
    """By what the list can be sorted: its columns."""

    MADE = "made"
    COMPANY = "company"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class CompanyAccountRow:
    """One company account in the list."""

    id: int
    company: str
    number: str
    unit: str
    person: str
    email: str
    made_at: datetime
    made_by: str  # empty when it was made at the console
    last_day: date  # on which the codes work
    issues: int  # how often codes were made
    ended_at: datetime | None  # activated or withdrawn then
    ended_by: str  # who withdrew it


@dataclass(frozen=True, slots=True)
class CompanyAccountList:
    """One page of company accounts, how many there are in this tab, and in every tab."""

    rows: tuple[CompanyAccountRow, ...]
    total: int
    counts: dict[Standing, int]


_LAST = col(CompanyAccount.id)
_ORDERS = {
    AccountOrder.MADE: (col(CompanyAccount.made_at), _LAST),
    AccountOrder.COMPANY: (col(Organisation.name_sort), col(Organisation.unit), _LAST),
    AccountOrder.PERSON: (col(Person.name_sort), _LAST),
}


@use_case(Right.ACCOUNTS_MAKE)
def overview(  # all that the address of the list can say
    work: Work,
    *,
    standing: Standing = Standing.WAITING,
    words: str = "",
    order: AccountOrder = AccountOrder.MADE,
    descending: bool = True,
    page: int = 1,
    size: int = 25,
) -> CompanyAccountList:
    """List company accounts; `words` find company, number, person and address."""
    wanted = _matching(words)
    tabs = {one: _in(one, work.now) for one in Standing}
    counts = count_tabs(work, _ROWS, wanted, tabs)
    found = work.session.exec(
        select(CompanyAccount, Organisation, Person)
        .select_from(_ROWS)
        .where(*wanted, *tabs[standing])
        .order_by(*(key.desc() if descending else key.asc() for key in _ORDERS[order]))
        .offset((page - 1) * size)
        .limit(size)
    ).all()
    staff = _names(
        work, {key for one, *_ in found for key in (one.made_by_id, one.withdrawn_by_id)}
    )
    rows = tuple(_row(one, organisation, person, staff) for one, organisation, person in found)
    return CompanyAccountList(rows, counts[standing], counts)


def _names(work: Work, keys: set[int | None]) -> Mapping[int | None, str]:
    people = work.session.exec(select(Person).where(col(Person.id).in_(keys - {None})))
    return {person.id: name_of(person).full for person in people}


def _row(
    one: CompanyAccount,
    organisation: Organisation,
    person: Person,
    staff: Mapping[int | None, str],
) -> CompanyAccountRow:
    return CompanyAccountRow(
        one.key,
        organisation.name,
        organisation.number,
        organisation.unit,
        name_of(person).full,
        person.email or "",
        one.made_at,
        staff.get(one.made_by_id, ""),
        last_day(one.issued_at),
        one.issues,
        one.activated_at or one.withdrawn_at,
        staff.get(one.withdrawn_by_id, ""),
    )


def _in(standing: Standing, now: datetime) -> Sequence[ColumnElement[bool]]:
    """Return what a company account of this standing meets."""
    expires = col(Account.temporary_expires_at)
    waits = (col(CompanyAccount.activated_at).is_(None), col(CompanyAccount.withdrawn_at).is_(None))
    match standing:
        case Standing.ACTIVATED:
            return (col(CompanyAccount.activated_at).is_not(None),)
        case Standing.WITHDRAWN:
            return (col(CompanyAccount.withdrawn_at).is_not(None),)
        case Standing.EXPIRED:
            return (*waits, expires <= now)
        case Standing.WAITING:
            return (*waits, expires > now)


def _matching(words: str) -> list[ColumnElement[bool]]:
    return [
        or_(
            col(Organisation.name).icontains(word, autoescape=True),
            col(Organisation.number).icontains(word.replace(".", ""), autoescape=True),
            col(Person.email).icontains(word, autoescape=True),
            col(Person.name_sort).contains(folded(word), autoescape=True),
        )
        for word in words.split()[:_WORDS]
    ]
