"""Proving who one is with a second way: what a session owes until then, and once more later."""

import pytest

from portal_app import actors
from portal_app.adapters import codes
from portal_app.errors import NotAllowed, NotProven, NotSignedIn, Refused, Text
from portal_app.models import Account, Owed
from portal_app.services import (
    authenticator_apps,
    factor_proofs,
    factors,
    home,
    own_activity,
    passwords,
    profile,
    recovery_codes,
    sessions,
)
from portal_app.settings import settings
from portal_app.unit_of_work import Browser
from tests import factories
from tests.services.factor_world import enter, set_up, told


@pytest.fixture
def staff_need_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Staff must have a second step, as in production."""
    monkeypatch.setattr(actors, "settings", settings.model_copy(update={"factor_for_staff": True}))


def test_whoever_has_a_way_proves_it_before_anything_else(cast, run_as, stopped_clock):
    secret, _ = set_up(run_as, cast.alice)
    stopped_clock.advance(minutes=1)
    done, alice = enter(run_as, cast.alice)

    assert done.landing == "/bevestigen"
    assert run_as(alice, home.myself).tiles == ()
    for closed in (profile.own, sessions.devices, factors.own, passwords.own):
        with pytest.raises(NotAllowed):
            run_as(alice, closed)
    with pytest.raises(NotAllowed):
        run_as(alice, factor_proofs.by_password)
    with pytest.raises(NotAllowed):
        run_as(alice, authenticator_apps.remove)

    code = factories.code_of(secret)
    proof = run_as(alice, factor_proofs.by_app, code=code, new_key="n" * 64)

    assert proof == factor_proofs.Proof("/overzicht", is_under_new_key=True)
    assert run_as(Browser("n" * 64), profile.own).given_name == "Alice"
    with pytest.raises(NotSignedIn):
        run_as(alice, home.myself)


def test_a_code_of_the_app_works_once(cast, run_as, stopped_clock):
    secret, _ = set_up(run_as, cast.alice)
    stopped_clock.advance(minutes=1)
    code = factories.code_of(secret)
    _, first = enter(run_as, cast.alice, "a" * 64)
    _, second = enter(run_as, cast.alice, "b" * 64)

    run_as(first, factor_proofs.by_app, code=code, new_key="n" * 64)
    refused = run_as(second, factor_proofs.by_app, code=code, new_key="m" * 64)

    assert refused == Refused(Text("errors.app_code_wrong"), "code")
    assert run_as(second, home.myself).owes is Owed.PROOF


def test_the_code_that_set_an_app_up_does_not_sign_in(cast, run_as):
    secret, _ = set_up(run_as, cast.alice)
    _, alice = enter(run_as, cast.alice)

    refused = run_as(alice, factor_proofs.by_app, code=factories.code_of(secret), new_key="n" * 64)

    assert isinstance(refused, Refused)


def test_a_recovery_code_works_once_and_is_told_by_mail(cast, run_as):
    _, made = set_up(run_as, cast.alice)
    _, first = enter(run_as, cast.alice, "a" * 64)
    _, second = enter(run_as, cast.alice, "b" * 64)

    run_as(first, factor_proofs.by_recovery_code, code=made[3], new_key="n" * 64)
    again = run_as(second, factor_proofs.by_recovery_code, code=made[3], new_key="m" * 64)

    assert again == Refused(Text("errors.recovery_code_wrong"), "recovery_code")
    inside = Browser("n" * 64)
    assert run_as(inside, factors.own).codes_left == 9
    assert told()[-1] == "mails.factor_code_used"
    happened = [one.action for one in run_as(inside, own_activity.lately)]
    assert {"factors.app_added", "factors.code_used", "factors.failed"} <= set(happened)


def test_codes_of_an_old_sheet_and_of_another_person_open_nothing(cast, run_as):
    _, old = set_up(run_as, cast.alice)
    _, of_bob = set_up(run_as, cast.bob)
    new = run_as(cast.alice, recovery_codes.renew)
    _, alice = enter(run_as, cast.alice)

    for code in (old[0], of_bob[0], codes.recovery_code()):
        refused = run_as(alice, factor_proofs.by_recovery_code, code=code, new_key="n" * 64)
        assert isinstance(refused, Refused)
    run_as(alice, factor_proofs.by_recovery_code, code=new[0], new_key="n" * 64)
    assert run_as(Browser("n" * 64), factors.own).codes_left == 9


def test_a_proof_comes_before_a_new_password(cast, run_as, stopped_clock):
    secret, _ = set_up(run_as, cast.alice)
    stopped_clock.advance(minutes=1)
    done, alice = enter(run_as, cast.alice, with_temporary=True)
    assert done.landing == "/bevestigen"
    with pytest.raises(NotAllowed):
        run_as(alice, passwords.change, password_hash="new", new_key="p" * 64)

    proof = run_as(alice, factor_proofs.by_app, code=factories.code_of(secret), new_key="n" * 64)

    assert proof.landing == "/wachtwoord-wijzigen"
    inside = Browser("n" * 64)
    with pytest.raises(NotAllowed):
        run_as(inside, profile.own)
    run_as(inside, passwords.change, password_hash="new", new_key="p" * 64)
    assert run_as(Browser("p" * 64), profile.own).given_name == "Alice"


def test_whoever_must_have_a_way_and_has_none_adds_one_first(cast, run_as, staff_need_one):
    done, sam = enter(run_as, cast.sam)
    assert done.landing == "/tweede-stap"
    with pytest.raises(NotAllowed):
        run_as(sam, profile.own)

    setup = run_as(sam, authenticator_apps.begin)
    run_as(sam, authenticator_apps.confirm, code=factories.code_of(setup.key))

    assert run_as(sam, profile.own).given_name == "Sam"
    assert run_as(sam, recovery_codes.kept) == "/"
    assert enter(run_as, cast.alice, "x" * 64)[0].landing == "/overzicht"


def test_a_temporary_password_is_changed_before_a_way_is_added(cast, run_as, staff_need_one):
    done, sam = enter(run_as, cast.sam, with_temporary=True)
    assert done.landing == "/wachtwoord-wijzigen"
    with pytest.raises(NotAllowed):
        run_as(sam, authenticator_apps.begin)

    landing = run_as(sam, passwords.change, password_hash="new", new_key="n" * 64)

    assert landing == "/tweede-stap"
    assert run_as(Browser("n" * 64), authenticator_apps.begin).key


def test_managers_must_have_a_way_when_the_fund_says_so(cast, run_as, monkeypatch):
    asked = settings.model_copy(update={"factor_for_managers": True})
    monkeypatch.setattr(actors, "settings", asked)

    assert enter(run_as, cast.alice, "a" * 64)[0].landing == "/tweede-stap"
    assert enter(run_as, cast.bob, "b" * 64)[0].landing == "/"


def test_whoever_has_an_app_proves_it_again_with_the_app(cast, run_as, stopped_clock):
    secret, _ = set_up(run_as, cast.alice)
    browser = Browser(factories.sign_in(cast.alice))
    stopped_clock.advance(minutes=10)
    with pytest.raises(NotProven):
        run_as(browser, recovery_codes.renew)
    with pytest.raises(NotAllowed):
        run_as(browser, factor_proofs.by_password)

    proof = run_as(browser, factor_proofs.by_app, code=factories.code_of(secret), new_key="n" * 64)

    assert proof == factor_proofs.Proof("", is_under_new_key=False)
    assert len(run_as(browser, recovery_codes.renew)) == 10


def test_the_ways_that_are_offered_are_those_that_work(cast, run_as):
    before = run_as(cast.alice, factor_proofs.ways)
    assert (before.has_app, before.has_codes, before.with_password) == (False, False, True)
    _, made = set_up(run_as, cast.alice)
    for number, code in enumerate(made):
        key = f"{number}" * 64
        _, alice = enter(run_as, cast.alice, f"{number}a" * 32)
        run_as(alice, factor_proofs.by_recovery_code, code=code, new_key=key)

    after = run_as(cast.alice, factor_proofs.ways)
    assert (after.has_app, after.has_codes, after.with_password) == (True, False, False)


def test_a_blocked_account_is_told_so_before_any_second_step(cast, run_as, now):
    set_up(run_as, cast.alice)
    account = next(one for one in factories.all_of(Account) if one.person_id == cast.alice.key)
    account.blocked_at = now
    factories.write(account)

    assert isinstance(enter(run_as, cast.alice)[0], Refused)
