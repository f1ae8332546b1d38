"""Links between candidates and organisations: 'Ontkoppel kandidaat', and back again (X-20).

Unlinking ends the organisation's sight and nothing else: attempts, enrolments and the
candidate's account stay. It can be undone for 30 days, as a new link.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select, update

from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Account, Organisation, OrganisationLink, Person
from portal_app.names import name_of
from portal_app.permissions import Right
from portal_app.services import outbox, progress
from portal_app.settings import settings
from portal_app.unit_of_work import Work, use_case

AT_MOST = 100
"""How many candidates can be unlinked in one go: one page of the list."""
REASONS = ("left", "other_employer", "stopped", "mistake", "other")
"""Usual reasons, each a text `candidates.reason_…`; 'other' is kept in the person's words."""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A link that ended."""

    link_id: int
    name: str
    organisation: str
    ended_at: datetime
    ended_by: str
    reason: str
    can_be_undone: bool
    undo_until: datetime


@dataclass(frozen=True, slots=True)
class UnlinkedList:
    """One page of ended links, last ended first."""

    rows: tuple[Unlinked, ...]
    total: int
    page: int


@dataclass(frozen=True, slots=True)
class LinkSight:
    """A link as the question before unlinking names it."""

    link_id: int
    name: str
    organisation: str


@use_case(Right.CANDIDATES_UNLINK)
def to_unlink(work: Work, *, link_ids: tuple[int, ...]) -> tuple[LinkSight, ...]:
    """Name the candidates and organisations of links that are about to end.

    Raises:
        NotFound: one of them is not in scope, or has ended.
    """
    wanted = sorted(set(link_ids))[: AT_MOST + 1]
    found = work.session.exec(
        select(OrganisationLink, Person, Organisation.name)
        .join(Person, col(Person.id) == OrganisationLink.person_id)
        .join(Organisation, col(Organisation.id) == OrganisationLink.organisation_id)
        .where(col(OrganisationLink.id).in_(wanted), col(OrganisationLink.ended_at).is_(None))
        .order_by(Person.name_sort, col(OrganisationLink.id))
    ).all()
    if not wanted or len(found) != len(wanted):
        raise NotFound
    return tuple(
        LinkSight(link.key, name_of(person).full, organisation)
        for link, person, organisation in found
    )


@use_case(Right.CANDIDATES_UNLINK, writes=True)
def unlink(work: Work, *, link_ids: tuple[int, ...], reason: str) -> tuple[str, ...]:
    """End links and return the candidates' names as they are spoken, in the order of the list.

    Twice at once ends it once: the other finds nothing.

    Raises:
        Invalid: no reason, or more than a page at once.
        NotFound: one of the links is not in scope or has ended; none is ended then.
    """
    if not reason.strip():
        raise Invalid({"reason": Text("candidates.reason_empty")})
    wanted = sorted(set(link_ids))
    if not 1 <= len(wanted) <= AT_MOST:
        raise Invalid({"reason": Text("candidates.selection_size", {"most": AT_MOST})})
    ended = work.session.exec(
        update(OrganisationLink)
        .where(col(OrganisationLink.id).in_(wanted), col(OrganisationLink.ended_at).is_(None))
        .values(
            ended_at=work.now, ended_by_id=work.actor.person_id, ended_reason=reason.strip()[:400]
        )
        .execution_options(synchronize_session=False)
    )
    if ended.rowcount != len(wanted):
        raise NotFound
    names: list[str] = []
    for link in _links(work, wanted):
        person = work.session.get_one(Person, link.person_id)
        names.append(name_of(person).full)
        progress.rebuild_person(work, person.key)
        _tell_candidate(work, link, person, "unlinked")
        work.note(
            "links.ended",
            about=("organisation_link", link.id),
            organisation_id=link.organisation_id,
        )
    return tuple(names)


@use_case(Right.CANDIDATES_UNLINK, writes=True)
def restore(work: Work, *, link_ids: tuple[int, ...]) -> tuple[str, ...]:
    """Link candidates again, as new links, and return their names.

    Raises:
        NotFound: a link is not in scope, has not ended, ended over 30 days ago, or the
            candidate is linked again already; none is restored then.
    """
    names: list[str] = []
    oldest = work.now - timedelta(days=settings.unlink_undo_days)
    for link in _links(work, sorted(set(link_ids))):
        if link.ended_at is None or link.ended_at < oldest or _is_linked(work, link):
            raise NotFound
        again = OrganisationLink(
            organisation_id=link.organisation_id,
            person_id=link.person_id,
            via=link.via,
            organisation_code_id=link.organisation_code_id,
            linked_at=work.now,
            linked_by_id=work.actor.person_id,
            restores_id=link.id,
        )
        work.session.add(again)
        work.session.flush()
        progress.rebuild_person(work, link.person_id)
        person = work.session.get_one(Person, link.person_id)
        names.append(name_of(person).full)
        _tell_candidate(work, again, person, "linked_again")
        work.note(
            "links.restored",
            about=("organisation_link", again.id),
            organisation_id=again.organisation_id,
        )
    if len(names) != len(set(link_ids)):
        raise NotFound
    return tuple(names)


