"""Writing what a candidates' file says of enrolments, results and links."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import sha256
from itertools import takewhile

from sqlalchemy import insert
from sqlmodel import col, select

from portal_app.clock import BRUSSELS
from portal_app.models import (
    Attempt,
    Enrolment,
    OrganisationCode,
    OrganisationLink,
    Person,
    Profile,
    Result,
    Route,
    Step,
)
from portal_app.progress_rules import months_after
from portal_app.reading_candidate_steps import ImportedAttempt
from portal_app.reading_candidates import ImportedCandidate, ImportedLink
from portal_app.services.candidate_import_people import People, address
from portal_app.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rows of a file are about: all there is, by the codes and names they use."""

    routes: Mapping[str, Route]
    steps: Mapping[int, Sequence[Step]]  # by route, in order
    profiles: Mapping[int, Mapping[str, Profile]]  # by route
    organisation_codes: Mapping[str, tuple[OrganisationCode, frozenset[int]]]  # active on routes


@dataclass(slots=True)
class Outcome:
    """What was done so far, in rows of the file; new links by organisation."""

    new: int = 0
    updated: int = 0
    linked: Counter[int] = field(default_factory=Counter[int])


def write_batch(
    work: Work,
    rows: Sequence[ImportedCandidate],
    ground: Ground,
    people: People,
    outcome: Outcome,
) -> frozenset[int]:
    """Write some rows, add to `outcome`, and return the people about whom anything changed."""
    put_right = people.settle(work, rows)
    changed = {row.row for row in rows if address(row) in put_right}
    enrolled, new = _enrol(work, rows, ground, people, changed)
    _follow(work, rows, ground, people, changed, outcome)
    _record(work, enrolled, ground, changed)
    work.session.flush()
    outcome.new += len(new)
    outcome.updated += len(changed - new)
    return frozenset(people.of(row).key for row in rows if row.row in new | changed)


_Enrolled = Sequence[tuple[ImportedCandidate, Enrolment]]


def _enrol(
    work: Work,
    rows: Sequence[ImportedCandidate],
    ground: Ground,
    people: People,
    changed: set[int],
) -> tuple[_Enrolled, set[int]]:
    kept = _kept_enrolments(work, {people.of(row).key for row in rows})
    new: dict[int, dict[str, object]] = {}
    for row in rows:
        enrolment = kept.get(_place(row, ground, people))
        if enrolment is None:
            new[row.row] = _enrolment(row, ground, people)
        elif _put_right(enrolment, row, ground):
            changed.add(row.row)
    work.session.flush()
    if new:
        made = work.session.exec(
            insert(Enrolment).returning(Enrolment).execution_options(render_nulls=True),
            params=list(new.values()),
        ).scalars()
        kept |= {(one.person_id, one.profile_id): one for one in made}
    return [(row, kept[_place(row, ground, people)]) for row in rows], set(new)


def _place(row: ImportedCandidate, ground: Ground, people: People) -> tuple[int, int]:
    route = ground.routes[row.route_code]
    return people.of(row).key, ground.profiles[route.key][row.profile].key


def _enrolment(row: ImportedCandidate, ground: Ground, people: People) -> dict[str, object]:
    person_id, profile_id = _place(row, ground, people)
    key = sha256(f"enrolment {person_id} {profile_id}".encode()).hexdigest()
    return {
        "person_id": person_id,
        "route_id": ground.routes[row.route_code].key,
        "profile_id": profile_id,
        "reference": row.reference,
        "registered_on": row.registered_on,
        "valid_until": _valid_until(row, ground),
        "stopped_at": None,
        "import_key": key,
    }


def _kept_enrolments(work: Work, people: set[int]) -> dict[tuple[int, int], Enrolment]:
    """Return the enrolments by person and profile; one that was not stopped goes before others."""
    found = work.session.exec(
        select(Enrolment)
        .where(col(Enrolment.person_id).in_(people))
        .order_by(col(Enrolment.stopped_at).is_(None), col(Enrolment.id))
    )
    return {(one.person_id, one.profile_id): one for one in found}


def _put_right(enrolment: Enrolment, row: ImportedCandidate, ground: Ground) -> bool:
    told: Mapping[str, object] = {
        "reference": row.reference or enrolment.reference,
        "registered_on": row.registered_on,
        "valid_until": _valid_until(row, ground) or enrolment.valid_until,
    }
    differs = {name: value for name, value in told.items() if getattr(enrolment, name) != value}
    for name, value in differs.items():
        setattr(enrolment, name, value)
    return bool(differs)


