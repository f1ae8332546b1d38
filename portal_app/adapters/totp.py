"""Codes of authenticator apps: six digits from a shared secret, anew every half minute.

As RFC 6238 says: what every app for it can do.
"""

import base64
import secrets
from datetime import datetime

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from portal_app.adapters.secret_keys import same

DIGITS = 6
STEP_SECONDS = 30
SECRET_BYTES = 20  # what RFC 4226 recommends: 160 bits, 32 characters in base 32
_STEPS_AROUND = (0, -1, 1)  # a phone's clock may be a little wrong
_GROUP = 4


def new_secret() -> str:
    """Draw the secret that the portal and an app share, in base 32."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def matching_step(secret: str, code: str, at: datetime, *, after: int) -> int | None:
    """Return the half minute of which `code` is, around `at`; None when it is of none.

    Only half minutes after `after` count: whoever looked over a shoulder cannot use a code again.
    """
    if not (len(code) == DIGITS and code.isascii() and code.isdigit()):
        return None
    now = int(at.timestamp()) // STEP_SECONDS
    found = None
    for step in (now + shift for shift in _STEPS_AROUND):  # all of them, whichever fits
        if same(code_at(secret, step), code) and step > after:
            found = step
    return found


def code_at(secret: str, step: int) -> str:
    """Return the code of a half minute, counted from 1970."""
    # Apps know no other hash than SHA-1; as a keyed hash nothing is known against it.
    hotp = HOTP(base64.b32decode(secret), DIGITS, SHA1())  # noqa: S303
    return hotp.generate(step).decode()


def address(secret: str, *, account: str, issuer: str) -> str:
    """Return the address that an app reads from a QR code."""
    totp = TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303
    return totp.get_provisioning_uri(account, issuer)


def grouped(secret: str) -> str:
    """Write a secret so that it can be typed over."""
    return " ".join(secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP))


def qr_picture(text: str) -> str:
    """Draw `text` as a QR code: an SVG picture in a data address, black on white in any theme."""
    drawn = segno.make(text, error="m", micro=False)
    return drawn.svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
