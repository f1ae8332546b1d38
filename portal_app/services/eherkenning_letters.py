"""The letters about what was proven: to who did it, and to who managed it before."""

from collections.abc import Iterable, Sequence

from sqlmodel import col, select

from portal_app.actors import is_active_at
from portal_app.eherkenning import Level
from portal_app.errors import Text
from portal_app.models import Account, Grant, Organisation, Person
from portal_app.names import name_of
from portal_app.permissions import Role
from portal_app.services import outbox
from portal_app.unit_of_work import Work


def tell(
    work: Work, person_id: int, companies: Sequence[Organisation], role: Role, level: Level
) -> None:
    """Write to the new manager of a company and its branches, and to the main ones beside them.

    Everybody gets one letter, however many branches the company has.
    """
    is_main = role is Role.MAIN_ACCESS_MANAGER
    person = work.session.get_one(Person, person_id)
    account = work.session.get_one(Account, person_id)
    outbox.post(
        work,
        to=account.email,
        template="eherkenning_proven",
        locale=account.locale,
        values={
            "name": name_of(person).full,
            "company": _names_of(companies),
            "role": Text("mails.admin" if is_main else f"roles.{role.value}"),
            "level": level.label,
            "at": work.now,
        },
        about=("organisation", companies[0].id),
    )
    if not is_main:
        tell_main_ones(work, companies, person, level)


def tell_main_ones(
    work: Work,
    companies: Sequence[Organisation],
    person: Person,
    level: Level,
    template: str = "co_manager_joined",
) -> None:
    """Write about somebody's proof to the main managers, unless they did what it is about."""
    by_key = {one.key: one for one in companies}
    found = work.session.exec(
        select(Grant.organisation_id, Person, Account)
        .join(Person, col(Person.id) == Grant.person_id)
        .join(Account, col(Account.person_id) == Person.id)  # without one nobody can be reached
        .where(
            col(Grant.organisation_id).in_(by_key),
            Grant.role == Role.MAIN_ACCESS_MANAGER,
            is_active_at(work.now),
            col(Grant.person_id) != work.actor.person_id,
        )
        .order_by(col(Grant.organisation_id))
    ).all()
    for main, account in {one.key: (one, account) for _, one, account in found}.values():
        managed = [by_key[key] for key, one, _ in found if key and one.key == main.key]
        outbox.post(
            work,
            to=account.email,
            template=template,
            locale=account.locale,
            values={
                "name": name_of(main).full,
                "person": name_of(person).full,
                "company": _names_of(managed),
                "level": level.label,
                "at": work.now,
            },
            about=("organisation", managed[0].id),
        )


def _names_of(companies: Iterable[Organisation]) -> str:
    return ", ".join(dict.fromkeys(one.name for one in companies))
