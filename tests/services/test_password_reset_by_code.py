"""A forgotten password by a mailed code: chosen by a setting, in the browser that asked."""

import pytest

from portal_app.adapters import secret_keys
from portal_app.errors import Invalid, NotSignedIn, Refused, Text
from portal_app.mails.letters import read_values
from portal_app.models import Account, EmailChallenge, OutboxMail
from portal_app.services import home, password_reset_by_code, sign_in
from portal_app.services.verification import Stage
from portal_app.unit_of_work import Browser
from tests import factories

HERE, STRANGER = Browser("v" * 64, None, "Firefox, Linux"), Browser("z" * 64)
ALICE, NOBODY = "alice@voorbeeld.example", "niemand@voorbeeld.example"


def sent_codes() -> list[str]:
    return [
        read_values(secret_keys.open_sealed("outbox", mail.secrets or ""))["code"]
        for mail in factories.all_of(OutboxMail)
        if mail.template == "verification_code"
    ]


def prove(run_as) -> None:
    assert run_as(HERE, password_reset_by_code.send_code, email=ALICE) is None
    assert run_as(HERE, password_reset_by_code.verify_code, code=sent_codes()[-1]) is None


@pytest.mark.covers("X-09")
def test_a_code_proves_the_address_and_the_new_password_is_chosen_there(cast, run_as):
    elsewhere = Browser(factories.sign_in(cast.alice))
    prove(run_as)
    held = run_as(HERE, password_reset_by_code.proven)
    assert (held.login, held.names) == (ALICE, ("Alice", "Jansen"))

    done = run_as(HERE, password_reset_by_code.choose, password_hash="own", new_key="n" * 64)

    assert (done.person_id, done.landing) == (cast.alice.key, "/overzicht")
    assert run_as(Browser("n" * 64), home.myself).name == "Alice Jansen"
    assert run_as(HERE, sign_in.credentials, login=ALICE).password_hash == "own"
    with pytest.raises(NotSignedIn):
        run_as(elsewhere, home.myself)
    told = [mail.to for mail in factories.all_of(OutboxMail) if mail.template == "password_changed"]
    assert told == [ALICE]


def test_a_proof_changes_one_password(cast, run_as):
    prove(run_as)
    run_as(HERE, password_reset_by_code.choose, password_hash="own", new_key="n" * 64)

    for browser in (HERE, STRANGER):
        with pytest.raises(Invalid):
            run_as(browser, password_reset_by_code.choose, password_hash="x", new_key="m" * 64)
    del cast


@pytest.mark.covers("I-16")
def test_an_address_that_nobody_has_goes_the_same_way_without_a_mail(cast, run_as):
    said = {
        address: [
            run_as(Browser(key * 64), password_reset_by_code.send_code, email=address),
            run_as(Browser(key * 64), password_reset_by_code.standing).stage,
            run_as(Browser(key * 64), password_reset_by_code.verify_code, code="000000"),
            run_as(Browser(key * 64), password_reset_by_code.proven),
            run_as(Browser(key * 64), password_reset_by_code.send_code, email=address),
        ]
        for key, address in (("a", ALICE), ("n", NOBODY))
    }

    assert said[ALICE] == said[NOBODY]
    assert said[NOBODY][1] is Stage.SENT
    assert [one.to for one in factories.all_of(OutboxMail)] == [ALICE]
    del cast


def test_a_blocked_account_gets_no_code_and_one_blocked_meanwhile_no_password(cast, run_as, now):
    prove(run_as)
    account = next(a for a in factories.all_of(Account) if a.person_id == cast.alice.key)
    account.blocked_at = now
    factories.write(account)

    answer = run_as(HERE, password_reset_by_code.choose, password_hash="own", new_key="n" * 64)
    assert answer == Refused(Text("errors.account_blocked"))
    run_as(STRANGER, password_reset_by_code.send_code, email=ALICE)
    assert len(sent_codes()) == 1


@pytest.mark.covers("I-16")
def test_a_stranger_who_keeps_asking_does_not_make_the_owner_wait(cast, run_as, stopped_clock):
    for _ in range(5):
        assert run_as(STRANGER, password_reset_by_code.send_code, email=ALICE) is None
        stopped_clock.advance(seconds=60)
    refused = run_as(STRANGER, password_reset_by_code.send_code, email=ALICE)
    assert refused == Refused(Text("errors.code_too_many"), "email")

    prove(run_as)
    del cast


def test_many_strangers_do_not_fill_a_mailbox(cast, run_as):
    for number in range(30):
        run_as(Browser(f"{number:064d}"), password_reset_by_code.send_code, email=ALICE)

    assert len(sent_codes()) == 20
    assert len(factories.all_of(EmailChallenge)) == 30
    del cast


def test_a_code_of_another_browser_proves_nothing(cast, run_as):
    run_as(STRANGER, password_reset_by_code.send_code, email=ALICE)

    refused = run_as(HERE, password_reset_by_code.verify_code, code=sent_codes()[0])

    assert refused == Refused(Text("errors.email_not_verified"), "email")
    del cast


def test_another_address_starts_again(cast, run_as):
    prove(run_as)
    run_as(HERE, password_reset_by_code.start_again)

    assert run_as(HERE, password_reset_by_code.standing).stage is Stage.REQUIRED
    with pytest.raises(Invalid):
        run_as(HERE, password_reset_by_code.choose, password_hash="own", new_key="n" * 64)
    del cast
