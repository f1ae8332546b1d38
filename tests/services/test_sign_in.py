"""Signing in and out, and the browsers in which somebody is signed in."""

from datetime import timedelta

import pytest

from portal_app.errors import NotAllowed, NotFound, NotSignedIn, Refused
from portal_app.models import Account, BrowserSession, OrganisationCapacity, Owed, TradeRegister
from portal_app.permissions import Role
from portal_app.services import accounts, home, passwords, profile, sessions, sign_in
from portal_app.services.accounts import NewPersonalAccount
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import Browser, Job
from tests import factories

HERE = Browser("v" * 64, None, "Chrome, Windows")
LEO = NewPersonalAccount(
    given_name="Leo",
    infix="",
    family_name="Laurent",
    email="leo@voorbeeld.example",
    username="",
    locale="nl",
    role=Role.LOCATION_MANAGER,
    organisation=OrganisationNumber(TradeRegister.KBO, "1999000150", "Antwerpen"),
    organisation_name="",
    password="Tijdelijk-4-Leo",
    password_hash="a hash",
)


def enter(run_as, person, key: str = "s" * 64, **how) -> Browser:
    run_as(HERE, sign_in.begin, person_id=person.key, new_key=key, **how)
    return Browser(key, None, "Chrome, Windows")


@pytest.mark.covers("I-02", "M-31", "X-03")
@pytest.mark.parametrize(
    "login", ["alice@voorbeeld.example", "ALICE@Voorbeeld.example ", "Alice.Jansen"]
)
def test_a_login_name_is_an_address_or_a_username_in_any_case(cast, run_as, login):
    account = next(a for a in factories.all_of(Account) if a.person_id == cast.alice.key)
    account.username, account.username_folded = "alice.jansen", "alice.jansen"
    factories.write(account)

    assert run_as(HERE, sign_in.credentials, login=login).person_id == cast.alice.key


def test_an_unknown_login_name_gives_nothing_to_compare_with(cast, run_as):
    assert run_as(HERE, sign_in.credentials, login="nobody@voorbeeld.example").person_id is None
    del cast


@pytest.mark.covers("V-19", "X-17")
def test_an_organisation_manager_lands_on_the_overview_and_others_at_home(cast, run_as):
    landings = {
        person.given_name: run_as(
            HERE, sign_in.begin, person_id=person.key, new_key=person.given_name * 8
        ).landing
        for person in (cast.alice, cast.bob, cast.dora, cast.sam)
    }

    assert landings == {"Alice": "/overzicht", "Bob": "/", "Dora": "/", "Sam": "/"}


@pytest.mark.covers("X-17")
def test_with_the_capacity_gone_an_organisation_manager_lands_at_home(cast, run_as):
    (following,) = (
        one
        for one in factories.all_of(OrganisationCapacity)
        if (one.organisation_id, one.capacity) == (cast.vak.key, factories.CANDIDATE_FOLLOWING)
    )
    following.ended_at = factories.NOW
    factories.rewrite(following)

    done = run_as(HERE, sign_in.begin, person_id=cast.alice.key, new_key="k" * 64)
    assert done.landing == "/"


def test_signing_in_rotates_the_session_and_the_old_key_is_dead(cast, run_as):
    alice = enter(run_as, cast.alice)

    old = run_as(Job("gate"), sessions.facts, session_keys=[HERE.session_key])[HERE.session_key]
    assert run_as(alice, home.myself).name == "Alice Jansen"
    assert old.ended
    with pytest.raises(NotSignedIn):
        run_as(HERE, home.myself)


def test_a_blocked_account_is_told_so_and_stays_outside(cast, run_as, now):
    account = next(a for a in factories.all_of(Account) if a.person_id == cast.alice.key)
    account.blocked_at = now
    factories.write(account)

    answer = run_as(HERE, sign_in.begin, person_id=cast.alice.key, new_key="s" * 64)

    assert isinstance(answer, Refused)
    with pytest.raises(NotSignedIn):
        run_as(Browser("s" * 64), home.myself)


