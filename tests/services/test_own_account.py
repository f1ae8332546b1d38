"""One's own account: profile, password, devices, and what happened lately."""

from datetime import timedelta

import pytest

from portal_app.adapters import secret_keys
from portal_app.errors import Invalid, NotAllowed, NotFound, NotProven, Refused, Text
from portal_app.mails.letters import read_values
from portal_app.models import Account, BrowserSession, OutboxMail, Owed, Salutation
from portal_app.services import home, own_activity, passwords, profile, sessions
from portal_app.services.profile import NewPassword, ProfileChange
from portal_app.services.verification import Stage
from portal_app.unit_of_work import Browser, Job
from tests import factories

SAME = ProfileChange(Salutation.MRS, "Alice", "", "Jansen", "alice@voorbeeld.example")


def account_of(person) -> Account:
    return next(one for one in factories.all_of(Account) if one.person_id == person.key)


def letters(template: str) -> list[OutboxMail]:
    return [mail for mail in factories.all_of(OutboxMail) if mail.template == template]


@pytest.fixture
def alice(cast, acting_as) -> Browser:
    return acting_as(cast.alice)


@pytest.mark.covers("V-08", "V-09", "V-11")
def test_a_profile_is_saved_with_its_salutation_and_username(cast, run_as, alice):
    wanted = ProfileChange(Salutation.NEUTRAL, "Alie", "van der", "Jansen", "Alie.J")

    assert run_as(alice, profile.save, change=wanted) is None

    kept = run_as(alice, profile.own)
    assert (kept.salutation, kept.given_name, kept.infix) == (
        Salutation.NEUTRAL, "Alie", "van der",
    )  # fmt: skip
    assert account_of(cast.alice).username_folded == "alie.j"


@pytest.mark.covers("V-11", "X-03")
@pytest.mark.parametrize("taken", ["Bob.DS", "bob.ds", "bob@voorbeeld.example"])
def test_a_username_of_somebody_else_and_an_address_are_refused(cast, run_as, alice, taken):
    bobs = account_of(cast.bob)
    bobs.username, bobs.username_folded = "Bob.DS", "bob.ds"
    factories.write(bobs)
    wanted = ProfileChange(Salutation.MRS, "Alie", "", "Jansen", taken)

    with pytest.raises(Invalid) as refused:
        run_as(alice, profile.save, change=wanted)

    assert set(refused.value.fields) == {"username"}
    assert run_as(alice, profile.own).given_name == "Alice"


@pytest.mark.covers("V-10")
def test_who_signs_in_with_the_address_goes_on_doing_so_after_it_changed(cast, run_as, alice):
    run_as(alice, profile.save, change=SAME)

    assert account_of(cast.alice).username is None


@pytest.mark.covers("M-29", "V-10")
def test_a_new_address_counts_once_it_is_proven_and_the_old_one_is_told(cast, run_as, alice):
    run_as(alice, profile.save, change=SAME, new_email="alice@nieuw.example")
    waiting = run_as(alice, profile.own)
    assert (waiting.email, waiting.proof.stage) == ("alice@voorbeeld.example", Stage.SENT)

    assert run_as(alice, profile.confirm_address, code="000000") == Refused(
        Text("errors.code_wrong"), "code"
    )
    assert run_as(alice, profile.confirm_address, code=sent_code()) is None

    assert account_of(cast.alice).email == "alice@nieuw.example"
    assert [mail.to for mail in letters("email_changed")] == ["alice@voorbeeld.example"]


def sent_code() -> str:
    (mail,) = letters("verification_code")
    return str(read_values(secret_keys.open_sealed("outbox", mail.secrets or ""))["code"])


def test_a_refused_address_keeps_everything_as_it_was(run_as, alice):
    changed = ProfileChange(Salutation.MRS, "Alie", "", "Jansen", "alice@voorbeeld.example")

    refused = run_as(alice, profile.save, change=changed, new_email="alice@voorbeeld.example")

    assert refused == Refused(Text("errors.email_same"), "email")
    assert run_as(alice, profile.own).given_name == "Alice"


def test_a_new_password_and_names_are_saved_together_or_not_at_all(cast, run_as, alice):
    new_key = "n" * 64
    change = ProfileChange(Salutation.MRS, "Alie", "", "Jansen", "alice@voorbeeld.example")

    run_as(alice, profile.save, change=change, new_password=NewPassword("a hash", new_key))

    assert account_of(cast.alice).password_hash == "a hash"
    assert run_as(Browser(new_key), profile.own).given_name == "Alie"
    assert letters("password_changed")


