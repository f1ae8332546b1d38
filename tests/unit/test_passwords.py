"""Keeping, checking and judging passwords."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from portal_app.adapters import passwords, secret_keys
from portal_app.errors import Text
from portal_app.languages import LOCALES, say
from portal_app.routes.sign_in import new_password_mistakes
from portal_app.settings import settings

FIRST = f"k1 {'11' * 32}\n"
SECOND = f"k2 {'22' * 32}\n"


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep passwords with a key of this test, at the lowest cost."""
    file = tmp_path / "master.key"
    file.write_text(FIRST, encoding="ascii")
    file.chmod(0o600)
    changed = settings.model_copy(update={"secret_file": file, "bcrypt_cost": 4})
    monkeypatch.setattr(secret_keys, "settings", changed)
    monkeypatch.setattr(passwords, "settings", changed)
    return file


def keys(*found: Text) -> list[str]:
    """Name the sentences."""
    return [text.key.removeprefix("errors.") for text in found]


def test_password_is_kept_as_key_id_and_bcrypt_hash() -> None:
    stored = passwords.hash_password("Instituut135!")
    assert re.fullmatch(r"k1:\$2b\$04\$[./A-Za-z0-9]{53}", stored)
    assert stored != passwords.hash_password("Instituut135!")


@pytest.mark.parametrize(
    "password",
    ["Instituut135!", "é" * 128, "\0nul\0", "\U0001f527" * 40, "x" * 71 + "1", "\ud800"],
)
def test_only_the_same_password_is_accepted(password: str) -> None:
    stored = passwords.hash_password(password)
    assert passwords.verify_password(password, stored)
    assert not passwords.verify_password(f"{password}x", stored)
    assert not passwords.verify_password(password[:-1], stored)


def test_password_is_the_same_however_the_keyboard_composes_it() -> None:
    stored = passwords.hash_password("caf\u00e9 op de hoek")
    assert passwords.verify_password("cafe\u0301 op de hoek", stored)


def test_password_beyond_what_is_read_is_refused_even_when_its_start_fits() -> None:
    stored = passwords.hash_password("x" * passwords.MOST_READ)
    assert not passwords.verify_password("x" * (passwords.MOST_READ + 1), stored)


def test_account_that_does_not_exist_costs_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    costs: list[bytes] = []
    real = passwords.bcrypt.checkpw

    def watched(password: bytes, hashed: bytes) -> bool:
        costs.append(hashed[:7])
        return real(password, hashed)

    monkeypatch.setattr(passwords.bcrypt, "checkpw", watched)
    stored = passwords.hash_password("Instituut135!")

    assert passwords.verify_password("Instituut135!", stored)
    assert not passwords.verify_password("Instituut135!", None)
    assert costs == [b"$2b$04$", b"$2b$04$"]


def test_new_key_keeps_passwords_valid_and_asks_for_a_new_hash(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = passwords.hash_password("Instituut135!")
    assert not passwords.needs_rehash(stored)

    rotated = key_file.with_name("rotated.key")
    rotated.write_text(FIRST + SECOND, encoding="ascii")
    rotated.chmod(0o600)
    changed = settings.model_copy(update={"secret_file": rotated, "bcrypt_cost": 4})
    monkeypatch.setattr(secret_keys, "settings", changed)

    assert passwords.verify_password("Instituut135!", stored)
    assert passwords.needs_rehash(stored)
    assert not passwords.needs_rehash(passwords.hash_password("Instituut135!"))


def test_other_cost_asks_for_a_new_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = passwords.hash_password("Instituut135!")
    monkeypatch.setattr(passwords, "settings", settings.model_copy(update={"bcrypt_cost": 5}))
    assert passwords.needs_rehash(stored)


@pytest.mark.covers("X-01")
@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("Instituut135!", []),
        ("kraanwaterbuizen", []),
        ("correct paard batterij nietje", []),
        ("", ["password_empty"]),
        ("Kr@an7", ["password_short"]),
        ("kraan7", ["password_short", "password_lacks"]),
        ("kraanbuis7", ["password_lacks"]),
        ("Kr@an7" * 22, ["password_long"]),
        ("x" * 5000, ["password_long"]),
        ("Smet+Kraan7", ["password_name"]),
        ("smet", ["password_short", "password_lacks", "password_name"]),
        ("Welkom2026!", ["password_common"]),
    ],
)
def test_weaknesses_are_named_together(password: str, expected: list[str]) -> None:
    found = passwords.weaknesses(
        password, names=("Bert", "De Smet"), login="bert@instituut.example"
    )
    assert keys(*found) == expected


