"""The letters about a company that was proven: to who did it, and to who managed it before."""

from sqlmodel import col, select

from portal_app.eherkenning import Level
from portal_app.errors import Text
from portal_app.models import Account, Grant, Organisation, Person
from portal_app.names import name_of
from portal_app.permissions import Role
from portal_app.services import outbox
from portal_app.unit_of_work import Work


def tell(work: Work, organisation: Organisation, role: Role, level: Level) -> None:
    """Write to the new manager, and to the main one when that is somebody else."""
    about = ("organisation", organisation.id)
    is_main = role is Role.MAIN_ACCESS_MANAGER
    person = work.session.get_one(Person, work.person_id)
    account = work.session.get_one(Account, work.person_id)
    outbox.post(
        work,
        to=account.email,
        template="eherkenning_proven",
        locale=account.locale,
        values={
            "name": name_of(person).full,
            "company": organisation.name,
            "role": Text("mails.admin" if is_main else f"roles.{role.value}"),
            "level": level.label,
            "at": work.now,
        },
        about=about,
    )
    if not is_main:
        _tell_main(work, organisation, person, level)


def _tell_main(work: Work, organisation: Organisation, person: Person, level: Level) -> None:
    found = work.session.exec(
        select(Person, Account)
        .join(Account, col(Account.person_id) == Person.id)
        .join(Grant, col(Grant.person_id) == Person.id)
        .where(
            Grant.organisation_id == organisation.key,
            Grant.role == Role.MAIN_ACCESS_MANAGER,
            col(Grant.ended_at).is_(None),
        )
    ).first()
    if found is None:  # somebody without an account cannot be reached
        return
    main, their_account = found
    outbox.post(
        work,
        to=their_account.email,
        template="co_manager_joined",
        locale=their_account.locale,
        values={
            "name": name_of(main).full,
            "person": name_of(person).full,
            "company": organisation.name,
            "level": level.label,
            "at": work.now,
        },
        about=("organisation", organisation.id),
    )
