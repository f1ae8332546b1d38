"""Codes of apps: what RFC 6238 says they are, and that each works once."""

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from portal_app.adapters import totp

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
AT = datetime(2026, 3, 2, 8, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),  # of RFC 6238, appendix B, their last six digits
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_a_code_is_what_the_standard_says(seconds: int, code: str) -> None:
    assert totp.code_at(RFC_SECRET, seconds // 30) == code
    at = datetime.fromtimestamp(seconds, UTC)
    assert totp.matching_step(RFC_SECRET, code, at, after=0) == seconds // 30


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_wrong(steps: int) -> None:
    secret, step = totp.new_secret(), int(AT.timestamp()) // 30
    code = totp.code_at(secret, step + steps)

    assert totp.matching_step(secret, code, AT, after=0) == step + steps


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_clock_may_not_be_more_wrong_than_that(steps: int) -> None:
    secret, step = totp.new_secret(), int(AT.timestamp()) // 30

    assert totp.matching_step(secret, totp.code_at(secret, step + steps), AT, after=0) is None


def test_a_code_of_a_half_minute_that_was_used_or_before_it_does_not_fit() -> None:
    secret, step = totp.new_secret(), int(AT.timestamp()) // 30
    code = totp.code_at(secret, step)

    assert totp.matching_step(secret, code, AT, after=step - 1) == step
    assert totp.matching_step(secret, code, AT, after=step) is None
    assert totp.matching_step(secret, code, AT + timedelta(seconds=30), after=step + 1) is None


def test_an_app_is_told_whose_secret_it_is_and_where_it_is_for() -> None:
    secret = totp.new_secret()
    told = urlsplit(totp.address(secret, account="alice@voorbeeld.example", issuer="Mijn Fonds"))
    asked = parse_qs(told.query)

    assert (told.scheme, told.netloc) == ("otpauth", "totp")
    assert unquote(told.path) == "/Mijn Fonds:alice@voorbeeld.example"
    assert asked["secret"] == [secret]
    assert asked["issuer"] == ["Mijn Fonds"]
    assert (asked["digits"], asked["period"]) == (["6"], ["30"])


def test_a_secret_has_160_bits_and_is_written_in_groups() -> None:
    secret = totp.new_secret()

    assert len(base64.b32decode(secret)) == 20
    assert totp.new_secret() != secret
    assert totp.grouped(secret).replace(" ", "") == secret
    assert {len(part) for part in totp.grouped(secret).split()} == {4}


def test_the_picture_is_black_on_white_and_loads_nothing() -> None:
    drawn = unquote(totp.qr_picture("otpauth://totp/x?secret=AAAA"))

    assert drawn.startswith("data:image/svg+xml")
    assert "#000" in drawn
    assert "#fff" in drawn
    assert "<script" not in drawn
    assert "href" not in drawn
