"""A larger world: many generated candidates of one organisation, to try the portal at size."""

from collections.abc import Iterator
from itertools import islice
from random import Random

from sqlmodel import col, func, select

from portal_app.demo.journeys import SHARES, Enrolment, Maker
from portal_app.demo.moving import moved
from portal_app.demo.people import make_person
from portal_app.demo.routes import demo_routes
from portal_app.models import Person
from portal_app.needs import Trusted
from portal_app.reading_candidate_steps import ImportedAttempt
from portal_app.reading_candidate_titles import Layout
from portal_app.reading_candidates import ImportedCandidate, ImportedLink, ParsedImport
from portal_app.services.candidate_import import import_candidates
from portal_app.unit_of_work import Operator, Work, run, use_case

ORGANISATION = "VAK"
DOMAIN = "groot.vakmanschap-demo.example"
MOST = 50_000
_ROUTES = ("VCO", "VCO", "VCO", "WP", "LEG", "VCA")  # for which the organisation is active
_VIAS = ("website", "registration_manager")
_SEED = 50_000
_AT_ONCE = 2_500


def enlarge(number: int) -> int:
    """Generate candidates until there are `number`; return how many were added.

    They are imported like those of a file, some thousands in a transaction.
    """
    there = run(generated, Operator())
    wanted = islice(_candidates(), there, number)
    while rows := tuple(islice(wanted, _AT_ONCE)):
        run(_add, Operator(), rows=rows)
    return max(0, number - there)


@use_case(Trusted)
def generated(work: Work) -> int:
    """Count the generated candidates that are there."""
    return work.session.exec(
        select(func.count())
        .select_from(Person)
        .where(col(Person.email).endswith(f"@{DOMAIN}", autoescape=True))
    ).one()


@use_case(Trusted, writes=True)
def _add(work: Work, *, rows: tuple[ImportedCandidate, ...]) -> None:
    import_candidates(work, parsed=ParsedImport(tuple(moved(rows, work.today)), (), Layout({})))


def _candidates() -> Iterator[ImportedCandidate]:
    """Generate candidates without end, the same ones in the same order every time."""
    random = Random(_SEED)  # noqa: S311  # not a secret
    routes = {route.code: route for route in demo_routes()}
    standings, weights = list(SHARES), list(SHARES.values())
    emails: set[str] = set()
    row = 1
    while True:
        row += 1
        person = make_person(DOMAIN, row + MOST, emails, random)
        standing = random.choices(standings, weights)[0]
        maker = Maker(routes[random.choice(_ROUTES)], standing, random)
        links = [(ORGANISATION, random.choice(_VIAS))]
        yield _imported(row, maker.enrolment(person, links, reference=f"G-{row:05d}"))


def _imported(row: int, one: Enrolment) -> ImportedCandidate:
    """Say an enrolment as if it was read from a file."""
    person = one.person
    registration, positions = (
        one.route.steps[0],
        {step: at for at, step in enumerate(one.route.steps)},
    )
    goes = [ImportedAttempt(positions[registration], 1, "passed", one.registered_on, "", None)]
    tried: dict[int, int] = {}
    for go in one.goes:
        at = positions[go.step]
        tried[at] = tried.get(at, 0) + 1
        goes.append(ImportedAttempt(at, tried[at], go.result, go.on, go.place, go.percent))
    return ImportedCandidate(
        row=row,
        salutation=person.salutation,
        given_name=person.given_name,
        infix=person.infix,
        family_name=person.family_name,
        email=person.email,
        birth_date=person.birth_date,
        links=tuple(ImportedLink(code, via, on) for code, via, on in one.links),
        route_code=one.route.code,
        profile=one.profile,
        reference=one.reference,
        registered_on=one.registered_on,
        valid_until=one.valid_until,
        attempts=tuple(goes),
    )
