"""Loading the demo world: once, in one transaction, all of it or nothing."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from portal_app.adapters import passwords
from portal_app.brand import Module, brand
from portal_app.demo.access import lay_invitations, lay_people
from portal_app.demo.applications import lay_applications
from portal_app.demo.codes import lay_codes
from portal_app.demo.company_accounts import lay_company_accounts
from portal_app.demo.company_data import lay_bank_accounts
from portal_app.demo.journeys import TODAY
from portal_app.demo.moving import moved
from portal_app.demo.reviews import lay_reviews
from portal_app.demo.routes import demo_routes
from portal_app.demo.standing import LOADED, is_loaded
from portal_app.demo.world import DemoOrganisation, world
from portal_app.errors import CannotStart
from portal_app.models import (
    Organisation,
    OrganisationCapacity,
    OrganisationCode,
    OrganisationCodeRoute,
    Profile,
    Route,
    Step,
)
from portal_app.names import company_sort
from portal_app.needs import Trusted
from portal_app.services import candidate_import
from portal_app.settings import settings
from portal_app.unit_of_work import Operator, Work, run, use_case

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "candidates.xlsx"


def load() -> bool:
    """Load the demo world, unless it was loaded before; tell whether it was loaded now.

    Raises:
        CannotStart: this is no demo, or the example file is not there.
    """
    if not settings.is_demo:
        raise CannotStart("The demo world is for demo mode only: set PORTAL_MODE=demo.")
    if run(is_loaded, Operator()):
        return False
    if not EXAMPLE.exists():
        raise CannotStart(
            f"The demo world is loaded from {EXAMPLE}, which is not there: get the whole checkout."
        )
    return run(lay, Operator(), password_hash=passwords.hash_password(world().password))


@use_case(Trusted, writes=True)
def lay(work: Work, *, password_hash: str) -> bool:
    """Lay the world; False when somebody else did so a moment ago."""
    if is_loaded(work):
        return False
    routes = _lay_routes(work)
    organisations = _lay_organisations(work, routes)
    _import_candidates(work)
    people = lay_people(work, organisations, password_hash)
    lay_invitations(work, organisations, people)
    lay_company_accounts(work, password_hash)
    lay_bank_accounts(work, organisations, people)
    lay_reviews(work, people)
    lay_applications(work, organisations, people)
    lay_codes(work, organisations, people, routes)
    work.note(LOADED, day=work.today.isoformat())
    return True


def _lay_routes(work: Work) -> Mapping[str, int]:
    """Make the routes and return their numbers by code."""
    laid: dict[str, int] = {}
    for position, one in enumerate(demo_routes()):
        route = Route(
            code=one.code,
            name=one.name,
            position=position,
            validity_months=one.validity_months,
            quality_scheme_url=one.quality_scheme_url,
        )
        work.session.add(route)
        work.session.flush()
        laid[one.code] = route.key
        work.session.add_all(Profile(route_id=route.key, name=name) for name in one.profiles)
        work.session.add_all(
            Step(
                route_id=route.key,
                position=at,
                kind=step.kind,
                name=step.name,
                max_attempts=step.max_attempts,
            )
            for at, step in enumerate(one.steps)
        )
    return laid


def _lay_organisations(work: Work, routes: Mapping[str, int]) -> Mapping[str, int]:
    """Make the organisations and return their numbers by key."""
    laid: dict[str, int] = {}
    for one in world().organisation:
        organisation = Organisation(
            **one.model_dump(exclude={"key", "routes"}),
            name_sort=company_sort(one.name),
            created_at=work.now,
        )
        work.session.add(organisation)
        work.session.flush()
        laid[one.key] = organisation.key
        capacities = [
            offered.code
            for offered in brand.capacities
            if offered.standard or (one.routes and Module.OVERVIEW in offered.modules)
        ]
        work.session.add_all(
            OrganisationCapacity(
                organisation_id=organisation.key, capacity=capacity, activated_at=work.now
            )
            for capacity in capacities
        )
        if one.routes:
            _lay_code(work, one, organisation.key, routes)
    return laid


def _lay_code(
    work: Work, one: DemoOrganisation, organisation_id: int, routes: Mapping[str, int]
) -> None:
    code = OrganisationCode(organisation_id=organisation_id, code=one.key, created_at=work.now)
    work.session.add(code)
    work.session.flush()
    work.session.add_all(
        OrganisationCodeRoute(
            organisation_id=organisation_id,
            organisation_code_id=code.key,
            route_id=routes[route],
            activated_at=work.now,
        )
        for route in one.routes
    )


def _import_candidates(work: Work) -> None:
    work.session.flush()
    known = replace(candidate_import.known(work), today=TODAY)
    parsed = candidate_import.read_file(EXAMPLE, known)
    parsed = replace(parsed, rows=tuple(moved(parsed.rows, work.today)))
    report = candidate_import.import_candidates(work, parsed=parsed)
    if report.mistakes:
        raise CannotStart(f"{EXAMPLE} has mistakes: `portal import candidates` lists them.")
