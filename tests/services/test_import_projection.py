"""Whatever is imported, in whatever order, the projection is what a rebuild makes of it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from portal_app.models import (
    Enrolment,
    OrganisationCode,
    OrganisationCodeRoute,
    ProgressRow,
    Result,
)
from portal_app.needs import Trusted
from portal_app.reading_candidate_steps import ImportedAttempt
from portal_app.reading_candidate_titles import Layout
from portal_app.reading_candidates import ImportedCandidate, ImportedLink, ParsedImport
from portal_app.services import progress
from portal_app.services.candidate_import import import_candidates
from portal_app.unit_of_work import Operator, Work, run, use_case
from tests import factories

REGISTERED = date(2025, 11, 3)
CODES = ("VAK", "JON")


@pytest.fixture
def route(cast) -> None:
    """A route on which the codes of both organisations are active."""
    made = factories.make_route(code="VCO", profiles=("Monteur",))
    for code in factories.all_of(OrganisationCode):
        factories.write(
            OrganisationCodeRoute(
                organisation_id=code.organisation_id,
                organisation_code_id=code.key,
                route_id=made.key,
                activated_at=factories.LONG_AGO,
            )
        )


@use_case(Trusted, writes=True)
def rebuilt(work: Work) -> None:
    ids = work.session.exec(select(col(Enrolment.id))).all()
    progress.rebuild_enrolments(work, ids)


def projection() -> list[dict[str, Any]]:
    rows = [row.model_dump(exclude={"id"}) for row in factories.all_of(ProgressRow)]
    return sorted(rows, key=lambda row: (row["organisation_id"], row["enrolment_id"]))


def candidate(
    name: str, goes: list[tuple[int, Result, date]], codes: frozenset[str]
) -> ImportedCandidate:
    """A row of a file: what the candidate did, and who follows."""
    attempts = [ImportedAttempt(0, 1, "passed", REGISTERED, "", None)]
    for position, result, on in goes:
        number = 1 + sum(one.step_position == position for one in attempts)
        attempts.append(ImportedAttempt(position, number, result.value, on, "", None))
    return ImportedCandidate(
        row=2,
        salutation="",
        given_name=name,
        infix="",
        family_name="Maes",
        email=f"{name}@vak.example",
        birth_date=None,
        links=tuple(ImportedLink(code, "import", REGISTERED) for code in sorted(codes)),
        route_code="VCO",
        profile="Monteur",
        reference="",
        registered_on=REGISTERED,
        valid_until=None,
        attempts=tuple(attempts),
    )


goes = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(list(Result)), st.dates(REGISTERED)), max_size=6
)
candidates = st.builds(
    candidate, st.sampled_from(["zoe", "jan"]), goes, st.frozensets(st.sampled_from(CODES))
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=st.lists(candidates, min_size=1, max_size=4))
def test_the_projection_is_what_a_rebuild_from_scratch_makes(told, route) -> None:
    for one in told:
        run(import_candidates, Operator(), parsed=ParsedImport((one,), (), Layout({})))
    kept = projection()
    run(rebuilt, Operator())
    assert kept == projection()
    assert len(kept) >= len({link for one in told for link in one.links})
