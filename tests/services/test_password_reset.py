"""A forgotten password: a temporary one by mail, which locks nobody out and works once."""

import re
from datetime import timedelta

import pytest

from portal_app.adapters import passwords as own_passwords
from portal_app.adapters import secret_keys
from portal_app.errors import NotAllowed, NotSignedIn, Refused, Text
from portal_app.mails.letters import read_values
from portal_app.models import Account, AuditEvent, OutboxMail, Owed, PasswordReset, ResetEnd
from portal_app.permissions import Role
from portal_app.services import home, own_activity, password_reset, passwords, profile, sign_in
from portal_app.services.sign_in import SignedInAs
from portal_app.unit_of_work import Browser
from tests import factories

HERE, ELSEWHERE = Browser("v" * 64, None, "Firefox, Linux"), Browser("w" * 64, None, "")
ALICE = "alice@voorbeeld.example"


def letters() -> list[OutboxMail]:
    return [mail for mail in factories.all_of(OutboxMail) if mail.template == "temporary_password"]


def secrets_of(mail: OutboxMail) -> dict[str, str]:
    return read_values(secret_keys.open_sealed("outbox", mail.secrets or ""))


def asked(run_as, email: str = ALICE) -> dict[str, str]:
    """Ask for a temporary password, and read the mail."""
    run_as(HERE, password_reset.ask, email=email)
    return secrets_of(letters()[-1])


def found(run_as, person, password: str):
    """Return what signing in finds for a typed password."""
    held = run_as(HERE, sign_in.credentials, login=ALICE)
    digest = own_passwords.temporary_digest(person.key, password)
    return next((one for one in held.mailed if one.digest == digest), None)


def begin(run_as, person, reset_id: int, key: str) -> SignedInAs | Refused:
    who = {"person_id": person.key, "new_key": key, "reset_id": reset_id}
    return run_as(HERE, sign_in.begin, with_temporary=True, **who)


def enter(run_as, person, password: str, key: str = "s" * 64) -> Browser:
    """Sign in with a mailed temporary password."""
    begin(run_as, person, found(run_as, person, password).reset_id, key)
    return Browser(key, None, "Firefox, Linux")


def account_of(person) -> Account:
    return next(one for one in factories.all_of(Account) if one.person_id == person.key)


@pytest.mark.covers("I-10", "I-11")
def test_the_mail_tells_the_password_until_when_it_works_and_who_asked(cast, run_as, now):
    account = account_of(cast.alice)
    account.locale = "fr"
    factories.write(account)
    secrets = asked(run_as)

    (mail,) = letters()
    told = read_values(mail.values)
    assert (mail.to, mail.locale) == (ALICE, "fr")
    assert (told["at"], told["device"]) == (now, "Firefox, Linux")
    assert told["expires"] == now + timedelta(hours=24)
    assert re.fullmatch(r"[A-Za-z0-9!?@*]{16}", secrets["password"])
    assert secrets["password"] not in mail.values
    (kept,) = factories.all_of(PasswordReset)
    assert secrets["password"] not in repr(kept)
    assert secrets["withdrawal"] not in repr(kept)


@pytest.mark.covers("I-16")
def test_nobody_hears_anything_at_an_unknown_blocked_or_unverified_address(cast, run_as, now):
    account = account_of(cast.bob)
    account.blocked_at = now
    factories.write(account)
    change = profile.ProfileChange(None, "Alice", "", "Jansen", ALICE)
    run_as(cast.alice, profile.save, change=change, new_email="alice@nieuw.example")

    for address in ("niemand@voorbeeld.example", "bob@voorbeeld.example", "alice@nieuw.example"):
        assert run_as(HERE, password_reset.ask, email=address) is None

    assert letters() == []
    assert factories.all_of(PasswordReset) == []
    asking = [one for one in factories.all_of(AuditEvent) if one.action == "password_reset.asked"]
    assert len(asking) == 3
    assert "voorbeeld.example" not in repr(asking)


