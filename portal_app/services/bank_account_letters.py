"""The letters about a company's bank account, to everybody who may change it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import col, select

from portal_app.actors import ACTIVE_GRANT, active_grants
from portal_app.brand import brand
from portal_app.mails.letters import Value
from portal_app.models import Account, BankAccount, Grant, Organisation, Person
from portal_app.names import name_of
from portal_app.permissions import ROLE_RIGHTS, STAFF_ROLES, Right, Role
from portal_app.reading_numbers import masked_iban
from portal_app.services import outbox
from portal_app.unit_of_work import Work

_ROLES = [role for role in Role if Right.ORGANISATION_EDIT in ROLE_RIGHTS[role]]


@dataclass(frozen=True, slots=True)
class _Reader:
    email: str
    locale: str
    name: str


def ask(work: Work, company: Organisation, account: BankAccount) -> None:
    """Ask whoever may confirm an account to do so; the fund, when nobody of the company can."""
    others = [one for key, one in _editors(work, company).items() if key != account.proposed_by_id]
    fund = _Reader(brand.contact.email, brand.home_language, brand.contact.helpdesk)
    more = {"overview": f"/bedrijf?org={company.id}"}
    for reader in others or [fund]:
        _post(work, reader, "bank_account_waits", company, account, more)


def tell_of_change(work: Work, company: Organisation, account: BankAccount) -> None:
    """Tell everybody who may change it that money goes to another account from now on."""
    for reader in _editors(work, company).values():
        _post(work, reader, "bank_account_changed", company, account, {})


def tell_of_refusal(work: Work, company: Organisation, account: BankAccount) -> None:
    """Tell whoever entered an account that a second person refused it."""
    found = _reader(work, account.proposed_by_id)
    if found is not None:
        _post(work, found, "bank_account_refused", company, account, {})


def _editors(work: Work, company: Organisation) -> Mapping[int, _Reader]:
    people = work.session.exec(
        select(Grant.person_id)
        .where(
            Grant.organisation_id == company.id,
            col(Grant.role).in_([role for role in _ROLES if role not in STAFF_ROLES]),
            ACTIVE_GRANT,
        )
        .order_by(col(Grant.person_id)),
        params={"now": work.now},
    ).all()
    return {
        key: reader
        for key in dict.fromkeys(people)
        if (reader := _reader(work, key)) is not None and _opens(work, key, company.key)
    }


def _opens(work: Work, person_id: int, organisation_id: int) -> bool:
    return any(
        grant.organisation_id == organisation_id and grant.opens(Right.ORGANISATION_EDIT)
        for grant in active_grants(work.session, person_id, work.now)
    )


def _reader(work: Work, person_id: int | None) -> _Reader | None:
    account = work.session.get(Account, person_id or 0)
    person = work.session.get(Person, person_id or 0)
    if account is None or person is None:  # without an account nobody can be reached
        return None
    return _Reader(account.email, account.locale, name_of(person).full)


def _post(
    work: Work,
    reader: _Reader,
    template: str,
    company: Organisation,
    account: BankAccount,
    more: Mapping[str, Value],
) -> None:
    by = work.session.get(Person, work.actor.person_id or 0)
    is_named = by is not None and not work.actor.is_staff
    outbox.post(
        work,
        to=reader.email,
        template=template,
        locale=reader.locale,
        values={
            "name": reader.name,
            "company": company.name,
            "iban": masked_iban(account.iban),
            "by": name_of(by).full if by and is_named else brand.organisation,
            "at": work.now,
            **more,
        },
        about=("bank_account", account.id),
    )
