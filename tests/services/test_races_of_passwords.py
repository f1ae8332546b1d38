"""A forgotten password, fifty times at once: one mail, one use, and never half of a change."""

from collections import Counter

import pytest

from portal_app.adapters import secret_keys
from portal_app.errors import NotSignedIn, Refused, Text
from portal_app.mails.letters import read_values
from portal_app.models import Account, AuditEvent, BrowserSession, OutboxMail, PasswordReset
from portal_app.services import password_reset, passwords, sign_in
from portal_app.services.sign_in import SignedInAs
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.harness.crowd import all_at_once

CROWD = 50
ALICE = "alice@voorbeeld.example"
USED = Refused(Text("errors.temporary_used"), "password")


def browsers() -> list[Browser]:
    return [Browser(f"{number:064d}", None, "Firefox, Linux") for number in range(CROWD)]


def ask() -> dict[str, str]:
    run(password_reset.ask, Browser("v" * 64), email=ALICE)
    (mail,) = factories.all_of(OutboxMail)
    return read_values(secret_keys.open_sealed("outbox", mail.secrets or ""))


def enter(person_id: int, browser: Browser, key: str, reset_id: int) -> SignedInAs | Refused:
    return run(
        sign_in.begin,
        browser,
        person_id=person_id,
        new_key=key,
        with_temporary=True,
        reset_id=reset_id,
    )


@pytest.mark.covers("I-16")
def test_fifty_who_ask_at_once_make_one_temporary_password(cast) -> None:
    given = all_at_once(
        [lambda one=one: run(password_reset.ask, one, email=ALICE) for one in browsers()]
    )

    assert given == [None] * CROWD
    assert len(factories.all_of(PasswordReset)) == 1
    assert len(factories.all_of(OutboxMail)) == 1
    del cast


@pytest.mark.covers("I-16")
def test_one_of_fifty_signs_in_with_a_temporary_password(cast) -> None:
    ask()
    (reset,) = factories.all_of(PasswordReset)

    given = all_at_once(
        [
            lambda one=one: enter(cast.alice.key, one, f"n{one.session_key[1:]}", reset.key)
            for one in browsers()
        ]
    )

    assert sum(isinstance(one, SignedInAs) for one in given) == 1
    assert given.count(USED) == CROWD - 1
    (inside,) = [one for one in factories.all_of(BrowserSession) if one.owes]
    (reset,) = factories.all_of(PasswordReset)
    assert reset.browser_session_id == inside.id


@pytest.mark.parametrize("round_of", range(10))
def test_who_takes_it_back_while_it_is_being_used_ends_in_one_of_two_ways(
    cast, round_of: int
) -> None:
    """Either the password was changed, or it was taken back and nothing was."""
    secrets = ask()
    (reset,) = factories.all_of(PasswordReset)
    enter(cast.alice.key, Browser("v" * 64), "t" * 64, reset.key)
    before = next(one for one in factories.all_of(Account) if one.person_id == cast.alice.key)

    changed, taken = all_at_once(
        [
            lambda: run(
                passwords.change, Browser("t" * 64), password_hash="thief", new_key="n" * 64
            ),
            lambda: run(password_reset.withdraw, Browser("w" * 64), key=secrets["withdrawal"]),
        ]
    )

    after = next(one for one in factories.all_of(Account) if one.person_id == cast.alice.key)
    if isinstance(changed, NotSignedIn):
        assert taken is None
        assert after.password_hash == before.password_hash
    else:
        assert taken == Refused(Text("password_reset.withdrawn_too_late"))
        assert after.password_hash == "thief"
    happened = Counter(one.action for one in factories.all_of(AuditEvent))
    assert happened["passwords.changed"] + happened["password_reset.withdrawn"] == 1
    del round_of