@use_case(Right.CANDIDATES_SEE)
def unlinked(
    work: Work, *, organisation_id: int | None = None, page: int = 1, size: int = 25
) -> UnlinkedList:
    """List the links that ended and were not restored since, last ended first."""
    conditions = _ended(organisation_id)
    total = count_unlinked(work, organisation_id=organisation_id)
    page = max(1, min(page, -(-total // size)))
    ids = work.session.exec(  # from an index alone; only the rows of this page are read
        select(OrganisationLink.id)
        .where(*conditions)
        .order_by(col(OrganisationLink.ended_at).desc(), col(OrganisationLink.id).desc())
        .offset((page - 1) * size)
        .limit(size)
    ).all()
    found = work.session.exec(
        select(OrganisationLink, Person, Organisation.name)
        .join(Person, col(Person.id) == OrganisationLink.person_id)
        .join(Organisation, col(Organisation.id) == OrganisationLink.organisation_id)
        .where(col(OrganisationLink.id).in_(ids))
    )
    found = sorted(found, key=lambda one: ids.index(one[0].id))
    undo = timedelta(days=settings.unlink_undo_days)
    enders = _names_of(work, {link.ended_by_id for link, *_ in found if link.ended_by_id})
    rows = tuple(
        Unlinked(
            link.key,
            name_of(person).listed,
            organisation,
            link.ended_at,
            enders.get(link.ended_by_id, ""),
            link.ended_reason,
            link.ended_at + undo >= work.now,
            link.ended_at + undo,
        )
        for link, person, organisation in found
        if link.ended_at is not None
    )
    return UnlinkedList(rows, total, page)


@use_case(Right.CANDIDATES_SEE)
def count_unlinked(work: Work, *, organisation_id: int | None = None) -> int:
    """Count the links that ended and were not restored since."""
    return work.session.exec(
        select(func.count()).select_from(OrganisationLink).where(*_ended(organisation_id))
    ).one()


def reason_in_words(kept: str) -> tuple[Text | None, str]:
    """Take a kept reason apart: the usual one, and what the person added."""
    usual, _, added = kept.partition(": ")
    if usual in REASONS:
        return Text(f"candidates.reason_{usual}"), added
    return None, kept


def _ended(organisation_id: int | None) -> list[ColumnElement[bool]]:
    again = aliased(OrganisationLink)
    restored = select(again.id).where(col(again.restores_id) == col(OrganisationLink.id))
    conditions: list[ColumnElement[bool]] = [
        col(OrganisationLink.ended_at).is_not(None),
        ~restored.exists(),
    ]
    if organisation_id is not None:
        conditions.append(col(OrganisationLink.organisation_id) == organisation_id)
    return conditions


def _links(work: Work, link_ids: list[int]) -> list[OrganisationLink]:
    return list(
        work.session.exec(
            select(OrganisationLink)
            .where(col(OrganisationLink.id).in_(link_ids))
            .order_by(col(OrganisationLink.id))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def _is_linked(work: Work, link: OrganisationLink) -> bool:
    return (
        work.session.exec(
            select(OrganisationLink.id).where(
                OrganisationLink.person_id == link.person_id,
                OrganisationLink.organisation_id == link.organisation_id,
                col(OrganisationLink.ended_at).is_(None),
            )
        ).first()
        is not None
    )


def _names_of(work: Work, person_ids: set[int]) -> dict[int | None, str]:
    people = work.session.exec(select(Person).where(col(Person.id).in_(person_ids))).all()
    return {person.id: name_of(person).listed for person in people}


def _tell_candidate(work: Work, link: OrganisationLink, person: Person, what: str) -> None:
    """Tell by mail, and on the candidate's own page of what happened lately."""
    work.note(
        f"candidates.{what}", about=("person", person.key), organisation_id=link.organisation_id
    )
    if not person.email:
        return
    account = work.session.get(Account, person.key)
    organisation = work.session.get_one(Organisation, link.organisation_id)
    outbox.post(
        work,
        to=person.email,
        template=f"candidate_{what}",
        locale=account.locale if account else "nl",
        values={"company": organisation.name, "name": name_of(person).full, "at": work.now},
        about=("organisation_link", link.id),
        cause=f"{what}-{link.id}",
    )
