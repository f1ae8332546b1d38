"""The overview as the screen shows it: all of it follows from the address."""

import asyncio
from urllib.parse import parse_qsl

import pytest

from portal_app.errors import NotSignedIn, Text
from portal_app.gate.guest import Guest, SessionFacts, on_behalf_of
from portal_app.languages import say
from portal_app.models import Enrolment, LinkedVia, OrganisationCode, Result, StepKind
from portal_app.permissions import Role
from portal_app.state.base import PortalState
from portal_app.state.candidate_record import CandidateRecordState
from portal_app.state.candidates import CandidatesState
from tests import factories
from tests.factories.following import follow, in_days, rebuild

PASSED, FAILED = Result.PASSED, Result.FAILED


@pytest.fixture
def routes(database):
    return (
        factories.make_route(),
        factories.make_route(
            "Warmtepomp", code="WP", steps=(StepKind.REGISTRATION, StepKind.CERTIFICATE)
        ),
    )


@pytest.fixture
def followed(cast, routes):
    """Thirty candidates of VAK on the first route, one on the second, one of JON."""
    for number in range(29):
        follow(cast.vak, routes[0], f"Aarts{number:02}", PASSED)
    follow(cast.vak, routes[0], "Bakker", PASSED, FAILED, on={1: in_days(-5)})
    follow(cast.vak, routes[1], "Claes", PASSED, PASSED, valid_until=in_days(30))
    return follow(cast.jon, routes[0], "Vreemd", PASSED)


@pytest.fixture
def opened(monkeypatch):
    """`opened(State, person, 'tab=all')`: the state of a page at this address."""

    def open_page(kind, person, query: str = ""):
        monkeypatch.setattr(PortalState, "_asked", lambda _: dict(parse_qsl(query)))
        state = kind()
        handle(person, state, kind.load)
        return state

    return open_page


def handle(person, state, handler, **arguments):
    """Let a person's browser send an event to a state; return what it answers."""
    key = factories.sign_in(person) if person else "0" * 64
    facts = SessionFacts(person.key if person else None)
    with on_behalf_of(Guest(key, facts, "127.0.0.1")):
        return asyncio.run(handler.fn(state, **arguments))


def address_in(event) -> str:
    return next(str(value._var_value) for name, value in event.args if str(name) == "path")


@pytest.mark.covers("V-17", "V-20")
def test_a_bare_address_shows_the_first_route_with_its_steps_as_columns(cast, opened, followed):
    page = opened(CandidatesState, cast.alice)
    assert (page.view, page.tab, page.is_one_route) == ("list", "vakmanschap-co", True)
    assert (page.total, page.first, page.last, len(page.lines)) == (30, 1, 25, 25)
    assert len(page.heads) == len(page.lines[0].cells) == 4
    assert [(tab.label or tab.label_key, tab.count, tab.selected) for tab in page.tabs] == [
        ("Vakmanschap CO", 30, True),
        ("Warmtepomp", 1, False),
        ("candidates.tab_all", 31, False),
        ("candidates.tab_aandacht", 2, False),
        ("candidates.tab_ontkoppeld", 0, False),
    ]


def test_a_search_without_a_tab_is_over_every_route(cast, opened, followed):
    page = opened(CandidatesState, cast.alice, "trefwoorden=claes")
    assert (page.tab, page.total, page.lines[0].route) == ("all", 1, "Warmtepomp")


def test_the_last_page_says_where_it_is(cast, opened, followed):
    page = opened(CandidatesState, cast.alice, "tab=all&pagina=2")
    assert (page.first, page.last, page.following) == (26, 31, "")
    assert page.previous == "/overzicht?tab=all"


@pytest.mark.covers("V-20")
def test_staff_choose_among_organisations_that_have_a_code(cast, opened, followed):
    page = opened(CandidatesState, cast.sam, f"tab=all&organisatie={cast.jon.id}")
    jongeneel = "Installatiebedrijf Jongeneel BV (JON)"
    assert {say(one.label, "nl") for one in page.organisation_options} >= {
        jongeneel, "Vakmanschap Demo (VAK)",
    }  # fmt: skip
    assert [line.name for line in page.lines] == ["Vreemd, Noor"]
    assert [say(chip.value, "nl") for chip in page.chips] == [jongeneel]