@pytest.mark.covers("X-01", "X-02")
def test_missing_classes_are_listed_in_one_sentence() -> None:
    found = passwords.weaknesses("kraanbuis")
    assert [say(text, "nl") for text in found] == [
        "In uw wachtwoord ontbreekt nog: een hoofdletter, een cijfer, een symbool."
    ]


@pytest.mark.covers("X-01")
def test_limits_are_said_in_numbers() -> None:
    assert say(passwords.weaknesses("Kr@an7")[0], "nl").endswith("Gebruik ten minste 8 tekens.")
    long = passwords.weaknesses("Kr@an7" * 22)[0]
    assert say(long, "nl").endswith("Gebruik ten hoogste 128 tekens.")


@pytest.mark.covers("X-01")
def test_old_password_is_refused_as_the_new_one() -> None:
    old = passwords.hash_password("Instituut135!")
    assert keys(*passwords.weaknesses("Instituut135!", previous_hash=old)) == ["password_same"]
    assert passwords.weaknesses("Instituut136!", previous_hash=old) == ()


@pytest.mark.covers("V-07")
@pytest.mark.parametrize(
    "password",
    [
        "Welkom2024!",
        "Zomer2025!",
        "!Februari2026",
        "P@ssw0rd!",
        "W@chtw00rd",
        "Motdepasse1!",
        "Noël2026!!",
        "Azerty123!",
        "123456789012345",
        "azertyuiopqsdfgh",
        "aaaaaaaaaaaaaaaa",
        "wachtwoordwachtwoord",
        "ditismijnwachtwoord",
        "verantwoordelijk",
    ],
)
def test_password_that_many_people_use_is_refused(password: str) -> None:
    assert "password_common" in keys(*passwords.weaknesses(password))


@pytest.mark.parametrize(
    "password",
    [
        "Instituut135!",
        "Kraan&Buis7",
        "Zonnebloem42!",
        "Welkom-in-Gent-83920174",
        "Welkom+83920174+55",
        "mooi weer vandaag he",
    ],
)
def test_ordinary_word_with_something_of_ones_own_is_accepted(password: str) -> None:
    assert passwords.weaknesses(password) == ()


def test_every_sentence_about_passwords_exists_in_every_language() -> None:
    texts = [
        *passwords.weaknesses(""),
        *passwords.weaknesses("smet", names=["De Smet"]),
        *passwords.weaknesses("a" * 129),
        *passwords.weaknesses("Kr@an7xx", previous_hash=passwords.hash_password("Kr@an7xx")),
    ]
    for locale in LOCALES:
        assert len({say(text, locale) for text in texts}) == 7


@hypothesis_settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_judged_and_measured_without_failing(text: str) -> None:
    assert all(isinstance(found, Text) for found in passwords.weaknesses(text))
    assert 0 <= passwords.strength(text) <= 4


@pytest.mark.covers("X-01")
def test_strength_is_shown_and_takes_ones_own_words_into_account() -> None:
    assert passwords.strength("") == 0
    assert passwords.strength("klimaatwerken") > passwords.strength(
        "klimaatwerken", ["klimaatwerken"]
    )


@pytest.mark.covers("X-09")
def test_temporary_password_is_hard_to_misread_and_keeps_the_rules() -> None:
    for made in {passwords.temporary_password() for _ in range(200)}:
        assert len(made) == 16
        assert not set(made) & set("0Oo1lIi5Ss2Zz")
        assert len(re.findall(r"[!?@*]", made[1:-1])) == 1
        assert passwords.weaknesses(made) == ()


def test_temporary_password_is_known_again_with_spaces_around_and_by_its_owner_alone() -> None:
    digest = passwords.temporary_digest(7, "kX4?mQz9RtpL7wPb")
    assert passwords.temporary_digest(7, "  kX4?mQz9RtpL7wPb\r\n") == digest
    assert passwords.temporary_digest(8, "kX4?mQz9RtpL7wPb") != digest
    assert passwords.temporary_digest(7, "KX4?MQZ9RTPL7WPB") != digest


def test_temporary_passwords_differ() -> None:
    assert len({passwords.temporary_password() for _ in range(200)}) == 200


def test_a_weak_password_and_another_one_below_it_are_told_at_once():
    form = {"new_password": "kort", "confirm_password": "lang"}

    mistakes = new_password_mistakes(form, ("Nele", "Peeters"), "nele@voorbeeld.example", None)

    assert mistakes.keys() == {"new_password", "confirm_password"}
    assert new_password_mistakes({}, (), "", None).keys() == {"new_password"}
