"""The one search of the phone desk: a number, a name, an address or a code.

Each kind is looked for by itself, exactly or by how it begins, so that an index leads to it.
"""

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped
from sqlmodel import and_, col, or_, select

from portal_app.models import (
    Account,
    Application,
    CodeState,
    Invitation,
    Organisation,
    PaymentCode,
    Person,
)
from portal_app.models.access import TradeRegister
from portal_app.names import PersonName, company_sort, name_of
from portal_app.permissions import Right
from portal_app.reading_codes import InvitationCode, find_invitation_code, normalise_payment_code
from portal_app.services import applications
from portal_app.services.organisations import OrganisationSight, sights
from portal_app.unit_of_work import Work, use_case

_MOST = 10
_FEWEST_DIGITS = 4
_FEWEST_LETTERS = 2
_APPLICATION = re.compile(r"A-?([0-9A-Z]{6})")
_INVITATION = re.compile(r"E-?([0-9A-Z]{6})")
_AFTER_EVERY_LETTER = "{"  # keys of names hold a-z and 0-9 alone
_AFTER_EVERY_DIGIT = ":"


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody whom the caller may be."""

    id: int
    name: str
    has_account: bool


@dataclass(frozen=True, slots=True)
class FoundApplication:
    """An application that whoever asks decides."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A payment code, and the company whose it is."""

    code: str
    company: str
    state: CodeState


@dataclass(frozen=True, slots=True)
class Findings:
    """All that one search found, at most ten of each kind."""

    people: tuple[FoundPerson, ...] = ()
    companies: tuple[OrganisationSight, ...] = ()
    applications: tuple[FoundApplication, ...] = ()
    codes: tuple[FoundCode, ...] = ()


@use_case(Right.IDENTITY_CHECK, writes=True)
def find(work: Work, *, words: str) -> Findings:
    """Find whom a call is about; that it was looked for is written down, what was typed is not."""
    typed = " ".join(words.split())
    found = Findings(
        _people(work, _who(typed)),
        _companies(work, typed),
        _applications(work, typed),
        _codes(work, typed),
    )
    number = sum(map(len, (found.people, found.companies, found.applications, found.codes)))
    work.note("phone_desk.searched", found=number)
    return found


def _who(typed: str) -> list[ColumnElement[bool]]:
    if "@" in typed:
        email = typed.casefold()
        applied = select(Application.person_id).where(
            Application.email == email, col(Application.person_id).is_not(None)
        )
        return [
            col(Account.email) == email,
            col(Person.email) == email,
            col(Person.id).in_(applied),
        ]
    if _digits(typed) or len(typed) < _FEWEST_LETTERS:
        return []
    return [_begins(col(Person.name_sort), begin) for begin in beginnings(typed)]


def _begins(key: Mapped[str], begin: str) -> ColumnElement[bool]:
    return and_(key >= begin, key < begin + _AFTER_EVERY_LETTER)


def beginnings(typed: str) -> list[str]:
    """Return how the keys begin of all people who may be called so, in either order."""
    words = typed.replace(",", " ").split()[:6]
    names = {PersonName("", " ".join(words))}
    for at in range(1, len(words)):
        names.add(PersonName(words[0], " ".join(words[at:])))  # what stands between is an infix
        names.add(PersonName(" ".join(words[at:]), " ".join(words[:at])))
        if all(word.islower() for word in words[:at]):
            names.add(PersonName("", " ".join(words[at:])))
    # What was left out sorts as nothing, and stands for anything.
    return sorted({key for name in names if (key := name.name_sort.rstrip("0"))})


def _people(work: Work, wanted: list[ColumnElement[bool]]) -> tuple[FoundPerson, ...]:
    if not wanted:
        return ()
    rows = work.session.exec(
        select(Person, Account.person_id)
        .join(Account, col(Account.person_id) == Person.id, isouter=True)
        .where(or_(*wanted))
        .order_by(col(Person.name_sort), col(Person.id))
        .limit(_MOST)
    )
    return tuple(
        FoundPerson(person.key, name_of(person).listed, bool(account_of))
        for person, account_of in rows
    )


def _companies(work: Work, typed: str) -> tuple[OrganisationSight, ...]:
    digits, invitation = _digits(typed), _invitation_id(typed)
    wanted = select(Organisation.id)
    if invitation:
        of_code = select(Invitation.organisation_id).where(Invitation.public_id == invitation)
        wanted = wanted.where(col(Organisation.id).in_(of_code))
    elif digits:
        wanted = wanted.where(
            col(Organisation.trade_register).in_(TradeRegister),
            col(Organisation.number) >= digits,
            col(Organisation.number) < digits + _AFTER_EVERY_DIGIT,
        )
    elif "@" in typed:
        of_address = select(Invitation.organisation_id).where(Invitation.email == typed.casefold())
        wanted = wanted.where(col(Organisation.id).in_(of_address))
    elif len(typed) >= _FEWEST_LETTERS and (begin := company_sort(typed)):
        by_name = col(Organisation.name_sort)
        wanted = wanted.where(_begins(by_name, begin)).order_by(by_name, col(Organisation.id))
    else:
        return ()
    return sights(work, {one for one in work.session.exec(wanted.limit(_MOST)) if one})


def _applications(work: Work, typed: str) -> tuple[FoundApplication, ...]:
    number = _APPLICATION.fullmatch(typed.upper())
    if number:
        wanted = Application.number == f"A-{number[1]}"
    elif "@" in typed:
        wanted = Application.email == typed.casefold()
    elif _digits(typed):
        wanted = Application.company_number == _digits(typed)
    else:
        return ()
    rows = work.session.exec(
        select(Application)
        .where(wanted, col(Application.erased_at).is_(None))
        .order_by(col(Application.id).desc())
        .limit(_MOST)
    )
    return tuple(
        FoundApplication(one.number, one.name)
        for one in rows
        if applications.may_decide(work, one.kind)
    )


def _codes(work: Work, typed: str) -> tuple[FoundCode, ...]:
    code = normalise_payment_code(typed)
    if "-" not in code or "@" in typed or not work.actor.scope(Right.PAYMENT_CODES_SEE):
        return ()
    rows = work.session.exec(
        select(PaymentCode, Organisation)
        .join(Organisation, col(Organisation.id) == PaymentCode.organisation_id)
        .where(PaymentCode.code == code)
    )
    return tuple(FoundCode(one.code, company.name, one.state) for one, company in rows)


def _digits(typed: str) -> str:
    """Return the digits of what looks like a company number, or nothing."""
    bare = re.sub(r"[\s.\-/]", "", typed.upper().removeprefix("BE").removeprefix("NL"))
    fits = bare.isascii() and bare.isdigit() and len(bare) >= _FEWEST_DIGITS
    return bare if fits else ""


def _invitation_id(typed: str) -> str:
    whole = find_invitation_code(typed)
    if isinstance(whole, InvitationCode):
        return whole.public_id
    begins = _INVITATION.fullmatch(typed.upper())
    return begins[1] if begins else ""
