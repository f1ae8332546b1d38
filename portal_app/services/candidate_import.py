"""Importing candidates from a file: all or nothing, and again without doubles.

An e-mail address is a person, and a person with a profile is an enrolment. What the file
leaves empty stays as it is. A result that differs supersedes what was recorded before; a link
that an organisation ended stays ended.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from sqlmodel import col, select

from portal_app.adapters.spreadsheets_reading import open_table
from portal_app.errors import Text
from portal_app.languages import LOCALES, say
from portal_app.models import OrganisationCode, OrganisationCodeRoute, Profile, Route, Step
from portal_app.permissions import Right
from portal_app.reading_candidate_cells import Mistake
from portal_app.reading_candidate_steps import KnownRoute, KnownStep
from portal_app.reading_candidate_words import FIELDS, Field
from portal_app.reading_candidates import ImportedCandidate, ParsedImport, read_candidates
from portal_app.services import progress
from portal_app.services.candidate_import_people import People
from portal_app.services.candidate_import_progress import Ground, Outcome, write_batch
from portal_app.unit_of_work import Caller, Work, run, use_case

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Known:
    """What a file is held against while it is read."""

    routes: tuple[KnownRoute, ...]
    organisation_codes: Mapping[str, frozenset[str]]  # with the routes for which each is active
    today: date


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do, by row of the file; with a mistake it did nothing."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    mistakes: tuple[Mistake, ...] = ()


def import_file(caller: Caller, path: Path, *, dry_run: bool = False) -> ImportReport:
    """Read a spreadsheet and import what it holds.

    Raises:
        Invalid: under `file`: it is no spreadsheet, or cannot be read as one.
    """
    parsed = read_file(path, run(known, caller))
    return run(import_candidates, caller, parsed=parsed, dry_run=dry_run)


def read_file(path: Path, against: Known) -> ParsedImport:
    """Read a spreadsheet of candidates.

    Raises:
        Invalid: as `import_file`.
    """
    with open_table(path) as table:
        return read_candidates(
            table.titles,
            table.rows,
            routes=against.routes,
            organisation_codes=against.organisation_codes,
            today=against.today,
        )


@use_case(Right.CANDIDATES_IMPORT)
def known(work: Work) -> Known:
    """Return the routes and organisation codes that a file may name."""
    with work.everywhere():
        ground = _ground(work)
        codes = {route.key: route.code for route in ground.routes.values()}
        return Known(
            tuple(_known_route(ground, route) for route in ground.routes.values()),
            {
                code.code: frozenset(codes[route_id] for route_id in routes)
                for code, routes in ground.organisation_codes.values()
            },
            work.today,
        )


@use_case(Right.CANDIDATES_IMPORT, writes=True)
def import_candidates(work: Work, *, parsed: ParsedImport, dry_run: bool = False) -> ImportReport:
    """Import what was read; a dry run says the same and changes nothing.

    With even one mistake nothing is written, and every mistake is told.
    """
    with work.everywhere():  # a candidate's results show in every organisation that follows
        # Two imports take turns; enrolling goes on meanwhile.
        work.session.exec(select(Route.id).with_for_update(key_share=True)).all()
        ground = _ground(work)
        people = People.find(work, parsed.rows)
        mistakes = [
            *parsed.mistakes,
            *people.mistakes(parsed),
            *_ended_codes(parsed, ground),
        ]
        if mistakes:
            return ImportReport(mistakes=tuple(sorted(mistakes, key=_by_row)))
        if not dry_run:
            return _write(work, parsed.rows, ground, people)
        with work.session.begin_nested() as trial:
            report = _write(work, parsed.rows, ground, people)
            trial.rollback()
        return report


def _write(
    work: Work, rows: Sequence[ImportedCandidate], ground: Ground, people: People
) -> ImportReport:
    outcome = Outcome()
    for batch in _batches(rows):
        touched = write_batch(work, batch, ground, people, outcome)
        progress.rebuild_people(work, touched)
    unchanged = len(rows) - outcome.new - outcome.updated
    for organisation_id, number in sorted(outcome.linked.items()):
        work.note("candidates.linked", organisation_id=organisation_id, number=number)
    work.note("candidates.imported", new=outcome.new, updated=outcome.updated, unchanged=unchanged)
    return ImportReport(outcome.new, outcome.updated, unchanged)


def _ground(work: Work) -> Ground:
    routes = work.session.exec(select(Route).order_by(col(Route.position), Route.name)).all()
    steps: dict[int, list[Step]] = {route.key: [] for route in routes}
    for step in work.session.exec(select(Step).order_by(col(Step.position))):
        steps[step.route_id].append(step)
    profiles: dict[int, dict[str, Profile]] = {route.key: {} for route in routes}
    for profile in work.session.exec(select(Profile).order_by(col(Profile.id))):
        profiles[profile.route_id][profile.name] = profile
    active: Counter[tuple[int, int]] = Counter(
        (one.organisation_code_id, one.route_id)
        for one in work.session.exec(
            select(OrganisationCodeRoute).where(col(OrganisationCodeRoute.ended_at).is_(None))
        )
    )
    codes = work.session.exec(
        select(OrganisationCode).where(col(OrganisationCode.ended_at).is_(None))
    ).all()
    return Ground(
        {route.code: route for route in routes},
        steps,
        profiles,
        {
            code.code: (code, frozenset(route for owner, route in active if owner == code.key))
            for code in codes
        },
    )


def _known_route(ground: Ground, route: Route) -> KnownRoute:
    return KnownRoute(
        route.code,
        route.name,
        tuple(ground.profiles[route.key]),
        tuple(
            KnownStep(
                step.position,
                step.kind.value,
                (
                    *filter(None, [step.name]),
                    *(say(f"steps.kind_{step.kind.value}", locale) for locale in LOCALES),
                ),
                step.max_attempts,
            )
            for step in ground.steps[route.key]
        ),
    )


def _ended_codes(parsed: ParsedImport, ground: Ground) -> Iterator[Mistake]:
    """Tell which codes ended, on their own or for a route, since the file was read."""
    for row in parsed.rows:
        route = ground.routes[row.route_code]
        for number, link in enumerate(row.links, start=1):
            held = ground.organisation_codes.get(link.organisation_code)
            if held is None or route.key not in held[1]:
                entry = "organisation_unknown" if held is None else "organisation_other_route"
                values = {"value": link.organisation_code, "route": route.name}
                column = parsed.layout.title(Field.ORGANISATION, number)
                text = Text(f"candidate_import.{entry}", values)
                yield Mistake(row.row, column or FIELDS[Field.ORGANISATION][0], text)


def _batches(rows: Sequence[ImportedCandidate]) -> Iterator[list[ImportedCandidate]]:
    left = iter(rows)
    while batch := list(islice(left, _AT_ONCE)):
        yield batch


def _by_row(mistake: Mistake) -> int:
    return mistake.row or 0