@pytest.mark.covers("I-12", "X-09")
def test_it_opens_only_the_choice_of_another_password_and_the_old_one_works_until_then(
    cast, run_as
):
    before = account_of(cast.alice)
    secrets = asked(run_as)
    alice = enter(run_as, cast.alice, secrets["password"])

    assert run_as(alice, home.myself).owes is Owed.PASSWORD
    with pytest.raises(NotAllowed):
        run_as(alice, profile.own)
    held = run_as(alice, passwords.own)
    assert held.mailed_digest == own_passwords.temporary_digest(cast.alice.key, secrets["password"])
    assert account_of(cast.alice) == before

    landing = run_as(alice, passwords.change, password_hash="own", new_key="n" * 64)

    assert landing == "/overzicht"
    assert account_of(cast.alice).password_hash == "own"
    assert run_as(Browser("n" * 64), profile.own).given_name == "Alice"
    notices = [one for one in factories.all_of(OutboxMail) if one.template == "password_changed"]
    assert [one.to for one in notices] == [ALICE]


@pytest.mark.covers("X-09")
def test_choosing_a_password_signs_every_other_browser_out(cast, run_as):
    elsewhere = Browser(factories.sign_in(cast.alice))
    alice = enter(run_as, cast.alice, asked(run_as)["password"])
    assert run_as(elsewhere, home.myself).name == "Alice Jansen"

    run_as(alice, passwords.change, password_hash="own", new_key="n" * 64)

    with pytest.raises(NotSignedIn):
        run_as(elsewhere, home.myself)


@pytest.mark.covers("I-16")
def test_it_works_once(cast, run_as):
    password = asked(run_as)["password"]
    used = found(run_as, cast.alice, password)
    enter(run_as, cast.alice, password)

    assert found(run_as, cast.alice, password).dead == Text("errors.temporary_used")
    again = begin(run_as, cast.alice, used.reset_id, "x" * 64)
    assert again == Refused(Text("errors.temporary_used"), "password")
    with pytest.raises(NotSignedIn):
        run_as(Browser("x" * 64), home.myself)


@pytest.mark.covers("I-16", "X-10")
def test_it_works_for_twenty_four_hours_to_the_minute(cast, run_as, stopped_clock):
    password = asked(run_as)["password"]

    stopped_clock.advance(hours=24, seconds=-1)
    assert found(run_as, cast.alice, password).dead is None
    late = found(run_as, cast.alice, password).reset_id
    stopped_clock.advance(seconds=1)

    assert found(run_as, cast.alice, password).dead == Text("errors.temporary_over")
    assert isinstance(begin(run_as, cast.alice, late, "s" * 64), Refused)


def test_asked_again_the_earlier_one_is_dead_and_says_so(cast, run_as, stopped_clock):
    first = asked(run_as)["password"]
    stopped_clock.advance(seconds=60)
    second = asked(run_as)["password"]

    assert first != second
    assert found(run_as, cast.alice, first).dead == Text("errors.temporary_replaced")
    assert found(run_as, cast.alice, second).dead is None


@pytest.mark.covers("I-16")
def test_a_stranger_who_keeps_asking_fills_no_mailbox_and_the_last_mail_works(
    cast, run_as, stopped_clock
):
    for _ in range(120):
        run_as(Browser("z" * 64), password_reset.ask, email=ALICE)
        stopped_clock.advance(seconds=30)

    assert len(letters()) == 6  # at once, and after 1, 2, 4, 8 and 16 minutes more
    last = secrets_of(letters()[-1])["password"]
    assert found(run_as, cast.alice, last).dead is None


def test_who_used_one_up_and_lost_the_page_gets_another_at_once(cast, run_as):
    enter(run_as, cast.alice, asked(run_as)["password"])

    assert len(letters()) == 1
    assert found(run_as, cast.alice, asked(run_as)["password"]).dead is None
    assert len(letters()) == 2


def test_who_is_choosing_a_password_goes_on_when_a_stranger_asks(cast, run_as, stopped_clock):
    alice = enter(run_as, cast.alice, asked(run_as)["password"])
    stopped_clock.advance(minutes=5)
    later = asked(run_as)["password"]

    run_as(alice, passwords.change, password_hash="own", new_key="n" * 64)

    assert found(run_as, cast.alice, later).dead == Text("errors.temporary_used")
    assert {one.ended_reason for one in factories.all_of(PasswordReset)} == {ResetEnd.CHANGED}


