"""Making new codes."""

import re
from pathlib import Path

import pytest

from portal_app.adapters import codes, secret_keys
from portal_app.reading_codes import (
    BATCH_LENGTH,
    INVITATION_ALPHABET,
    InvitationCode,
    find_invitation_code,
    normalise_payment_code,
    read_batch_number,
    read_verification_code,
    typing_error_hint,
)
from portal_app.settings import settings


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Derive codes from a key that is always the same."""
    file = tmp_path / "master.key"
    file.write_text(f"k1 {'11' * 32}\n", encoding="ascii")
    file.chmod(0o600)
    changed = settings.model_copy(update={"secret_file": file})
    monkeypatch.setattr(secret_keys, "settings", changed)
    return file


@pytest.mark.covers("M-15")
def test_invitation_code_is_the_same_when_it_is_sent_again() -> None:
    code = codes.invitation_code("7VP775", 1)
    assert re.fullmatch(rf"E-7VP775(-[{INVITATION_ALPHABET}]{{4}}){{4}}", code)
    assert codes.invitation_code("7VP775", 1) == code


def test_invitation_code_differs_by_serial_and_by_id() -> None:
    made = [codes.invitation_code(codes.invitation_id(), 1) for _ in range(200)]
    made.append(codes.invitation_code("7VP775", 1))
    made.append(codes.invitation_code("7VP775", 2))
    assert len({code[-19:] for code in made}) == len(made)


def test_every_made_invitation_code_is_read_back() -> None:
    for serial in range(200):
        public_id = codes.invitation_id()
        read = find_invitation_code(codes.invitation_code(public_id, serial))
        assert isinstance(read, InvitationCode)
        assert read.public_id == public_id
        assert read.text == codes.invitation_code(public_id, serial)


def test_key_decides_what_the_invitation_code_is(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = codes.invitation_code("7VP775", 1)
    other = key_file.with_name("other.key")
    other.write_text(f"k1 {'22' * 32}\n", encoding="ascii")
    other.chmod(0o600)
    monkeypatch.setattr(secret_keys, "settings", settings.model_copy(update={"secret_file": other}))
    assert codes.invitation_code("7VP775", 1) != code


@pytest.mark.covers("X-22")
def test_verification_code_has_6_digits_and_may_start_with_0() -> None:
    made = [codes.verification_code() for _ in range(500)]
    assert [read_verification_code(code) for code in made] == made
    assert any(code.startswith("0") for code in made)
    assert len(set(made)) > 490


@pytest.mark.covers("V-31")
def test_payment_code_has_its_shape_and_its_check_character() -> None:
    made = [codes.payment_code() for _ in range(500)]
    assert len(set(made)) == len(made)
    assert [normalise_payment_code(code) for code in made] == made
    assert [typing_error_hint(code) for code in made] == [None] * len(made)


@pytest.mark.covers("V-32")
def test_batch_number_is_one_that_can_be_read_back() -> None:
    made = [codes.batch_number() for _ in range(100)]
    assert [read_batch_number(number) for number in made] == made
    assert {len(number) for number in made} == {BATCH_LENGTH}
