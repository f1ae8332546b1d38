"""Importing candidates: all or nothing, again without doubles, on both databases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from portal_app.errors import NotAllowed
from portal_app.models import (
    Attempt,
    AuditEvent,
    Enrolment,
    LinkedVia,
    OrganisationCode,
    OrganisationCodeRoute,
    OrganisationLink,
    Person,
    ProgressRow,
    Route,
    StepKind,
)
from portal_app.reading_candidate_steps import ImportedAttempt
from portal_app.reading_candidate_titles import Layout
from portal_app.reading_candidates import ImportedCandidate, ImportedLink, ParsedImport
from portal_app.services import candidate_import, candidate_record, candidates, links
from portal_app.services.candidate_import import ImportReport, import_candidates
from portal_app.services.candidates import CandidateFilter
from portal_app.unit_of_work import Operator, run
from tests import factories

REGISTERED = date(2025, 11, 3)
LINKED = (ImportedLink("VAK", "website", REGISTERED),)
REGISTRATION = ImportedAttempt(0, 1, "passed", REGISTERED, "", None)
FAILED = ImportedAttempt(1, 1, "failed", date(2025, 12, 1), "Zwolle", None)
PASSED = ImportedAttempt(1, 2, "passed", date(2026, 1, 12), "Zwolle", None)
ZOE = ImportedCandidate(
    row=2,
    salutation="mrs",
    given_name="Zoë",
    infix="van den",
    family_name="Çelik",
    email="Zoe@VAK.example",
    birth_date=date(1990, 5, 17),
    links=LINKED,
    route_code="VCO",
    profile="Monteur",
    reference="VAK-1",
    registered_on=REGISTERED,
    valid_until=None,
    attempts=(REGISTRATION, FAILED),
)
JAN = replace(ZOE, row=3, given_name="Jan", infix="", family_name="Maes", email="jan@vak.example")


@pytest.fixture
def routes(cast) -> None:
    """Two routes: VAK's code is active on both, JON's on the first only."""
    vco = factories.make_route(code="VCO", profiles=("Monteur", "1e Monteur"))
    vca = factories.make_route("VCA", code="VCA", profiles=("Deelnemer",))
    active = {"VAK": (vco, vca), "JON": (vco,)}
    for code in factories.all_of(OrganisationCode):
        for route in active[code.code]:
            factories.write(
                OrganisationCodeRoute(
                    organisation_id=code.organisation_id,
                    organisation_code_id=code.key,
                    route_id=route.key,
                    activated_at=factories.LONG_AGO,
                )
            )


def bring_in(*rows: ImportedCandidate, dry_run: bool = False) -> ImportReport:
    parsed = ParsedImport(rows, (), Layout({}))
    return run(import_candidates, Operator(), parsed=parsed, dry_run=dry_run)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Everything that an import may write."""
    tables = (Person, Enrolment, Attempt, OrganisationLink, ProgressRow, AuditEvent)
    return {
        table.__name__: [row.model_dump() for row in factories.all_of(table)] for table in tables
    }


def attempts_at(position: int) -> Sequence[Attempt]:
    steps = factories.steps_of(factories.all_of(Route)[0])
    return [one for one in factories.all_of(Attempt) if one.step_id == steps[position].id]


def names_seen_by(run_as, person) -> list[str]:
    return [row.name for row in run_as(person, candidates.overview, wanted=CandidateFilter()).rows]


@pytest.mark.covers("V-14", "V-18", "V-20")
def test_what_is_imported_is_what_the_organisation_sees(cast, run_as, routes) -> None:
    assert bring_in(ZOE, JAN) == ImportReport(new=2)
    shown = run_as(cast.alice, candidates.overview, wanted=CandidateFilter())
    assert [row.name for row in shown.rows] == ["Çelik, Zoë van den", "Maes, Jan"]
    assert shown.rows[0].states[:2] == ("passed", "failed")
    assert shown.rows[0].status == "resit"
    assert shown.rows[0].email == "zoe@vak.example"
    assert names_seen_by(run_as, cast.charlie) == []


@pytest.mark.covers("V-15")
def test_a_code_that_the_registration_manager_gave_links_the_candidate(
    cast, run_as, routes
) -> None:
    given = ImportedLink("VAK", "registration_manager", REGISTERED)
    bring_in(replace(ZOE, links=(given,)))
    assert names_seen_by(run_as, cast.alice) == ["Çelik, Zoë van den"]
    (enrolment,) = factories.all_of(Enrolment)
    seen = run_as(cast.alice, candidate_record.record, enrolment_id=enrolment.key)
    assert (seen.linked_via, seen.organisation_code) == (LinkedVia.REGISTRATION_MANAGER, "VAK")


