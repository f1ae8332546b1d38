"""Passkeys: made and used on a page of ours, in the browser that was asked, once and in time."""

import json

import pytest

from portal_app import actors
from portal_app.errors import NotAllowed, NotFound, Refused, Text
from portal_app.models import Passkey, RecoveryCode
from portal_app.services import factor_proofs, factors, passkeys, profile
from portal_app.settings import settings
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.harness.authenticator import Authenticator, excluded
from tests.harness.crowd import all_at_once
from tests.services.factor_world import enter, told

WRONG = Refused(Text("errors.passkey_wrong"))
TOO_LATE = Refused(Text("errors.passkey_too_late"))


def added(run_as, person, device: Authenticator, name: str = "") -> Browser:
    """Give a person a passkey on a device; return the browser in which that was done."""
    browser = Browser(factories.sign_in(person), None, "Firefox, Linux")
    options = run_as(browser, passkeys.begin_adding)
    made = run_as(browser, passkeys.add, answer=device.make(options), name=name)
    assert isinstance(made, tuple)
    return browser


def proves(run_as, browser: Browser, device: Authenticator, **changes: str):
    """Answer what the portal asks of a browser, with a device."""
    options = run_as(browser, passkeys.begin_proving)
    answer = device.prove(options, **changes)
    return run_as(browser, factor_proofs.by_passkey, answer=answer, new_key="n" * 64)


def test_a_passkey_is_asked_for_after_the_password(cast, run_as):
    device = Authenticator()
    added(run_as, cast.alice, device, "Laptop thuis")
    done, alice = enter(run_as, cast.alice)
    assert done.landing == "/bevestigen"
    with pytest.raises(NotAllowed):
        run_as(alice, profile.own)

    proof = proves(run_as, alice, device)

    assert proof == factor_proofs.Proof("/overzicht", is_under_new_key=True)
    inside = Browser("n" * 64)
    (sight,) = run_as(inside, factors.own).passkeys
    assert sight.name == "Laptop thuis"
    assert sight.used_at is not None
    assert told() == ["mails.factor_passkey_added"]


def test_without_a_name_it_is_called_after_the_browser(cast, run_as):
    browser = added(run_as, cast.alice, Authenticator())

    assert run_as(browser, factors.own).passkeys[0].name == "Firefox, Linux"


def test_the_first_way_of_any_kind_brings_recovery_codes_and_the_next_none(cast, run_as):
    added(run_as, cast.alice, Authenticator())
    added(run_as, cast.alice, Authenticator())

    assert len(factories.all_of(RecoveryCode)) == 10


def test_a_device_that_has_one_is_asked_for_no_other(cast, run_as):
    device = Authenticator()
    browser = added(run_as, cast.alice, device)

    options = run_as(browser, passkeys.begin_adding)

    assert excluded(options) == [device.credential]
    asked = json.loads(options)
    assert asked["rp"]["id"] == "localhost"
    assert "alice" not in asked["user"]["id"]
    assert asked["authenticatorSelection"]["userVerification"] == "preferred"