@pytest.mark.covers("V-36")
def test_a_wrong_period_is_explained_beside_its_field(cast, opened, followed):
    page = opened(CandidatesState, cast.alice, "tab=all&van=2026-02-02&tot=2026-01-01")
    assert page.mistakes["tot"].key == "errors.date_order"
    assert [(one.control, one.key) for one in page.mistake_list] == [("tot", "errors.date_order")]
    assert (page.fields["van"], page.fields["tot"], page.unfolds) == (
        "02-02-2026", "01-01-2026", True,
    )  # fmt: skip


@pytest.mark.covers("V-22")
def test_a_resit_stands_out_and_its_tip_tells_why(cast, opened, followed):
    (line,) = opened(CandidatesState, cast.alice, "tab=all&trefwoorden=bakker").lines
    assert (line.next_step.key, line.is_resit) == ("candidates.next_resit", True)
    cell = line.cells[1]
    assert (cell.state, cell.step.key) == ("failed", "steps.kind_theory_test")
    assert (cell.tip.key, cell.tip.values["date"]) == ("candidates.when_failed_on", "25-02-2026")


def test_what_runs_out_soon_is_marked(cast, opened, followed):
    (line,) = opened(CandidatesState, cast.alice, "tab=WP").lines
    assert (line.valid_until, line.expires_soon) == ("01-04-2026", True)


def test_nothing_found_repeats_the_filters_and_offers_all_routes(cast, opened, followed):
    page = opened(CandidatesState, cast.alice, "tab=WP&trefwoorden=zzz&status=lopend")
    assert page.view == "nothing_found"
    assert [chip.label_key for chip in page.chips] == ["components.keywords", "candidates.status"]
    assert page.all_routes_href == "/overzicht?tab=all&trefwoorden=zzz&status=lopend"
    assert page.clear_href == "/overzicht?tab=WP"


def test_nothing_yet_names_the_code_and_no_code_says_so(cast, opened, routes):
    page = opened(CandidatesState, cast.alice)
    assert (page.view, page.code) == ("nothing_yet", "VAK")
    newcomer = factories.make_person("Nora", "Nieuw", email="nora@voorbeeld.example")
    factories.make_account(newcomer)
    new = factories.make_organisation(unit="Limburg", capacities=(factories.CANDIDATE_FOLLOWING,))
    factories.make_grant(newcomer, Role.ORGANISATION_MANAGER, new)
    assert opened(CandidatesState, newcomer).view == "no_code"


def test_who_may_not_follow_candidates_is_told_so(cast, opened, followed):
    page = opened(CandidatesState, cast.bob)
    assert (page.view, page.lines, page.tabs) == ("refused", [], [])


def test_a_stranger_gets_nothing(cast, opened, followed):
    with pytest.raises(NotSignedIn):
        opened(CandidatesState, None)


def test_searching_makes_an_address_and_changes_nothing_else(cast, opened, followed):
    page = opened(CandidatesState, cast.alice, "tab=WP&pagina=2&aantal=50&geldig=2026-12")
    form = {"trefwoorden": " jan ", "status": "lopend", "stap": "", "organisatie": None}
    event = handle(cast.alice, page, CandidatesState.search, form=form)
    assert address_in(event) == (
        "/overzicht?tab=WP&trefwoorden=jan&status=lopend&geldig=2026-12&aantal=50"
    )
    assert page.tab == "WP"


def test_sorting_makes_an_address_and_junk_makes_none(cast, opened, followed):
    page = opened(CandidatesState, cast.alice)
    event = handle(cast.alice, page, CandidatesState.sort, by="geldig")
    assert address_in(event) == "/overzicht?tab=vakmanschap-co&sortering=geldig"
    assert handle(cast.alice, page, CandidatesState.sort, by="password_hash") is None