def test_the_same_file_again_changes_nothing(routes) -> None:
    bring_in(ZOE, JAN)
    before = everything()
    assert bring_in(ZOE, JAN) == ImportReport(unchanged=2)
    after = everything()
    assert {name: rows for name, rows in after.items() if name != "AuditEvent"} == {
        name: rows for name, rows in before.items() if name != "AuditEvent"
    }


def test_a_dry_run_says_the_same_and_changes_nothing(routes) -> None:
    bring_in(JAN)
    before = everything()
    rows = (ZOE, replace(JAN, reference="VAK-2"))
    tried = bring_in(*rows, dry_run=True)
    assert everything() == before
    assert tried == bring_in(*rows) == ImportReport(new=1, updated=1)


@pytest.mark.covers("V-13", "V-18")
def test_a_code_that_is_unknown_or_not_active_on_the_route_stops_everything(routes) -> None:
    before = everything()
    rows = (
        ZOE,
        replace(JAN, links=(*LINKED, ImportedLink("XYZ", "import", REGISTERED))),
        replace(
            JAN,
            row=4,
            route_code="VCA",
            profile="Deelnemer",
            links=(ImportedLink("JON", "import", REGISTERED),),
        ),
    )
    report = bring_in(*rows)
    assert [(wrong.row, wrong.column, wrong.text.key) for wrong in report.mistakes] == [
        (3, "Organisatiecode", "candidate_import.organisation_unknown"),
        (4, "Organisatiecode", "candidate_import.organisation_other_route"),
    ]
    assert everything() == before


@pytest.mark.covers("V-36")
def test_a_pass_after_a_fail_keeps_both(cast, run_as, routes) -> None:
    bring_in(ZOE)
    assert bring_in(replace(ZOE, attempts=(REGISTRATION, FAILED, PASSED))).updated == 1
    shown = run_as(cast.alice, candidates.overview, wanted=CandidateFilter()).rows[0]
    assert shown.states[1] == "passed"
    kept = [(one.number, one.result, one.superseded) for one in attempts_at(1)]
    assert kept == [(1, "failed", False), (2, "passed", False)]


def test_a_correction_supersedes_and_erases_nothing(cast, run_as, routes) -> None:
    bring_in(replace(ZOE, attempts=(REGISTRATION, FAILED, PASSED)))
    right = replace(FAILED, result="absent")
    assert bring_in(replace(ZOE, attempts=(REGISTRATION, right))).updated == 1
    kept = [(one.number, one.result, one.superseded) for one in attempts_at(1)]
    assert kept == [(1, "failed", True), (2, "passed", True), (3, "absent", False)]
    shown = run_as(cast.alice, candidates.overview, wanted=CandidateFilter()).rows[0]
    assert shown.states[1] == "failed"


def test_what_a_file_leaves_empty_stays(routes) -> None:
    bring_in(ZOE)
    bare = replace(ZOE, salutation="", birth_date=None, reference="", attempts=(REGISTRATION,))
    assert bring_in(bare) == ImportReport(unchanged=1)


@pytest.mark.covers("V-36")
def test_a_candidate_of_two_organisations_appears_in_both(cast, run_as, routes) -> None:
    both = (*LINKED, ImportedLink("JON", "registration_manager", REGISTERED))
    bring_in(replace(ZOE, links=both))
    assert names_seen_by(run_as, cast.alice) == names_seen_by(run_as, cast.charlie)
    assert names_seen_by(run_as, cast.alice) == ["Çelik, Zoë van den"]


@pytest.mark.covers("V-18")
def test_an_organisation_sees_only_the_routes_of_its_code(cast, run_as, routes) -> None:
    both = (*LINKED, ImportedLink("JON", "import", REGISTERED))
    training = replace(ZOE, row=3, route_code="VCA", profile="Deelnemer")
    assert bring_in(replace(ZOE, links=both), training) == ImportReport(new=2)
    assert len(names_seen_by(run_as, cast.alice)) == 2
    assert len(names_seen_by(run_as, cast.charlie)) == 1


