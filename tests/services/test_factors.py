"""Adding a second way to prove who one is, and taking it away."""

import pytest

from portal_app import actors
from portal_app.errors import NotProven, Refused, Text
from portal_app.models import AuditEvent, AuthenticatorApp, RecoveryCode
from portal_app.services import (
    authenticator_apps,
    factor_proofs,
    factors,
    profile,
    recovery_codes,
)
from portal_app.settings import settings
from portal_app.unit_of_work import Browser
from tests import factories
from tests.services.factor_world import enter, set_up, told

WRONG = "000000"


@pytest.fixture
def staff_need_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Staff must have a second step, as in production."""
    monkeypatch.setattr(actors, "settings", settings.model_copy(update={"factor_for_staff": True}))


def what_happened() -> list[str]:
    return [one.action for one in factories.all_of(AuditEvent) if one.action.startswith("factors.")]


def test_an_app_counts_once_it_has_shown_a_code(cast, run_as):
    browser = Browser(factories.sign_in(cast.alice))
    setup = run_as(browser, authenticator_apps.begin)
    assert run_as(browser, factors.own).app_since is None

    wrong = run_as(browser, authenticator_apps.confirm, code=WRONG)
    assert wrong == Refused(Text("errors.app_code_wrong"), "app_code")
    made = run_as(browser, authenticator_apps.confirm, code=factories.code_of(setup.key))

    assert len(made) == len(set(made)) == recovery_codes.ON_A_SHEET
    held = run_as(browser, factors.own)
    assert held.app_since is not None
    assert held.codes_left == 10
    assert what_happened() == ["factors.setup_failed", "factors.app_added"]
    assert told() == ["mails.factor_app_added"]


def test_a_second_press_gives_the_same_secret_until_it_is_too_old(cast, run_as, stopped_clock):
    browser = Browser(factories.sign_in(cast.alice))
    first = run_as(browser, authenticator_apps.begin)
    stopped_clock.advance(minutes=4)
    assert run_as(browser, authenticator_apps.begin) == first

    stopped_clock.advance(minutes=11)
    later = Browser(factories.sign_in(cast.alice))
    second = run_as(later, authenticator_apps.begin)

    assert second != first
    refused = run_as(later, authenticator_apps.confirm, code=factories.code_of(first.key))
    assert isinstance(refused, Refused)


def test_neither_secrets_nor_codes_are_kept_readable(cast, run_as):
    secret, made = set_up(run_as, cast.alice)

    (app,) = factories.all_of(AuthenticatorApp)
    kept = repr((app, factories.all_of(RecoveryCode), factories.all_of(AuditEvent)))
    assert secret not in kept
    assert not [code for code in made if code in kept]


def test_the_sealed_secret_of_another_person_does_not_open(cast, run_as):
    set_up(run_as, cast.alice)
    set_up(run_as, cast.bob)
    of_alice, of_bob = factories.all_of(AuthenticatorApp)
    of_bob.secret = of_alice.secret
    factories.rewrite(of_bob)
    _, bob = enter(run_as, cast.bob)

    with pytest.raises(Exception, match="authenticator app"):
        run_as(bob, factor_proofs.by_app, code=WRONG, new_key="n" * 64)


def test_another_app_takes_the_place_of_the_one_before(cast, run_as, stopped_clock):
    old, _ = set_up(run_as, cast.alice)
    stopped_clock.advance(minutes=1)
    new, made = set_up(run_as, cast.alice)

    assert factories.all_of(AuthenticatorApp)[0].secret == ""
    assert made == ()  # the codes of the first time still work
    stopped_clock.advance(minutes=1)
    _, alice = enter(run_as, cast.alice)
    refused = run_as(alice, factor_proofs.by_app, code=factories.code_of(old), new_key="n" * 64)
    assert isinstance(refused, Refused)
    run_as(alice, factor_proofs.by_app, code=factories.code_of(new), new_key="n" * 64)
    assert run_as(Browser("n" * 64), profile.own).given_name == "Alice"


def test_the_last_way_stays_where_one_is_required(cast, run_as, staff_need_one):
    set_up(run_as, cast.sam)
    set_up(run_as, cast.alice)

    refused = run_as(cast.sam, authenticator_apps.remove)

    assert refused == Refused(Text("errors.last_factor"))
    assert run_as(cast.sam, factors.own).app_since is not None
    assert run_as(cast.alice, authenticator_apps.remove) is None
    alice = run_as(cast.alice, factors.own)
    assert (alice.app_since, alice.codes_left) == (None, 0)
    added, removed = "mails.factor_app_added", "mails.factor_app_removed"
    assert told() == [added, added, removed]


def test_taking_away_what_is_not_there_does_nothing(cast, run_as):
    assert run_as(cast.alice, authenticator_apps.remove) is None
    assert what_happened() == []


def test_adding_a_way_ends_no_session(cast, run_as):
    elsewhere = Browser(factories.sign_in(cast.alice))
    set_up(run_as, cast.alice)

    assert run_as(elsewhere, profile.own).given_name == "Alice"


def test_changing_the_ways_asks_for_a_recent_proof(cast, run_as, stopped_clock):
    browser = Browser(factories.sign_in(cast.alice))
    stopped_clock.advance(minutes=settings.proof_minutes, seconds=1)

    for use_case in (authenticator_apps.begin, authenticator_apps.remove, recovery_codes.renew):
        with pytest.raises(NotProven):
            run_as(browser, use_case)

    run_as(browser, factor_proofs.by_password)
    assert run_as(browser, authenticator_apps.begin).key