@pytest.mark.covers("V-07")
def test_a_temporary_password_opens_only_the_choice_of_another(cast, run_as):
    alice = enter(run_as, cast.alice, with_temporary=True)

    assert run_as(alice, home.myself).owes is Owed.PASSWORD
    assert run_as(alice, home.myself).tiles == ()
    for closed in (profile.own, sessions.devices):
        with pytest.raises(NotAllowed):
            run_as(alice, closed)

    run_as(alice, passwords.change, password_hash="new", new_key="n" * 64)
    assert run_as(Browser("n" * 64), profile.own).given_name == "Alice"


def test_a_new_password_ends_every_other_session(cast, run_as):
    elsewhere = enter(run_as, cast.alice, "e" * 64)
    here = enter(run_as, cast.alice, "h" * 64)

    run_as(here, passwords.change, password_hash="new", new_key="n" * 64)

    assert run_as(Browser("n" * 64), home.myself).name == "Alice Jansen"
    for dead in (elsewhere, here):
        with pytest.raises(NotSignedIn):
            run_as(dead, home.myself)


def test_signing_out_is_for_good(cast, run_as):
    alice = enter(run_as, cast.alice)

    run_as(alice, sessions.sign_out)
    run_as(alice, sessions.sign_out)

    with pytest.raises(NotSignedIn):
        run_as(alice, home.myself)


def test_a_device_is_ended_by_its_owner_alone(cast, run_as):
    phone = enter(run_as, cast.alice, "p" * 64)
    laptop = enter(run_as, cast.alice, "l" * 64)
    listed = run_as(laptop, sessions.devices)
    elsewhere = next(one for one in listed if not one.is_this_one)

    with pytest.raises(NotFound):
        run_as(cast.charlie, sessions.end_device, device_id=elsewhere.id)
    run_as(laptop, sessions.end_device, device_id=elsewhere.id)

    assert len(run_as(laptop, sessions.devices)) == 1
    with pytest.raises(NotSignedIn):
        run_as(phone, home.myself)


def test_five_browsers_at_most_are_signed_in_and_the_oldest_gives_way(cast, run_as, stopped_clock):
    browsers = []
    for number in range(6):
        stopped_clock.advance(seconds=1)
        browsers.append(enter(run_as, cast.alice, str(number) * 64))

    assert len(run_as(browsers[-1], sessions.devices)) == 5
    with pytest.raises(NotSignedIn):
        run_as(browsers[0], home.myself)


def test_an_idle_session_ends_after_half_an_hour_and_use_keeps_it(cast, run_as, stopped_clock):
    alice = enter(run_as, cast.alice)
    stopped_clock.advance(minutes=29)
    run_as(alice, sessions.touch)
    stopped_clock.advance(minutes=29)
    assert run_as(alice, home.myself).name == "Alice Jansen"

    stopped_clock.advance(minutes=2)
    facts = run_as(Job("gate"), sessions.facts, session_keys=[alice.session_key])
    assert facts[alice.session_key].reason == "idle"
    with pytest.raises(NotSignedIn):
        run_as(alice, home.myself)


def test_staff_sessions_are_shorter(cast, run_as, stopped_clock):
    sam = enter(run_as, cast.sam)
    (row,) = [one for one in factories.all_of(BrowserSession) if one.token_digest == "s" * 64]

    stopped_clock.advance(minutes=16)

    assert row.expires_at - row.created_at == timedelta(hours=8)
    with pytest.raises(NotSignedIn):
        run_as(sam, home.myself)


@pytest.mark.covers("X-10")
def test_a_provided_password_lasts_thirty_days_to_the_minute(cast, run_as, stopped_clock):
    run_as(cast.sam, accounts.provide, wanted=LEO)
    assert not run_as(HERE, sign_in.credentials, login=LEO.email).temporary_expired

    stopped_clock.advance(days=30, minutes=-1)
    assert not run_as(HERE, sign_in.credentials, login=LEO.email).temporary_expired
    stopped_clock.advance(minutes=1)
    assert run_as(HERE, sign_in.credentials, login=LEO.email).temporary_expired
