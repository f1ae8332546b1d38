"""The letters about a company's bank account and how it is reached, to who may change them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import col, select

from portal_app.actors import ACTIVE_GRANT, active_grants
from portal_app.brand import brand
from portal_app.mails.letters import Value
from portal_app.models import Account, BankAccount, Grant, Organisation, Person
from portal_app.names import name_of
from portal_app.permissions import Right
from portal_app.reading_numbers import masked_iban
from portal_app.services import outbox, second_person
from portal_app.services.second_person import EDITORS
from portal_app.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class _Reader:
    email: str
    locale: str
    name: str


def ask(work: Work, company: Organisation, account: BankAccount) -> None:
    """Ask whoever may confirm an account to do so, and tell whoever entered it that it waits.

    The fund is asked when nobody of the company can.
    """
    editors = _editors(work, company)
    others = [
        reader
        for key, reader in editors.items()
        if key != account.proposed_by_id and second_person.is_second(work, account, key)
    ]
    fund = _Reader(brand.contact.email, brand.home_language, brand.contact.helpdesk)
    more = {"overview": f"/bedrijf?org={company.id}"}
    for reader in others or [fund]:
        _post(work, reader, "bank_account_waits", company, account, more)
    own = editors.get(account.proposed_by_id or 0)
    if own is not None:
        _post(work, own, "bank_account_entered", company, account, more)


def tell_of_change(work: Work, company: Organisation, account: BankAccount) -> None:
    """Tell everybody who may change it that money goes to another account from now on."""
    for reader in _editors(work, company).values():
        _post(work, reader, "bank_account_changed", company, account, {})


def tell_of_refusal(work: Work, company: Organisation, account: BankAccount) -> None:
    """Tell whoever entered an account, and still may, that a second person refused it."""
    found = _editors(work, company).get(account.proposed_by_id or 0)
    if found is not None:
        _post(work, found, "bank_account_refused", company, account, {})


def tell_of_contact(work: Work, company: Organisation) -> None:
    """Tell everybody who may change it that the fund reaches the company in another way now."""
    for reader in _editors(work, company).values():
        values = {"name": reader.name, "company": company.name, "by": _actor(work), "at": work.now}
        outbox.post(
            work,
            to=reader.email,
            template="company_contact_changed",
            locale=reader.locale,
            values=values,
            about=("organisation", company.id),
        )


def _editors(work: Work, company: Organisation) -> Mapping[int, _Reader]:
    """Return who of the company may change its data, and can be reached."""
    found = work.session.exec(
        select(Person, Account)
        .join(Account, col(Account.person_id) == Person.id)
        .where(
            col(Person.id).in_(
                select(Grant.person_id).where(
                    Grant.organisation_id == company.id, col(Grant.role).in_(EDITORS), ACTIVE_GRANT
                )
            )
        )
        .order_by(col(Person.id)),
        params={"now": work.now},
    ).all()
    return {
        person.key: _Reader(account.email, account.locale, name_of(person).full)
        for person, account in found
        if _opens(work, person.key, company.key)
    }


def _opens(work: Work, person_id: int, organisation_id: int) -> bool:
    return any(
        grant.organisation_id == organisation_id and grant.opens(Right.ORGANISATION_EDIT)
        for grant in active_grants(work.session, person_id, work.now)
    )


def _actor(work: Work) -> str:
    """Name who acts; of the fund's own people nobody is."""
    by = work.session.get(Person, work.actor.person_id or 0)
    return name_of(by).full if by and not work.actor.is_staff else brand.organisation


def _post(
    work: Work,
    reader: _Reader,
    template: str,
    company: Organisation,
    account: BankAccount,
    more: Mapping[str, Value],
) -> None:
    outbox.post(
        work,
        to=reader.email,
        template=template,
        locale=reader.locale,
        values={
            "name": reader.name,
            "company": company.name,
            "iban": masked_iban(account.iban),
            "by": _actor(work),
            "at": work.now,
            **more,
        },
        about=("bank_account", account.id),
    )