def test_only_what_is_on_the_page_can_be_selected(cast, opened, followed):
    page = opened(CandidatesState, cast.alice, "tab=all")
    _, theirs = followed
    handle(cast.alice, page, CandidatesState.select, link=theirs.key)
    assert page.selected == []
    handle(cast.alice, page, CandidatesState.select, link=page.lines[0].link)
    assert (page.selected_number, page.all_selected) == (1, False)
    assert page.selected_export == f"tab=all&koppelingen={page.lines[0].link}"
    handle(cast.alice, page, CandidatesState.select_all)
    assert (page.selected_number, page.all_selected) == (25, True)
    handle(cast.alice, page, CandidatesState.select_all)
    assert page.selected_number == 0


@pytest.mark.covers("V-20", "V-23")
def test_a_record_shows_each_attempt_and_knows_its_neighbours(cast, opened, followed):
    listed = opened(CandidatesState, cast.alice, "tab=vakmanschap-co&status=herkansing")
    (line,) = listed.lines
    record = opened(CandidateRecordState, cast.alice, line.href.partition("?")[2])
    assert (record.is_there, record.name, record.previous_href) == (True, "Bakker, Noor", "")
    assert [len(step.attempts) for step in record.steps] == [1, 1, 0, 0]
    assert record.steps[1].attempts[0].detail == "25-02-2026"
    assert record.back_href == "/overzicht?tab=vakmanschap-co&status=herkansing"


def test_what_changed_is_told_and_moves_only_when_asked_for(cast, opened, followed, routes):
    page = opened(CandidatesState, cast.alice, "tab=vakmanschap-co&sortering=-naam")
    before = list(page.lines)
    handle(cast.alice, page, CandidatesState.look_again)
    assert page.updated == 0

    enrolment = next(
        one for one in factories.all_of(Enrolment) if before[0].key.endswith(f"-{one.key}")
    )
    factories.make_attempt(enrolment, factories.steps_of(routes[0])[2], PASSED)
    rebuild(enrolment.person_id)
    handle(cast.alice, page, CandidatesState.look_again)
    assert (page.updated, page.lines) == (1, before)

    handle(cast.alice, page, CandidatesState.load)
    assert page.updated == 0
    assert page.lines[0] != before[0]
    assert page.lines[1:] == before[1:]


def test_a_list_that_cannot_be_had_says_so_and_keeps_what_was_typed(
    cast, opened, followed, monkeypatch
):
    page = opened(CandidatesState, cast.alice)
    shown = list(page.lines)

    async def away(*_, **__):
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(CandidatesState, "_run", away)
        broken.setattr(PortalState, "_asked", lambda _: {"trefwoorden": "bakker", "van": "1-2-26"})
        handle(cast.alice, page, CandidatesState.load)
    assert (page.view, page.lines) == ("failed", shown)
    assert (page.fields["trefwoorden"], page.fields["van"]) == ("bakker", "1-2-26")
    handle(cast.alice, page, CandidatesState.load)
    assert page.view == "list"


@pytest.mark.covers("V-14", "V-15", "V-16")
@pytest.mark.parametrize("via", LinkedVia)
def test_a_record_says_once_how_the_link_came_about(cast, opened, routes, via):
    enrolment, link = follow(cast.vak, routes[0], "Aerts", via=via)
    record = opened(CandidateRecordState, cast.alice, f"nr={enrolment.key}")
    assert record.linked_via_key == f"candidates.via_{via}"
    assert record.why == Text("candidates.privacy", {"organisation": cast.vak.name})

    (code,) = [one for one in factories.all_of(OrganisationCode) if one.code == "VAK"]
    link.organisation_code_id = code.key
    factories.write(link)
    record = opened(CandidateRecordState, cast.alice, f"nr={enrolment.key}")
    assert record.why == Text(f"candidates.why_{via}", {"code": "VAK"})


@pytest.mark.parametrize("query", ["nr=999999", "nr=x", "", "nr=-1", "nr=12345678901234567890"])
def test_a_record_that_is_not_there_is_gone(cast, opened, followed, query):
    record = opened(CandidateRecordState, cast.alice, query)
    assert (record.is_loaded, record.is_there, record.name) == (True, False, "")


def test_a_record_of_another_organisation_is_just_as_gone(cast, opened, followed):
    enrolment, _ = followed
    record = opened(CandidateRecordState, cast.alice, f"nr={enrolment.key}&bij={cast.jon.key}")
    assert (record.is_loaded, record.is_there, record.name) == (True, False, "")
