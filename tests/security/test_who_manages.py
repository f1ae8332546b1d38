"""Looking up who manages access tells strangers little, takes as long for all, and has limits."""

import time
from collections.abc import Iterator
from itertools import count
from statistics import median

import pytest

from portal_app.adapters import limits
from portal_app.models import OutboxMail
from portal_app.permissions import Role
from portal_app.routes import who_manages
from portal_app.settings import settings
from tests import factories
from tests.harness.cast import Cast
from tests.security.posting import Post, posting

LOOK_UP = "/formulieren/wie-beheert-toegang"
WRITE = f"{LOOK_UP}/bericht"
MANAGED, UNKNOWN = factories.NUMBERS[0], factories.NUMBERS[4]
CLOSED, UNMANAGED = factories.NUMBERS[1], factories.NUMBERS[2]
FLOOR, ALIKE = 0.1, 0.005  # seconds
PAIRS, ROUNDS = 20, 4

_browsers = count(1)


@pytest.fixture(autouse=True)
def managed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """De Smet has somebody who manages its access; nobody asked before."""
    limits._limits.cache_clear()
    anna = factories.make_person("Anna", "Admin", email="anna@bedrijf.example")
    factories.make_account(anna)
    factories.make_grant(anna, Role.MAIN_ACCESS_MANAGER, cast.de_smet)
    closed = factories.make_organisation("Dicht", number=CLOSED, closed_at=cast.de_smet.created_at)
    factories.make_grant(anna, Role.MAIN_ACCESS_MANAGER, closed)
    factories.make_organisation("Niemand", number=UNMANAGED)
    _answers_take(monkeypatch, 0)


@pytest.fixture
def from_one_office() -> Iterator[Post]:
    """Let browsers that share one address post forms."""
    with posting(from_one_address=True) as posted:
        yield posted


def _answers_take(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    changed = settings.model_copy(update={"reset_answer_seconds": seconds})
    monkeypatch.setattr(who_manages, "settings", changed)


def _letter(**changes: str) -> dict[str, str]:
    usual = {
        "number": MANAGED,
        "unit": "",
        "name": "Kim Claes",
        "email": "kim@elders.example",
        "message": "Mag ik toegang?\n\nGroeten",
    }
    return usual | changes


def test_a_stranger_reads_initials_and_neither_name_nor_address_nor_company(post: Post) -> None:
    said = post(LOOK_UP, {"number": "BE 1999.000.150"}, 1).text

    assert '"A.A."' in said
    assert "roles.main_access_manager" in said
    for word in ("Anna", "Admin", "bedrijf.example", "De Smet", "Antwerpen"):
        assert word not in said


def test_unknown_closed_and_unmanaged_are_the_same_answer_but_for_what_was_typed(
    post: Post,
) -> None:
    answers = [
        post(LOOK_UP, {"number": number}, n)
        for n, number in enumerate((UNKNOWN, CLOSED, UNMANAGED))
    ]

    numbers = (UNKNOWN, CLOSED, UNMANAGED)
    bare = {one.text.replace(number, "N") for one, number in zip(answers, numbers, strict=True)}
    assert len(bare) == 1
    assert '"found":"nobody"' in bare.pop()
    assert len({(one.status_code, str(one.headers)) for one in answers}) == 1


def test_an_answer_takes_as_long_for_a_company_that_is_managed_as_for_one_that_is_not(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answers_take(monkeypatch, FLOOR)

    said = [_longer(post)]  # whatever else runs here is not so time after time
    while said[-1] and len(said) < ROUNDS:
        said.append(_longer(post))
    assert not said[-1] or len(set(said)) > 1


def test_whoever_hunts_for_numbers_waits_longer_each_time_in_whatever_browser(
    from_one_office: Post,
) -> None:
    answers = [from_one_office(LOOK_UP, {"number": UNKNOWN}, n).text for n in range(1, 24)]

    waits = [one for one in answers if '"mistakes"' in one]
    assert len(waits) == len(answers) - 21  # twenty are free, and the one that begins the waiting
    assert "mistakes" in from_one_office(LOOK_UP, {"number": MANAGED}, 99).text


def test_an_office_that_finds_its_own_company_is_not_made_to_wait(from_one_office: Post) -> None:
    answers = [from_one_office(LOOK_UP, {"number": MANAGED}, n).text for n in range(1, 41)]

    assert not [one for one in answers if "mistakes" in one]


def test_one_browser_looks_up_twenty_times_an_hour(post: Post) -> None:
    answers = [post(LOOK_UP, {"number": MANAGED}, 1).text for _ in range(21)]

    assert ["mistakes" in one for one in answers] == [False] * 20 + [True]


def test_a_sender_writes_five_times_an_hour_from_one_place_and_so_does_a_browser(
    post: Post, from_one_office: Post
) -> None:
    by_sender = [
        from_one_office(WRITE, _letter(number=UNKNOWN), next(_browsers)).text for _ in range(6)
    ]
    limits._limits.cache_clear()
    by_browser = [post(WRITE, _letter(email=f"k{n}@elders.example"), 1).text for n in range(6)]

    assert "errors.nobody_manages" in by_sender[4]
    assert "errors.nobody_manages" not in by_sender[5]
    assert ["mistakes" in one for one in by_browser] == [False] * 5 + [True]
    assert len(factories.all_of(OutboxMail)) == 5


def test_a_company_gets_ten_messages_a_day_from_all_together(post: Post) -> None:
    answers = [
        post(WRITE, _letter(email=f"k{n}@elders.example"), next(_browsers)).text for n in range(12)
    ]

    assert ["mistakes" in one for one in answers] == [False] * 10 + [True] * 2
    assert len(factories.all_of(OutboxMail)) == 10


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"number": ""}, "number", "errors.organisation_number_empty"),
        ({"number": "1999000151"}, "number", "errors.enterprise_number_check"),
        ({"name": " "}, "name", "errors.sender_name_empty"),
        ({"name": "https://win.example"}, "name", "errors.message_web_address"),
        ({"email": "kim"}, "email", "errors.email_form"),
        ({"email": "kim@elders.example\r\nBcc: all@elders.example"}, "email", "errors.email_form"),
        ({"message": " \n "}, "message", "errors.message_empty"),
        ({"message": "x" * 1001}, "message", "errors.text_long"),
        ({"message": "Zie WWW.win.example"}, "message", "errors.message_web_address"),
    ],
)
def test_a_message_that_cannot_be_sent_says_why(
    post: Post, changes: dict[str, str], field: str, why: str
) -> None:
    [mistake] = post(WRITE, _letter(**changes), 1).json()["mistakes"]

    assert (mistake["field"], mistake["key"]) == (field, why)
    assert factories.all_of(OutboxMail) == []


def _longer(post: Post) -> str:
    """Return which is answered clearly later; nothing when neither is."""
    limits._limits.cache_clear()
    took: dict[str, list[float]] = {MANAGED: [], UNKNOWN: []}
    for _ in range(PAIRS):
        for number, times in took.items():
            began = time.perf_counter()
            post(LOOK_UP, {"number": number}, next(_browsers))
            times.append(time.perf_counter() - began)
    managed, unknown = median(took[MANAGED]), median(took[UNKNOWN])
    return "" if abs(managed - unknown) < ALIKE else ("managed" if managed > unknown else "unknown")