@pytest.mark.parametrize(
    "changes",
    [
        {"origin": "https://elsewhere.example"},
        {"challenge": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
        {"type": "webauthn.create"},
    ],
    ids=["of another site", "of another challenge", "of another kind"],
)
def test_what_was_signed_for_something_else_proves_nothing(cast, run_as, changes):
    device = Authenticator()
    added(run_as, cast.alice, device)
    _, alice = enter(run_as, cast.alice)

    assert proves(run_as, alice, device, **changes) == WRONG
    assert proves(run_as, alice, Authenticator()) == WRONG


def test_a_passkey_for_another_site_is_not_kept(cast, run_as):
    browser = Browser(factories.sign_in(cast.alice))
    for forged in (
        Authenticator(site="elsewhere.example"),
        Authenticator(origin="https://x.example"),
    ):
        options = run_as(browser, passkeys.begin_adding)
        assert run_as(browser, passkeys.add, answer=forged.make(options), name="") == WRONG
    for junk in ("", "{}", "[]", "null", '{"response": {"clientDataJSON": "é"}}', "9" * 30_000):
        assert run_as(browser, passkeys.add, answer=junk, name="") == WRONG

    assert factories.all_of(Passkey) == []


def test_a_challenge_works_once_in_its_own_browser_and_for_five_minutes(
    cast, run_as, stopped_clock
):
    browser = Browser(factories.sign_in(cast.alice))
    elsewhere = Browser(factories.sign_in(cast.alice))
    options = run_as(browser, passkeys.begin_adding)
    answer = Authenticator().make(options)
    assert run_as(elsewhere, passkeys.add, answer=answer, name="") == TOO_LATE
    assert isinstance(run_as(browser, passkeys.add, answer=answer, name=""), tuple)
    assert run_as(browser, passkeys.add, answer=answer, name="") == TOO_LATE

    device = Authenticator()
    added(run_as, cast.bob, device)
    _, bob = enter(run_as, cast.bob)
    answer = device.prove(run_as(bob, passkeys.begin_proving))
    stopped_clock.advance(minutes=5)
    assert run_as(bob, factor_proofs.by_passkey, answer=answer, new_key="n" * 64) == WRONG


def test_a_count_that_goes_back_shows_that_there_are_two_of_a_device(cast, run_as):
    device = Authenticator()
    added(run_as, cast.alice, device)
    _, alice = enter(run_as, cast.alice)
    assert isinstance(proves(run_as, alice, device), factor_proofs.Proof)

    device.count = 0
    _, again = enter(run_as, cast.alice, "t" * 64)

    assert proves(run_as, again, device) == WRONG


def test_a_passkey_of_somebody_else_opens_nothing(cast, run_as):
    of_bob = Authenticator()
    added(run_as, cast.bob, of_bob)
    added(run_as, cast.alice, Authenticator())
    _, alice = enter(run_as, cast.alice)

    assert proves(run_as, alice, of_bob) == WRONG


def test_the_same_passkey_is_nobody_elses_too(cast, run_as):
    device = Authenticator()
    added(run_as, cast.alice, device)
    browser = Browser(factories.sign_in(cast.bob))
    options = run_as(browser, passkeys.begin_adding)

    assert run_as(browser, passkeys.add, answer=device.make(options), name="") == WRONG


def test_a_passkey_is_renamed_and_taken_away_by_its_owner_alone(cast, run_as):
    browser = added(run_as, cast.alice, Authenticator())
    (own,) = run_as(browser, factors.own).passkeys
    for use_case, how in ((passkeys.rename, {"name": "Van Bob"}), (passkeys.remove, {})):
        with pytest.raises(NotFound):
            run_as(cast.bob, use_case, passkey_id=own.id, **how)

    run_as(browser, passkeys.rename, passkey_id=own.id, name="Oude laptop")
    assert run_as(browser, factors.own).passkeys[0].name == "Oude laptop"
    assert run_as(browser, passkeys.remove, passkey_id=own.id) is None
    with pytest.raises(NotFound):
        run_as(browser, passkeys.remove, passkey_id=own.id)

    assert run_as(browser, factors.own).codes_left == 0
    assert enter(run_as, cast.alice)[0].landing == "/overzicht"


def test_what_was_just_taken_away_comes_back_and_later_no_more(cast, run_as, stopped_clock):
    device = Authenticator()
    browser = added(run_as, cast.alice, device)
    (own,) = run_as(browser, factors.own).passkeys
    run_as(browser, passkeys.remove, passkey_id=own.id)
    with pytest.raises(NotFound):
        run_as(cast.bob, passkeys.restore, passkey_id=own.id)

    assert len(run_as(browser, passkeys.restore, passkey_id=own.id)) == 10
    assert run_as(browser, passkeys.restore, passkey_id=own.id) == ()
    assert told()[-1] == "mails.factor_passkey_restored"
    _, alice = enter(run_as, cast.alice)
    assert isinstance(proves(run_as, alice, device), factor_proofs.Proof)

    inside = Browser("n" * 64)
    run_as(inside, passkeys.remove, passkey_id=own.id)
    stopped_clock.advance(minutes=10, seconds=1)
    later = Browser(factories.sign_in(cast.alice))
    with pytest.raises(NotFound):
        run_as(later, passkeys.restore, passkey_id=own.id)


def test_of_two_that_go_at_once_one_stays_where_one_is_required(cast, run_as, monkeypatch):
    browser = added(run_as, cast.sam, Authenticator())
    added(run_as, cast.sam, Authenticator())
    asked = settings.model_copy(update={"factor_for_staff": True})
    monkeypatch.setattr(actors, "settings", asked)
    of_sam = run_as(browser, factors.own).passkeys

    given = all_at_once(
        [lambda one=one: run(passkeys.remove, browser, passkey_id=one.id) for one in of_sam]
    )

    assert sorted(given, key=str) == sorted([None, Refused(Text("errors.last_factor"))], key=str)
    assert len(run_as(browser, factors.own).passkeys) == 1


def test_fifty_answers_to_one_challenge_come_in_once(cast, run_as):
    device = Authenticator()
    added(run_as, cast.alice, device)
    _, alice = enter(run_as, cast.alice)
    answer = device.prove(run_as(alice, passkeys.begin_proving))

    given = all_at_once(
        [
            lambda n=n: run(factor_proofs.by_passkey, alice, answer=answer, new_key=f"n{n:063d}")
            for n in range(50)
        ]
    )

    assert sum(isinstance(one, factor_proofs.Proof) for one in given) == 1
