"""The page of a forgotten password: what it shows, and that looking at it changes nothing."""

import pytest

from portal_app.models import BrowserSession, Owed, PasswordReset
from portal_app.services import password_reset, password_reset_by_code
from portal_app.state.forced_change import ForcedChangeState
from portal_app.state.password_reset import PasswordResetState
from portal_app.unit_of_work import Browser
from tests import factories

ALICE = "alice@voorbeeld.example"
PAGE = "/wachtwoord-vergeten"


@pytest.mark.covers("I-16")
def test_opening_the_link_of_the_mail_takes_nothing_back(open_state, cast, run_as):
    run_as(Browser("v" * 64), password_reset.ask, email=ALICE)

    open_state(PasswordResetState, cast.vic, f"{PAGE}/intrekken?code=7VP775")

    (reset,) = factories.all_of(PasswordReset)
    assert reset.ended_at is None


def test_the_page_is_as_far_as_its_browser(open_state, cast, run_as):
    page = open_state(PasswordResetState, cast.vic, PAGE)
    assert (page.state.stage, page.state.email) == ("required", "")

    here = Browser(page.guest.session_key)
    run_as(here, password_reset_by_code.send_code, email=ALICE)
    page.go(PAGE)

    assert (page.state.stage, page.state.email) == ("sent", ALICE)
    assert page.state.sent_at
    assert (page.state.login, page.state.names) == ("", "")


def test_the_forced_change_says_until_when_what_opened_it_works(open_state, cast, run_as):
    run_as(Browser("v" * 64), password_reset.ask, email=ALICE)
    page = open_state(ForcedChangeState, cast.alice, "/wachtwoord-wijzigen")
    assert page.state.expires == ""

    (session,) = factories.all_of(BrowserSession)
    (reset,) = factories.all_of(PasswordReset)
    session.owes, reset.browser_session_id = (Owed.PASSWORD,), session.key
    factories.rewrite(session)
    factories.rewrite(reset)
    page.go("/wachtwoord-wijzigen")

    assert page.state.expires == reset.expires_at.isoformat()
    assert (page.state.login, page.state.names) == (ALICE, "Alice Jansen")
