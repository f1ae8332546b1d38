"""The way back from eHerkenning under attack: replayed, carried elsewhere, and twice at once."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from http import HTTPStatus

import httpx
import pytest
from playwright.sync_api import expect

from portal_app import clock
from portal_app.eherkenning import Outcome
from portal_app.models import BrowserSession, EherkenningProof, EherkenningTry, Grant, Person
from portal_app.permissions import Role
from tests import factories
from tests.harness import sockets
from tests.harness.broker_pages import VAK, expect_back, expect_chooser, log_in

MANAGERS = (Role.MAIN_ACCESS_MANAGER, Role.CO_MAIN_ACCESS_MANAGER)


@pytest.fixture
def newcomer(cast) -> Person:
    """Somebody with an account and no company."""
    person = factories.make_person("Piet", "Nieuw", email="piet@voorbeeld.example")
    factories.make_account(person)
    return person


@pytest.fixture
def session(newcomer, portal) -> dict[str, str]:
    """The newcomer's cookie, as a header."""
    cookie = sockets.cookie_for_playwright(newcomer, portal.origin)
    return {"cookie": f"{cookie['name']}={cookie['value']}", "origin": portal.origin}


@pytest.fixture
def held_back(portal, session):
    """`held_back()`: log in at the broker; return the way back, which nobody has gone yet.

    So it is what an eavesdropper has: a good state and a good code.
    """

    def address(outcome: str = "success") -> str:
        with httpx.Client() as browser:  # its own cookies are the broker's
            browser.post(f"{portal.origin}/formulieren/eherkenning", headers=session)
            hop = browser.get(f"{portal.origin}/eherkenning/verder", headers=session)
            (out,) = re.findall('<a class="button" href="([^"]+)"', hop.text)
            page = browser.get(unescape(out), follow_redirects=True)
            page = browser.post(page.url, data={"doe": "choose", "supplier": "Zekerpas"})
            said = {"username": "jan", "company": VAK, "level": "loa3", "outcome": outcome}
            page = browser.post(page.url, data={"doe": "log_in", **said})
            while not page.headers["location"].startswith(portal.origin):
                page = browser.get(page.url.join(page.headers["location"]))
            return page.headers["location"]

    return address


def outcomes() -> list[Outcome | None]:
    tries = sorted(factories.all_of(EherkenningTry), key=lambda one: one.key)
    return [one.outcome for one in tries]


def managers() -> list[tuple[int, Role]]:
    return [(one.person_id, one.role) for one in factories.all_of(Grant) if one.role in MANAGERS]


@pytest.mark.covers("W-22")
def test_what_another_browser_brings_back_is_nobody_s(
    browser, open_page, portal, cast, newcomer, session, held_back
):
    address = held_back()
    for person in (cast.alice, newcomer, None):  # the same person, too, in another session
        elsewhere = browser.new_context(base_url=portal.origin, locale="nl-BE")
        if person:
            elsewhere.add_cookies([sockets.cookie_for_playwright(person, portal.origin)])
        thief = open_page(elsewhere)
        thief.goto(address)
        expect(thief.get_by_text("niet in deze browser begonnen")).to_be_visible()
        elsewhere.close()
    assert (managers(), factories.all_of(EherkenningProof)) == ([], [])

    httpx.get(address, headers=session)  # and whoever began it is not hindered
    assert managers() == [(newcomer.key, Role.MAIN_ACCESS_MANAGER)]


@pytest.mark.covers("W-22")
def test_of_ten_returns_at_once_one_is_taken(newcomer, session, held_back):
    address = held_back()

    def come_back(_: int) -> tuple[httpx.Response, list[Outcome | None]]:
        return httpx.get(address, headers=session, timeout=30), outcomes()

    with ThreadPoolExecutor(10) as at_once:
        answers, ends = zip(*at_once.map(come_back, range(10)), strict=True)

    assert ends == ([Outcome.ADMIN],) * 10  # nobody is led to an end that has not come yet
    (tried,) = factories.all_of(EherkenningTry)
    assert {one.status_code for one in answers} == {HTTPStatus.SEE_OTHER}
    assert {one.headers["location"] for one in answers} == {
        f"/eherkenning?poging={tried.reference}"
    }
    assert tried.outcome is Outcome.ADMIN
    assert managers() == [(newcomer.key, Role.MAIN_ACCESS_MANAGER)]
    assert len(factories.all_of(EherkenningProof)) == 1