def _valid_until(row: ImportedCandidate, ground: Ground) -> date | None:
    """Return what the row says, or count from the day on which the last step was passed."""
    route = ground.routes[row.route_code]
    last_step = ground.steps[route.key][-1].position
    ends = [one for one in row.attempts if one.step_position == last_step]
    if row.valid_until or not route.validity_months or not ends:
        return row.valid_until
    end = ends[-1]
    return months_after(end.on, route.validity_months) if end.on and _is_passed(end) else None


def _is_passed(told: ImportedAttempt) -> bool:
    return Result(told.result) is Result.PASSED


def _follow(
    work: Work,
    rows: Sequence[ImportedCandidate],
    ground: Ground,
    people: People,
    changed: set[int],
    outcome: Outcome,
) -> None:
    kept: dict[tuple[int, int], list[datetime | None]] = defaultdict(list)  # when each ended
    for link in work.session.exec(
        select(OrganisationLink).where(
            col(OrganisationLink.person_id).in_({people.of(row).key for row in rows})
        )
    ):
        kept[link.person_id, link.organisation_id].append(link.ended_at)
    new: list[dict[str, object]] = []
    for row in rows:
        for told in row.links:
            person, code = people.of(row), ground.organisation_codes[told.organisation_code][0]
            ends = kept[person.key, code.organisation_id]
            if _is_settled(ends, told):
                continue
            ends.append(None)
            new.append(_link(work, person, code, told))
            changed.add(row.row)
            outcome.linked[code.organisation_id] += 1
    if new:
        work.session.exec(insert(OrganisationLink), params=new)


def _is_settled(ends: Iterable[datetime | None], told: ImportedLink) -> bool:
    """Tell whether the candidate is linked, or was unlinked after the day of the file."""
    return any(end is None or _start_of(told.linked_on) <= end for end in ends)


def _link(
    work: Work, person: Person, code: OrganisationCode, told: ImportedLink
) -> dict[str, object]:
    return {
        "organisation_id": code.organisation_id,
        "person_id": person.key,
        "via": told.via,
        "organisation_code_id": code.key,
        "linked_at": _start_of(told.linked_on),
        "linked_by_id": work.actor.person_id,
        "ended_reason": "",
    }


def _record(work: Work, enrolled: _Enrolled, ground: Ground, changed: set[int]) -> None:
    """Write the results that are new; what they correct stays, superseded."""
    kept: dict[tuple[int, int], list[Attempt]] = defaultdict(list)
    for attempt in work.session.exec(
        select(Attempt)
        .where(col(Attempt.enrolment_id).in_([one.key for _, one in enrolled]))
        .order_by(col(Attempt.number))
    ):
        kept[attempt.enrolment_id, attempt.step_id].append(attempt)
    step_ids = {route: [step.key for step in steps] for route, steps in ground.steps.items()}
    new: list[dict[str, object]] = []
    for row, enrolment in enrolled:
        enrolment_id, ids = enrolment.key, step_ids[enrolment.route_id]
        told: dict[int, list[ImportedAttempt]] = defaultdict(list)
        for one in row.attempts:
            told[ids[one.step_position]].append(one)
        for step_id, goes in told.items():
            before = kept[enrolment_id, step_id]
            current = [attempt for attempt in before if not attempt.superseded]
            alike = _alike(current, goes)
            if alike == len(goes) == len(current):
                continue
            changed.add(row.row)
            for attempt in current[alike:]:
                attempt.superseded = True
            for number, one in enumerate(goes[alike:], start=_highest(before) + 1):
                new.append(_attempt(work, enrolment_id, step_id, number, one))
    if new:
        work.session.exec(insert(Attempt).execution_options(render_nulls=True), params=new)


def _attempt(
    work: Work, enrolment_id: int, step_id: int, number: int, told: ImportedAttempt
) -> dict[str, object]:
    return {
        "enrolment_id": enrolment_id,
        "step_id": step_id,
        "number": number,
        "result": told.result,
        "on": told.on,
        "place": told.place,
        "percent": told.percent,
        "recorded_at": work.now,
        "superseded": False,
    }


def _alike(current: Sequence[Attempt], told: Sequence[ImportedAttempt]) -> int:
    """Count how many attempts say the same, from the first on."""
    pairs = zip(current, told, strict=False)
    return sum(1 for _ in takewhile(lambda pair: _says(*pair), pairs))


def _highest(kept: Iterable[Attempt]) -> int:
    return max((attempt.number for attempt in kept), default=0)


def _says(kept: Attempt, told: ImportedAttempt) -> bool:
    return (kept.result, kept.on, kept.place, kept.percent) == (
        told.result,
        told.on,
        told.place,
        told.percent,
    )


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, BRUSSELS)
