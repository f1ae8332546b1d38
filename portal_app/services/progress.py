"""The projection that the overview reads, rebuilt from links, enrolments and attempts.

Everything that changes one of those calls `rebuild_enrolments` or `rebuild_person` in the
same transaction. An organisation sees a candidate on the routes for which its code is
active (V-18); a link without a code (payment code, import) follows every route.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, delete, select

from portal_app.models import (
    Attempt,
    CodeBatch,
    Enrolment,
    OrganisationCodeRoute,
    OrganisationLink,
    PaymentCode,
    Person,
    ProgressRow,
    Step,
)
from portal_app.names import folded, name_of
from portal_app.progress_rules import Go, Standing, pack, standing
from portal_app.unit_of_work import Work

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Paid:
    """The payment code with which somebody was enrolled, and what its batch is known by."""

    code: str = ""
    reference: str = ""


_UNPAID = Paid()


def rebuild_person(work: Work, person_id: int) -> None:
    """Rebuild every row of one candidate, in the organisations that are in scope."""
    rebuild_people(work, [person_id])


def rebuild_people(work: Work, person_ids: Collection[int]) -> None:
    """Rebuild every row of some candidates, in the organisations that are in scope."""
    wanted = sorted(person_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        ids = work.session.exec(
            select(Enrolment.id).where(
                col(Enrolment.person_id).in_(wanted[start : start + _AT_ONCE])
            )
        )
        rebuild_enrolments(work, [one for one in ids if one is not None])


def rebuild_enrolments(work: Work, enrolment_ids: Collection[int]) -> None:
    """Rebuild the rows of these enrolments, in the organisations that are in scope."""
    work.session.flush()
    wanted = sorted(enrolment_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        _rebuild(work, wanted[start : start + _AT_ONCE])


def _rebuild(work: Work, enrolment_ids: list[int]) -> None:
    work.session.exec(delete(ProgressRow).where(col(ProgressRow.enrolment_id).in_(enrolment_ids)))
    enrolments = work.session.exec(
        select(Enrolment, Person)
        .join(Person, col(Person.id) == Enrolment.person_id)
        .where(col(Enrolment.id).in_(enrolment_ids))
    ).all()
    links = _links(work, {person.key for _, person in enrolments})
    standings = _standings(work, [enrolment for enrolment, _ in enrolments])
    paid = _paid(work, enrolment_ids)
    rows = [
        _row(
            link,
            enrolment,
            person,
            standings[enrolment.key],
            paid.get((enrolment.key, link.organisation_id), _UNPAID),
        )
        for enrolment, person in enrolments
        for link, routes in links.get(person.key, ())
        if routes is None or enrolment.route_id in routes
    ]
    if isinstance(work.scope, frozenset):  # the net judges row by row
        work.session.add_all(ProgressRow(**row) for row in rows)
        work.session.flush()
    elif rows:
        work.session.exec(insert(ProgressRow).execution_options(render_nulls=True), params=rows)


def _row(
    link: OrganisationLink, enrolment: Enrolment, person: Person, now: Standing, paid: Paid
) -> dict[str, Any]:
    name = name_of(person).listed
    go = now.next_go
    reference = enrolment.reference or paid.reference
    found_by = (
        name_of(person).search_text,
        *map(folded, (person.email or "", reference, paid.code, paid.code.replace("-", ""))),
    )
    return {
        "organisation_id": link.organisation_id,
        "link_id": link.key,
        "enrolment_id": enrolment.key,
        "person_id": person.key,
        "route_id": enrolment.route_id,
        "status": now.status,
        "steps": pack(now.states),
        "next_position": now.next_position,
        "next_state": now.next_state,
        "next_on": go.on if go else None,
        "next_place": go.place if go else "",
        "next_percent": go.percent if go else None,
        "done_on": now.done_on,
        "valid_until": enrolment.valid_until,
        "registered_on": enrolment.registered_on,
        "last_activity_on": now.last_activity_on,
        "name_sort": person.name_sort,
        "display_name": name,
        "email": person.email or "",
        "reference": reference,
        "search": " ".join(part for part in found_by if part)[:700],
    }


def _links(
    work: Work, person_ids: set[int]
) -> dict[int, list[tuple[OrganisationLink, frozenset[int] | None]]]:
    """Return the active links by person, each with the routes of its code (None: all)."""
    links = work.session.exec(
        select(OrganisationLink).where(
            col(OrganisationLink.person_id).in_(person_ids),
            col(OrganisationLink.ended_at).is_(None),
        )
    ).all()
    codes = {link.organisation_code_id for link in links if link.organisation_code_id}
    routes: dict[int, set[int]] = defaultdict(set)
    for one in work.session.exec(
        select(OrganisationCodeRoute).where(
            col(OrganisationCodeRoute.organisation_code_id).in_(codes),
            col(OrganisationCodeRoute.ended_at).is_(None),
        )
    ):
        routes[one.organisation_code_id].add(one.route_id)
    found: dict[int, list[tuple[OrganisationLink, frozenset[int] | None]]] = defaultdict(list)
    for link in links:
        code = link.organisation_code_id
        found[link.person_id].append((link, frozenset(routes[code]) if code else None))
    return found


def _standings(work: Work, enrolments: list[Enrolment]) -> dict[int, Standing]:
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in work.session.exec(
        select(Step)
        .where(col(Step.route_id).in_({one.route_id for one in enrolments}))
        .order_by(col(Step.position))
    ):
        steps[step.route_id].append(step)
    at = {step.id: step.position for those in steps.values() for step in those}
    goes: dict[int, dict[int, list[Go]]] = defaultdict(lambda: defaultdict(list))
    for attempt in work.session.exec(
        select(Attempt).where(
            col(Attempt.enrolment_id).in_([one.key for one in enrolments]),
            col(Attempt.superseded).is_(False),
        )
    ):
        go = Go(attempt.number, attempt.result, attempt.on, attempt.place, attempt.percent)
        goes[attempt.enrolment_id][at[attempt.step_id]].append(go)
    return {
        one.key: standing(
            [step.kind for step in steps[one.route_id]],
            goes[one.key],
            registered_on=one.registered_on,
            stopped=one.stopped_at is not None,
        )
        for one in enrolments
    }


def _paid(work: Work, enrolment_ids: list[int]) -> dict[tuple[int, int], Paid]:
    """Return with what was paid, by enrolment and by the organisation that paid.

    Another organisation that follows the candidate has nothing to do with it.
    """
    found = work.session.exec(
        select(
            PaymentCode.enrolment_id,
            PaymentCode.organisation_id,
            PaymentCode.code,
            CodeBatch.reference,
        )
        .join(CodeBatch, col(CodeBatch.id) == PaymentCode.batch_id)
        .where(col(PaymentCode.enrolment_id).in_(enrolment_ids))
    )
    return {
        (enrolment_id, organisation_id): Paid(code, reference)
        for enrolment_id, organisation_id, code, reference in found
        if enrolment_id
    }
