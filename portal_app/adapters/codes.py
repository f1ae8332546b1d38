"""Make new codes. What they look like, and how they are read back, is in `reading_codes`."""

import base64
import re
import secrets
import string

from portal_app.adapters import secret_keys
from portal_app.reading_codes import (
    BATCH_LENGTH,
    GROUP,
    INVITATION_ALPHABET,
    INVITATION_ID_LENGTH,
    PAYMENT_ALPHABET,
    PAYMENT_LENGTH,
    RECOVERY_LENGTH,
    VERIFICATION_DIGITS,
    InvitationCode,
    payment_check,
)

INVITATION_SECRET_BYTES = 10  # 80 bits: 16 characters
WITHDRAWAL_LENGTH = 26  # 130 bits
_TRY_LENGTH = 10
_APPLICATION_LENGTH = 6
_APPLICATION_BYTES = 15  # 120 bits: 24 characters
_APPLICATION_KEY = re.compile(r"(A-[0-9A-Z]{6})\.[0-9A-Z]{24}")

_BASE32 = string.ascii_uppercase + "234567"
_AS_INVITATION = str.maketrans(_BASE32, INVITATION_ALPHABET)


def invitation_id() -> str:
    """Draw the part of an invitation code that everybody may see."""
    return _drawn(INVITATION_ALPHABET, INVITATION_ID_LENGTH)


def invitation_code(public_id: str, serial: int) -> str:
    """Return the invitation code of `public_id`: always the same one, so it can be sent again.

    Another `serial` gives another code, for when the first one must no longer work.
    """
    derived = secret_keys.derive(
        "invitation code", public_id, serial, length=INVITATION_SECRET_BYTES
    )
    secret = base64.b32encode(derived).decode().translate(_AS_INVITATION)
    return InvitationCode(public_id, secret).text


def verification_code() -> str:
    """Draw the 6 digits that prove that somebody reads a mailbox."""
    return _drawn(string.digits, VERIFICATION_DIGITS)


def login_name() -> str:
    """Draw the name with which somebody activates a company account: '7KQ2-MX9P'."""
    drawn = _drawn(INVITATION_ALPHABET, 2 * GROUP)
    return f"{drawn[:GROUP]}-{drawn[GROUP:]}"


def withdrawal_key() -> str:
    """Draw the key of a link that takes something back which was mailed."""
    return _drawn(INVITATION_ALPHABET, WITHDRAWAL_LENGTH)


def payment_code() -> str:
    """Draw a payment code."""
    while True:
        first = _drawn(PAYMENT_ALPHABET, PAYMENT_LENGTH - 1)
        if check := payment_check(first):
            code = first + check
            return "-".join(code[at : at + GROUP] for at in range(0, PAYMENT_LENGTH, GROUP))


def batch_number() -> str:
    """Draw the number of a batch of payment codes."""
    return _drawn(INVITATION_ALPHABET, BATCH_LENGTH)


def try_reference() -> str:
    """Draw what a try at eHerkenning is called, also towards the helpdesk."""
    return _drawn(INVITATION_ALPHABET, _TRY_LENGTH)


def application_number() -> str:
    """Draw what an application is called, also on the phone."""
    return f"A-{_drawn(INVITATION_ALPHABET, _APPLICATION_LENGTH)}"


def application_key(number: str, purpose: str) -> str:
    """Return the key that opens one thing of an application: always the same one.

    It begins with the number, so that the application is found back by it.
    """
    derived = secret_keys.derive(f"application {purpose}", number, length=_APPLICATION_BYTES)
    return f"{number}.{base64.b32encode(derived).decode().translate(_AS_INVITATION)}"


def application_of(key: str) -> str:
    """Return the number with which a key of an application begins, or nothing."""
    begins = _APPLICATION_KEY.fullmatch(key)
    return begins[1] if begins else ""


def recovery_code() -> str:
    """Draw a code that opens an account once when its second step is lost: 50 bits."""
    return _drawn(INVITATION_ALPHABET, RECOVERY_LENGTH)


def _drawn(alphabet: str, length: int) -> str:
    return "".join(secrets.choice(alphabet) for _ in range(length))
