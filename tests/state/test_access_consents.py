"""The question about a second proof on the page of a company's access, without a browser."""

import pytest

from portal_app.eherkenning import Outcome
from portal_app.gate.answers import proof_address
from portal_app.models import Application, BrowserSession
from portal_app.state.access import AccessState
from portal_app.state.eherkenning import EherkenningState, ProvenCompany
from tests import factories
from tests.harness.cast import acting_as
from tests.services import managing
from tests.services.managing import CO_MAIN
from tests.services.proving import VAK, asking_first, prove

PAGE = "/toegang"


@pytest.fixture
def mia(hanna):
    """Somebody who waits for her consent."""
    person = managing.somebody("Mia")
    with asking_first():
        prove(acting_as(person))
    return person


def question() -> int:
    return factories.all_of(Application)[-1].key


def test_whoever_waits_sees_that_the_manager_was_asked(open_state, cast, hanna):
    mia = managing.somebody("Mia")
    with asking_first():
        ended = prove(acting_as(mia))

    state = open_state(EherkenningState, mia, f"/eherkenning?poging={ended.reference}").state

    assert state.outcome == Outcome.ASKED
    assert state.companies == [ProvenCompany(cast.vak.name, VAK, "", f"roles.{CO_MAIN.value}")]


@pytest.mark.covers("X-12")
def test_the_manager_agrees_once_it_was_asked(open_state, cast, hanna, mia):
    page = open_state(AccessState, hanna, PAGE)
    assert [(one.name, one.level) for one in page.state.consents] == [("Mia Nieuw", "EH3")]

    page.do(page.state.ask_consent("consent", question()))
    assert (page.state.asking, page.state.asked_name) == ("consent", "Mia Nieuw")
    page.do(page.state.consent())

    assert (page.state.asking, page.state.said.key) == ("", "access.done_consent")
    assert page.state.consents == []
    assert [one.name for one in page.state.co_main] == ["Nieuw, Mia"]


def test_the_manager_refuses_with_a_reason(open_state, cast, hanna, mia):
    page = open_state(AccessState, hanna, PAGE)

    page.do(page.state.ask_consent("refuse", question()))
    page.do(page.state.refuse({"why": " Onbekend. "}))

    assert (page.state.said.key, page.state.consents) == ("access.done_refuse", [])


def test_nothing_is_answered_that_was_not_asked(open_state, cast, hanna, mia):
    page = open_state(AccessState, hanna, PAGE)

    page.do(page.state.ask_consent("king", question()))
    page.do(page.state.ask_consent("consent", 0))
    page.do(page.state.consent())
    page.do(page.state.ask_consent("consent", question()))
    page.do(page.state.refuse({}))

    assert [one.name for one in page.state.consents] == ["Mia Nieuw"]
    assert page.state.said is None


def test_agreeing_asks_who_one_is_where_that_was_long_ago(open_state, cast, hanna, mia):
    factories.make_app(hanna)
    page = open_state(AccessState, hanna, PAGE)
    session = factories.all_of(BrowserSession)[-1]
    session.proven_at = factories.LONG_AGO
    factories.rewrite(session)

    page.do(page.state.ask_consent("consent", question()))
    (event,) = page.do(page.state.consent())

    back = f"{PAGE}?org={cast.vak.key}&tab=personen"
    assert proof_address(back) in str(event.args)


def test_an_answer_that_came_too_late_says_so(open_state, cast, hanna, mia):
    first, second = (open_state(AccessState, hanna, PAGE) for _ in range(2))
    for page in (first, second):
        page.do(page.state.ask_consent("refuse", question()))
    first.do(first.state.refuse({}))

    second.do(second.state.refuse({}))

    assert second.state.refused.key == "errors.application_moved_on"