@pytest.mark.covers("I-11", "I-16")
def test_dit_was_ik_niet_takes_it_back_with_what_it_opened(cast, run_as):
    secrets = asked(run_as)
    thief = enter(run_as, cast.alice, secrets["password"], "t" * 64)

    assert run_as(ELSEWHERE, password_reset.withdraw, key=secrets["withdrawal"]) is None
    assert run_as(ELSEWHERE, password_reset.withdraw, key=secrets["withdrawal"]) is None

    assert found(run_as, cast.alice, secrets["password"]).dead == Text("errors.temporary_withdrawn")
    with pytest.raises(NotSignedIn):
        run_as(thief, passwords.change, password_hash="thief", new_key="n" * 64)
    taken = [
        one for one in factories.all_of(AuditEvent) if one.action == "password_reset.withdrawn"
    ]
    assert [one.about_id for one in taken] == [cast.alice.key]


def test_after_the_change_it_is_too_late_to_take_it_back(cast, run_as):
    secrets = asked(run_as)
    alice = enter(run_as, cast.alice, secrets["password"])
    run_as(alice, passwords.change, password_hash="own", new_key="n" * 64)

    assert run_as(ELSEWHERE, password_reset.withdraw, key=secrets["withdrawal"]) == Refused(
        Text("password_reset.withdrawn_too_late")
    )


def test_a_link_of_nobody_takes_nothing_back(cast, run_as):
    asked(run_as)

    assert run_as(ELSEWHERE, password_reset.withdraw, key="") == Refused(
        Text("password_reset.key_unknown")
    )
    del cast


@pytest.mark.parametrize("around", ["{} ", "\t{}\n", "{}\r\n", "    {}"])
def test_spaces_that_were_copied_along_do_not_count(cast, run_as, around):
    password = asked(run_as)["password"]

    assert found(run_as, cast.alice, around.format(password)).dead is None
    assert found(run_as, cast.alice, password.swapcase()) is None  # Caps Lock


def test_what_went_to_the_old_address_is_dead_once_the_address_changed(cast, run_as):
    asked(run_as)
    alice = Browser(factories.sign_in(cast.alice))
    change = profile.ProfileChange(None, "Alice", "", "Jansen", ALICE)
    run_as(alice, profile.save, change=change, new_email="alice@nieuw.example")
    code = next(one for one in factories.all_of(OutboxMail) if one.template == "verification_code")
    run_as(alice, profile.confirm_address, code=secrets_of(code)["code"])

    held = run_as(HERE, sign_in.credentials, login="alice@nieuw.example")
    assert [one.dead for one in held.mailed] == [Text("errors.temporary_used")]


def test_a_provided_password_works_on_while_another_was_asked_for(cast, run_as, now):
    account = account_of(cast.alice)
    account.temporary_hash, account.temporary_expires_at = "provided", now + timedelta(days=30)
    factories.write(account)
    asked(run_as)

    held = run_as(HERE, sign_in.credentials, login=ALICE)
    assert (held.temporary_hash, held.temporary_expired) == ("provided", False)


@pytest.mark.covers("M-20")
def test_an_invitation_that_waits_is_redeemed_after_the_change(cast, run_as):
    invitation = factories.make_invitation(cast.jon, email=ALICE, role=Role.USER)
    factories.make_visit(HERE.session_key, pending_invitation_id=invitation.key)
    alice = enter(run_as, cast.alice, asked(run_as)["password"])

    run_as(alice, passwords.change, password_hash="own", new_key="n" * 64)

    held = run_as(Browser("n" * 64), home.myself)
    assert {one.name for one in held.organisations} == {cast.vak.name, cast.jon.name}


def test_the_person_reads_lately_that_somebody_asked(cast, run_as, stopped_clock):
    secrets = asked(run_as)
    stopped_clock.advance(seconds=1)
    run_as(ELSEWHERE, password_reset.withdraw, key=secrets["withdrawal"])

    lately = run_as(cast.alice, own_activity.lately)
    assert [one.action for one in lately] == ["password_reset.withdrawn", "password_reset.asked"]
