"""Blocking the account of somebody who calls, and opening it again."""

import pytest

from portal_app.errors import Invalid, NotAllowed, NotFound, NotSignedIn, Refused, Text
from portal_app.models import Account, BrowserSession, Grant
from portal_app.services import blocking, home, phone_callers, phone_desk, sign_in
from portal_app.services.blocking import BlockReason
from portal_app.unit_of_work import Browser
from tests import factories
from tests.harness.crowd import all_at_once
from tests.services.applying import ALICE, desk, mails

HERE = Browser("v" * 64, None, "Chrome, Windows")


@pytest.fixture
def sonja(cast, run_as) -> Browser:
    """Sonja of the desk, who established that it is Alice who calls."""
    browser = Browser(factories.sign_in(desk()))
    asked = frozenset({"email", "company"})
    run_as(browser, phone_callers.establish, person_id=cast.alice.key, asked=asked)
    return browser


def account_of(person) -> Account:
    return next(one for one in factories.all_of(Account) if one.person_id == person.key)


@pytest.mark.covers("I-15")
def test_a_blocked_account_is_out_at_once_and_stays_out(cast, sonja, run_as):
    inside = Browser(factories.sign_in(cast.alice))
    run_as(inside, home.myself)

    run_as(sonja, blocking.block, person_id=cast.alice.key, reason="lost_device")

    with pytest.raises(NotSignedIn):
        run_as(inside, home.myself)
    refused = run_as(HERE, sign_in.begin, person_id=cast.alice.key, new_key="k" * 64)
    assert refused == Refused(Text("errors.account_blocked"))
    (mail,) = mails("account_blocked")
    assert mail.to == ALICE
    told = run_as(sonja, phone_desk.caller, person_id=cast.alice.key).told
    assert told.blocked.why is BlockReason.LOST_DEVICE


@pytest.mark.covers("I-15")
def test_with_the_account_open_again_everything_is_as_before(cast, sonja, run_as):
    before = [(one.role, one.ended_at) for one in factories.all_of(Grant)]
    run_as(sonja, blocking.block, person_id=cast.alice.key, reason="asked")

    run_as(sonja, blocking.unblock, person_id=cast.alice.key)

    run_as(HERE, sign_in.begin, person_id=cast.alice.key, new_key="k" * 64)
    assert run_as(Browser("k" * 64), home.myself).tiles == ("overview", "payment_codes")
    assert [(one.role, one.ended_at) for one in factories.all_of(Grant)] == before
    assert len(mails("account_unblocked")) == 1
    assert run_as(sonja, phone_desk.caller, person_id=cast.alice.key).told.blocked is None


def test_twice_does_it_once_for_the_first_reason(cast, sonja, run_as):
    for reason in ("misuse", "asked"):
        run_as(sonja, blocking.block, person_id=cast.alice.key, reason=reason)

    told = run_as(sonja, phone_desk.caller, person_id=cast.alice.key).told
    assert told.blocked.why is BlockReason.MISUSE
    assert len(mails("account_blocked")) == 1
    for _ in range(2):
        run_as(sonja, blocking.unblock, person_id=cast.alice.key)
    assert len(mails("account_unblocked")) == 1


def test_nobody_is_blocked_without_a_reason_or_by_a_caller_who_is_not_established(
    cast, sonja, run_as
):
    with pytest.raises(Invalid) as wrong:
        run_as(sonja, blocking.block, person_id=cast.alice.key, reason="whatever")
    assert set(wrong.value.fields) == {"reason"}
    karin = desk("Karin")
    for use_case in (blocking.block, blocking.unblock):
        more = {"reason": "left"} if use_case is blocking.block else {}
        with pytest.raises(Invalid) as wrong:
            run_as(karin, use_case, person_id=cast.alice.key, **more)
        assert wrong.value.fields == {"": Text("phone_desk.wrong_not_established")}
        with pytest.raises(NotAllowed):
            run_as(cast.bob, use_case, person_id=cast.alice.key, **more)
        with pytest.raises(NotFound):
            run_as(sonja, use_case, person_id=10**6, **more)
    assert account_of(cast.alice).blocked_at is None


def test_whoever_signs_in_at_that_moment_is_not_inside_afterwards(cast, sonja, run_as):
    all_at_once(
        [
            *[
                lambda key=f"{number:064d}": run_as(
                    HERE, sign_in.begin, person_id=cast.alice.key, new_key=key
                )
                for number in range(10)
            ],
            lambda: run_as(sonja, blocking.block, person_id=cast.alice.key, reason="misuse"),
        ]
    )

    of_alice = [one for one in factories.all_of(BrowserSession) if one.person_id == cast.alice.key]
    assert all(one.ended_at is not None for one in of_alice)
    assert account_of(cast.alice).blocked_at is not None