def test_a_link_that_was_ended_stays_ended(cast, run_as, routes) -> None:
    bring_in(ZOE)
    link = factories.all_of(OrganisationLink)[0]
    run_as(cast.alice, links.unlink, link_ids=(link.key,), reason="Uit dienst")
    assert bring_in(ZOE) == ImportReport(unchanged=1)
    assert names_seen_by(run_as, cast.alice) == []
    later = ImportedLink("VAK", "website", date(2026, 3, 3))
    assert bring_in(replace(ZOE, links=(later,))).updated == 1
    assert names_seen_by(run_as, cast.alice) == ["Çelik, Zoë van den"]


def test_an_address_that_is_put_right_makes_no_second_person(routes) -> None:
    bring_in(ZOE)
    before = len(factories.all_of(Person))
    assert bring_in(replace(ZOE, email="z.celik@vak.example")).updated == 1
    assert len(factories.all_of(Person)) == before
    assert {row.email for row in factories.all_of(ProgressRow)} == {"z.celik@vak.example"}


def test_the_same_name_elsewhere_is_another_person(routes) -> None:
    bring_in(ZOE)
    before = len(factories.all_of(Person))
    elsewhere = (ImportedLink("JON", "import", REGISTERED),)
    bring_in(replace(ZOE, email="zoe@jon.example", links=elsewhere))
    assert len(factories.all_of(Person)) == before + 1


def test_somebody_with_an_account_keeps_an_own_name_and_address(cast, routes) -> None:
    theirs = replace(ZOE, given_name="Ali", infix="", family_name="Jansen", email=cast.alice.email)
    bring_in(theirs)
    alice = next(one for one in factories.all_of(Person) if one.id == cast.alice.id)
    assert alice.given_name == "Alice"
    assert [row.display_name for row in factories.all_of(ProgressRow)] == ["Jansen, Alice"]


def test_the_account_of_somebody_else_is_a_mistake(cast, routes) -> None:
    report = bring_in(ZOE, replace(JAN, email=cast.alice.email))
    assert [(wrong.row, wrong.text.key) for wrong in report.mistakes] == [
        (3, "candidate_import.account_of_another")
    ]
    assert factories.all_of(Enrolment) == []


@pytest.mark.parametrize(
    ("told", "until"), [(None, date(2031, 2, 2)), (date(2030, 1, 1), date(2030, 1, 1))]
)
def test_a_certificate_is_valid_as_told_or_as_long_as_the_route_says(told, until, routes) -> None:
    certificate = ImportedAttempt(3, 1, "passed", date(2026, 2, 2), "", None)
    bring_in(replace(ZOE, valid_until=told, attempts=(REGISTRATION, certificate)))
    assert [one.valid_until for one in factories.all_of(Enrolment)] == [until]


def test_what_was_done_stands_in_the_audit_trail(cast, routes) -> None:
    bring_in(ZOE, JAN)
    noted = {(one.action, one.organisation_id): one for one in factories.all_of(AuditEvent)}
    assert noted["candidates.imported", None].details == '{"new": 2, "unchanged": 0, "updated": 0}'
    assert noted["candidates.linked", cast.vak.id].details == '{"number": 2}'


@pytest.mark.parametrize("who", ["alice", "charlie"])
def test_an_organisation_manager_may_not_import(who, cast, run_as, routes) -> None:
    with pytest.raises(NotAllowed):
        run_as(getattr(cast, who), import_candidates, parsed=ParsedImport((ZOE,), (), Layout({})))


def test_staff_who_look_at_one_organisation_import_for_all(cast, acting_as, run_as, routes) -> None:
    both = (*LINKED, ImportedLink("JON", "import", REGISTERED))
    parsed = ParsedImport((replace(ZOE, links=both),), (), Layout({}))
    run(import_candidates, acting_as(cast.sam, cast.vak), parsed=parsed)
    assert names_seen_by(run_as, cast.charlie) == ["Çelik, Zoë van den"]


def test_the_kinds_of_steps_all_have_a_name_to_read_by(routes) -> None:
    known = run(candidate_import.known, Operator())
    kinds = {step.kind for route in known.routes for step in route.steps}
    assert kinds == {
        StepKind.REGISTRATION,
        StepKind.THEORY_TEST,
        StepKind.PRACTICAL_EXAM,
        StepKind.CERTIFICATE,
    }
    assert all(step.names for route in known.routes for step in route.steps)
    assert known.organisation_codes == {"VAK": {"VCO", "VCA"}, "JON": {"VCO"}}