@pytest.mark.covers("V-07")
def test_a_temporary_password_opens_nothing_but_the_change_of_it(cast, run_as):
    key = factories.sign_in(cast.alice, owes=(Owed.PASSWORD,))
    caller = Browser(key)

    assert run_as(caller, home.myself).owes is Owed.PASSWORD
    for closed in (profile.own, sessions.devices, own_activity.lately, home.figures):
        with pytest.raises(NotAllowed):
            run_as(caller, closed)

    landing = run_as(caller, passwords.change, password_hash="own", new_key="n" * 64)
    assert landing == "/overzicht"
    assert run_as(Browser("n" * 64), profile.own).given_name == "Alice"


def test_signing_out_one_device_leaves_the_others(cast, run_as, alice):
    factories.sign_in(cast.alice, device="Firefox, Linux")
    phone = factories.sign_in(cast.alice, device="Safari, iPhone")
    listed = {one.label: one for one in run_as(alice, sessions.devices)}
    assert listed["Chrome, Windows"].is_this_one

    run_as(alice, sessions.end_device, device_id=listed["Safari, iPhone"].id)

    assert run_as(Job("gate"), sessions.facts, session_keys=[phone])[phone].ended
    assert {one.label for one in run_as(alice, sessions.devices)} == {
        "Chrome, Windows", "Firefox, Linux",
    }  # fmt: skip


def test_the_device_of_somebody_else_does_not_exist(cast, run_as, alice):
    factories.sign_in(cast.bob)
    bobs = next(one for one in factories.all_of(BrowserSession) if one.person_id == cast.bob.key)

    with pytest.raises(NotFound):
        run_as(alice, sessions.end_device, device_id=bobs.key)


def test_signing_out_everywhere_else_keeps_this_one(cast, run_as, alice):
    factories.sign_in(cast.alice)
    factories.sign_in(cast.alice)

    assert run_as(alice, sessions.end_other_devices) == 2
    assert [one.is_this_one for one in run_as(alice, sessions.devices)] == [True]


def test_recent_activity_tells_what_concerns_oneself_and_nothing_else(cast, run_as, alice):
    run_as(cast.bob, profile.save, change=ProfileChange(Salutation.MR, "B", "", "S", "bobby5"))
    run_as(alice, profile.save, change=SAME)

    assert [one.action for one in run_as(alice, own_activity.lately)] == ["profile.saved"]


def test_recent_activity_shows_the_last_twenty_newest_first(run_as, alice, stopped_clock):
    for _ in range(22):
        stopped_clock.advance(seconds=1)
        run_as(alice, profile.save, change=SAME)

    lately = run_as(alice, own_activity.lately)
    assert len(lately) == 20
    assert list(lately) == sorted(lately, key=lambda one: one.at, reverse=True)


def test_working_keeps_a_session_and_resting_ends_it(cast, run_as, stopped_clock):
    key = factories.sign_in(cast.alice)

    def left() -> int | None:
        return run_as(Job("gate"), sessions.facts, session_keys=[key])[key].seconds_left

    stopped_clock.advance(minutes=20)
    assert left() == timedelta(minutes=10).total_seconds()
    run_as(Browser(key), sessions.touch)
    assert left() == timedelta(minutes=30).total_seconds()
    stopped_clock.advance(minutes=31)
    run_as(Browser(key), sessions.touch)

    assert run_as(Job("gate"), sessions.facts, session_keys=[key])[key].reason == "idle"


def test_working_on_does_not_put_off_the_end_of_the_day(cast, run_as, stopped_clock):
    key = factories.sign_in(cast.alice)
    for _ in range(24):
        stopped_clock.advance(minutes=19)
        run_as(Browser(key), sessions.touch)

    facts = run_as(Job("gate"), sessions.facts, session_keys=[key])[key]
    assert (facts.seconds_left, facts.can_stay) == (24 * 60, False)


def test_a_new_address_asks_a_recent_proof_of_whoever_has_a_second_way(cast, run_as):
    factories.make_app(cast.alice)
    long_ago = Browser(factories.sign_in(cast.alice, proven_at=factories.NOW - timedelta(hours=1)))

    with pytest.raises(NotProven):
        run_as(long_ago, profile.save, change=SAME, new_email="alice@nieuw.example")

    assert letters("verification_code") == []
    assert run_as(long_ago, profile.save, change=SAME) is None