def wait_until_back() -> None:
    deadline = time.monotonic() + 10
    while factories.all_of(EherkenningTry)[0].returned_at is None:
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.covers("W-22")
@pytest.mark.one_database
def test_who_was_signed_out_while_a_supplier_was_slow_is_asked_to_sign_in(
    newcomer, session, held_back
):
    address = held_back(outcome="slow")

    with ThreadPoolExecutor(1) as meanwhile:
        answer = meanwhile.submit(httpx.get, address, headers=session, timeout=30)
        wait_until_back()
        (mine,) = [one for one in factories.all_of(BrowserSession) if one.person_id == newcomer.key]
        mine.ended_at = clock.real_now()
        factories.rewrite(mine)

    assert answer.result().status_code == HTTPStatus.SEE_OTHER
    assert answer.result().headers["location"] == "/aanmelden?terug=%2Feherkenning%2Fverder"
    assert (outcomes(), managers()) == ([None], [])


@pytest.mark.covers("W-22")
def test_a_used_return_and_a_code_of_another_try_are_refused(newcomer, session, held_back):
    used = held_back()
    ended = [httpx.get(used, headers=session).headers["location"] for _ in range(3)]
    assert len(set(ended)) == 1
    assert outcomes() == [Outcome.ADMIN]

    fresh, (code,) = held_back(), re.findall("code=[^&]+", used)
    httpx.get(re.sub("code=[^&]+", code, fresh), headers=session)
    assert outcomes() == [Outcome.ADMIN, Outcome.REFUSED]
    httpx.get(fresh, headers=session)  # the try is spent

    assert outcomes() == [Outcome.ADMIN, Outcome.REFUSED]
    assert managers() == [(newcomer.key, Role.MAIN_ACCESS_MANAGER)]
    assert len(factories.all_of(EherkenningProof)) == 1


@pytest.mark.covers("W-22")
def test_the_code_of_one_person_is_of_no_use_to_another(cast, portal, newcomer, session, held_back):
    """Somebody else begins a try of their own and puts in the code that they saw."""
    (code,) = re.findall("code=[^&]+", held_back())
    thief = sockets.cookie_for_playwright(cast.alice, portal.origin)
    theirs = {"cookie": f"{thief['name']}={thief['value']}", "origin": portal.origin}
    with httpx.Client(headers=theirs) as browser:
        browser.post(f"{portal.origin}/formulieren/eherkenning")
        hop = browser.get(f"{portal.origin}/eherkenning/verder")
        (state,) = re.findall("state=([^&]+)&", unescape(hop.text))[:1]
        browser.get(f"{portal.origin}/eherkenning/terug?state={state}&{code}")

    assert outcomes() == [None, Outcome.REFUSED]
    assert managers() == []


@pytest.mark.covers("W-21")
def test_the_second_of_a_company_becomes_co_manager_and_the_admin_is_told(
    page, enter_as, cast, newcomer, mails
):
    factories.make_grant(cast.alice, Role.MAIN_ACCESS_MANAGER, cast.vak)
    enter_as(newcomer)
    page.goto("/eherkenning")
    page.get_by_role("button", name="Login eHerkenning").click()
    expect_chooser(page)
    log_in(page)

    expect_back(page)
    expect(page.get_by_text("Uw account is nu co-Hoofdtoegangsbeheerder")).to_be_visible()
    expect(page.get_by_text("Uw organisatie had al een Admin.")).to_be_visible()
    letter = mails.wait_for("alice@voorbeeld.example")
    assert "Piet Nieuw" in letter.get_body(("plain",)).get_content()


@pytest.mark.covers("W-22")
def test_a_mandate_for_one_branch_opens_that_branch_alone(page, enter_as, cast, newcomer):
    branch = factories.make_organisation(
        "Vakmanschap Zuid",
        number=VAK,
        unit="000012345678",
        trade_register=cast.vak.trade_register,
    )
    enter_as(newcomer)
    page.goto("/eherkenning")
    page.get_by_role("button", name="Login eHerkenning").click()
    expect_chooser(page)
    log_in(page, branch="000012345678")

    expect_back(page)
    expect(page.get_by_text("Vakmanschap Zuid")).to_be_visible()
    expect(page.get_by_text("vestiging 000012345678")).to_be_visible()
    held = [one for one in factories.all_of(Grant) if one.person_id == newcomer.key]
    assert [one.organisation_id for one in held] == [branch.key]
    page.goto(f"/overzicht?org={cast.vak.key}")
    expect(page.get_by_text(cast.vak.name)).to_have_count(0)
