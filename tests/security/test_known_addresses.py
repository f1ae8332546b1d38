"""Nobody learns who has an account: the same words, headers and time for whoever is asked after.

The routes are asked without a network in between: what is left of a difference would be the
portal's own.
"""

import re
import time
from collections.abc import Callable
from itertools import count
from statistics import median

import pytest

from portal_app import clock
from portal_app.adapters import limits
from portal_app.models import Account, OutboxMail, PasswordReset
from portal_app.routes import address_applications, password_reset
from portal_app.services import password_reset as services
from portal_app.services import verification
from portal_app.settings import ResetBy, settings
from tests import factories
from tests.factories import PASSWORD
from tests.harness.cast import Cast
from tests.security.posting import Post

KNOWN, BLOCKED, UNKNOWN = "alice@voorbeeld.example", "bob@voorbeeld.example", "x@voorbeeld.example"
PAIRS = 25
ROUNDS = 4
ALIKE = 0.005  # seconds between the two medians
FLOOR = 0.1  # seconds: far above what an answer takes here, and short for a test

Asking = Callable[[str], tuple[str, dict[str, str]]]

_browsers, _mailboxes = count(1), count(1)


@pytest.fixture(autouse=True)
def blocked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bob's account is blocked, nobody asked before, and an answer takes a tenth of a second."""
    limits._limits.cache_clear()
    bobs = next(one for one in factories.all_of(Account) if one.person_id == cast.bob.key)
    bobs.blocked_at = clock.now()
    factories.write(bobs)
    _set(monkeypatch, reset_answer_seconds=FLOOR)


def _set(monkeypatch: pytest.MonkeyPatch, **changed: object) -> None:
    for route in (password_reset, address_applications):
        monkeypatch.setattr(route, "settings", settings.model_copy(update=changed))


def _forgotten(email: str) -> tuple[str, dict[str, str]]:
    return "/formulieren/wachtwoord-vergeten", {"email": email}


def _wrong_password(email: str) -> tuple[str, dict[str, str]]:
    return "/formulieren/aanmelden", {"login": email, "password": PASSWORD + "?"}


def _registering(email: str) -> tuple[str, dict[str, str]]:
    return "/formulieren/registreren/code", {"email": email}


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes may be sent to one address as often as one likes."""
    changed = {"verification_resend_seconds": 0, "verification_sends_per_hour": 1000}
    monkeypatch.setattr(verification, "settings", settings.model_copy(update=changed))


@pytest.mark.covers("M-36")
@pytest.mark.usefixtures("at_once")
def test_registering_is_answered_in_the_same_words(post: Post) -> None:
    answers = [post(*_registering(who), n) for n, who in enumerate((KNOWN, BLOCKED, UNKNOWN))]

    assert len({(one.status_code, one.content, str(one.headers)) for one in answers}) == 1
    assert b"mistakes" not in answers[0].content


def _forgotten_address(email: str) -> tuple[str, dict[str, str]]:
    """Ask in the name of whoever signs in with `email`, from a mailbox that nobody used before."""
    return "/formulieren/e-mailadres-vergeten", {
        "kind": "vergeten",
        "given_name": email.partition("@")[0].capitalize(),
        "family_name": "Jansen" if email == KNOWN else "De Smet",
        "national_number": "85073003328",
        "email": f"m{next(_mailboxes)}@thuis.example",
    }


@pytest.mark.covers("I-05")
def test_a_forgotten_address_is_answered_in_the_same_words(post: Post) -> None:
    answers = [post(*_forgotten_address(who), n) for n, who in enumerate((KNOWN, BLOCKED, UNKNOWN))]

    bare = {re.sub(rb"A-[0-9A-Z]{6}", b"NUMBER", one.content) for one in answers}
    assert len(bare) == 1
    assert b"NUMBER" in bare.pop()
    assert len({(one.status_code, str(one.headers)) for one in answers}) == 1
    sent = factories.all_of(OutboxMail)
    assert [mail.template for mail in sent] == ["application_received"] * 3
    assert not any("Alice" in mail.values for mail in sent)


@pytest.mark.both_databases
@pytest.mark.covers("I-16")
@pytest.mark.parametrize("way", ResetBy)
def test_a_forgotten_password_is_answered_in_the_same_words(
    post: Post, way: ResetBy, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set(monkeypatch, reset_by=way, reset_answer_seconds=0)

    answers = [post(*_forgotten(who), n) for n, who in enumerate((KNOWN, BLOCKED, UNKNOWN))]

    assert len({(one.status_code, one.content, str(one.headers)) for one in answers}) == 1
    assert b"mistakes" not in answers[0].content
    assert [mail.to for mail in factories.all_of(OutboxMail)] == [KNOWN]


@pytest.mark.covers("I-16")
def test_asking_again_at_once_is_refused_alike_and_each_time_for_longer(post: Post) -> None:
    said = [[post(*_forgotten(who), 1).text for _ in range(3)] for who in (KNOWN, UNKNOWN)]

    assert said[0] == said[1]
    assert [one.count("password_reset.again_") for one in said[0]] == [0, 1, 1]
    assert len(factories.all_of(PasswordReset)) == 1


@pytest.mark.covers("I-16")
@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    "asking",
    [_forgotten, _wrong_password, _registering, _forgotten_address],
    ids=["forgotten", "sign in", "registering", "address"],
)
@pytest.mark.parametrize("other", [UNKNOWN, BLOCKED], ids=["unknown", "blocked"])
def test_an_answer_takes_as_long_whoever_is_asked_after(
    post: Post, asking: Asking, other: str
) -> None:
    said = [_longer(post, asking, other)]  # whatever else runs here is not so time after time
    while said[-1] and len(said) < ROUNDS:
        said.append(_longer(post, asking, other))
    assert not said[-1] or len(set(said)) > 1


def test_a_difference_of_twenty_milliseconds_would_be_noticed(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set(monkeypatch, reset_answer_seconds=0)
    monkeypatch.setattr(services, "_mail", lambda *_: time.sleep(0.02))

    assert [_longer(post, _forgotten, UNKNOWN) for _ in range(ROUNDS)] == ["known"] * ROUNDS


def _longer(post: Post, asking: Asking, other: str) -> str:
    """Return who is answered clearly later, `known` or `other`; nothing when neither is."""
    took: dict[str, list[float]] = {KNOWN: [], other: []}
    for _ in range(PAIRS):
        for who, times in took.items():
            path, form = asking(who)
            began = time.perf_counter()
            post(path, form, next(_browsers))
            times.append(time.perf_counter() - began)
    known, unknown = median(took[KNOWN]), median(took[other])
    return "" if abs(known - unknown) < ALIKE else ("known" if known > unknown else "other")
