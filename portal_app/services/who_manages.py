"""Who manages the access of a company, by its number; and a message to them.

Anybody may ask. A stranger is told initials and roles, and nothing that tells a company that
nobody manages from one that is closed or unknown; a colleague is told names. Addresses are told
to nobody: a message goes through the outbox (decision 0030).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import col, select

from portal_app.actors import ACTIVE_GRANT
from portal_app.models import Account, Grant, Organisation, Person
from portal_app.names import name_of
from portal_app.needs import Anyone
from portal_app.permissions import Right, Role
from portal_app.services import outbox
from portal_app.services.access_list import MANAGERS
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class ManagerSight:
    """Somebody who manages the access."""

    name: str  # in full for a colleague, else initials
    role: Role


@dataclass(frozen=True, slots=True)
class Found:
    """What the reader may know; all empty when there is nobody to name."""

    managers: tuple[ManagerSight, ...] = ()
    company: str = ""  # for a colleague; a stranger hears no more than was typed
    units: tuple[str, ...] = ()  # to choose from, when the number has several


@dataclass(frozen=True, slots=True)
class _Managed:
    """A company with those who manage it, the main access manager first."""

    organisation: Organisation
    managers: list[tuple[Grant, Person, Account]]


@use_case(Anyone)
def look_up(work: Work, *, number: str, unit: str | None = None) -> Found:
    """Tell who manages the access of the company with this number.

    A number of several units is asked again with one of them; any other counts as none.
    """
    there = _managed(work, number)
    one = there.get(unit) if unit is not None else None
    if one is None and len(there) == 1:
        one = next(iter(there.values()))
    if one is None:
        return Found(units=tuple(sorted(there)))
    named = _may_read_names(work, one.organisation.key)
    managers = tuple(
        ManagerSight(name_of(person).full if named else _initials(person), grant.role)
        for grant, person, _ in one.managers
    )
    return Found(managers, one.organisation.name if named else "")


@use_case(Anyone, writes=True)
def write_to(  # all that a form says
    work: Work, *, number: str, unit: str, sender: str, email: str, message: str
) -> bool:
    """Mail a message to who manages the access; False when nobody does, and nothing is kept.

    `unit` is that of `look_up`, empty for a number that has one.
    What was written, and by whom, waits sealed in the outbox and is gone once it was sent.
    """
    there = _managed(work, number)
    one = there.get(unit)
    if one is None and not unit and len(there) == 1:
        one = next(iter(there.values()))
    if one is None:
        return False
    company = one.organisation
    with work.enter(company.key):
        for _, person, account in one.managers:
            outbox.post(
                work,
                to=account.email,
                template="access_message",
                locale=account.locale,
                values={"name": name_of(person).full, "company": company.name, "at": work.now},
                secrets={"sender": sender, "email": email, "message": message},
                about=("organisation", company.key),
            )
        work.note(
            "who_manages.written_to",
            about=("organisation", company.key),
            organisation_id=company.key,
            letters=len(one.managers),
        )
    return True


def _managed(work: Work, number: str) -> Mapping[str, _Managed]:
    """Return the open companies with this number whose access somebody manages, by unit.

    Whoever is blocked, or has no account yet, could not answer.
    """
    with work.everywhere():
        rows = work.session.exec(
            select(Organisation, Grant, Person, Account)
            .join(Grant, col(Grant.organisation_id) == Organisation.id)
            .join(Person, col(Person.id) == Grant.person_id)
            .join(Account, col(Account.person_id) == Person.id)
            .where(
                Organisation.number == number,
                col(Organisation.closed_at).is_(None),
                col(Grant.role).in_(MANAGERS),
                col(Account.blocked_at).is_(None),
                ACTIVE_GRANT,
            )
            .order_by(col(Grant.id)),
            params={"now": work.now},
        ).all()
    found: dict[str, _Managed] = {}
    for organisation, grant, person, account in rows:
        one = found.setdefault(organisation.unit, _Managed(organisation, []))
        one.managers.append((grant, person, account))
    for one in found.values():
        one.managers.sort(key=lambda each: MANAGERS.index(each[0].role))
    return found


def _may_read_names(work: Work, organisation_id: int) -> bool:
    """Tell whether the reader has a role there, or sees who has."""
    actor = work.actor
    is_colleague = any(grant.organisation_id == organisation_id for grant in actor.grants)
    return (is_colleague and not actor.owes) or organisation_id in actor.scope(Right.ACCESS_SEE)


def _initials(person: Person) -> str:
    return "".join(f"{letter}." for letter in name_of(person).initials)
