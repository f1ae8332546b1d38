"""Read how a person is reached and called: e-mail address, phone number, user name."""

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import urlsplit

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from portal_app.errors import Text
from portal_app.reading_text import Misread, cleaned, plain

SHORTEST_USERNAME = 5
LONGEST_USERNAME = 64
LONGEST_PHONE = 40
LONGEST_ADDRESS = 500
LONGEST_WEBSITE = 200

_AROUND_ADDRESS = re.compile(r"^(?:mailto:|<)+|>$", re.IGNORECASE)
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)
_USERNAME = re.compile(r"[\w.-]+")


def read_https_address(typed: str) -> str:
    """Read the https:// address of another system's door; it may hold no name or password.

    Raises:
        Misread: it is none.
    """
    address = plain(typed)
    try:
        parts = urlsplit(address)
        is_right = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        is_right = False
    is_one_word = address.isascii() and not re.search(r"\s", address)
    if not is_right or not is_one_word or len(address) > LONGEST_ADDRESS:
        raise Misread(Text("errors.https_address_wrong"))
    return address


def read_optional_website(typed: str) -> str:
    """Read the address of a site, with https:// in front of one without; it may be left empty.

    Raises:
        Misread: it is none, or longer than `LONGEST_WEBSITE`.
    """
    address = plain(typed)
    if not address:
        return ""
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        is_right = bool(
            parts.scheme in ("http", "https") and _HOST.fullmatch(host) and parts.port != 0
        )
    except ValueError:  # also what has no form in which it can be looked up, or no such port
        is_right = False
    if not is_right or "@" in address or re.search(r"\s", address):
        raise Misread(Text("errors.website"))
    if len(address) > LONGEST_WEBSITE:
        raise Misread(Text("errors.text_long", {"maximum": LONGEST_WEBSITE}))
    return address


def read_email(typed: str, *, empty: str = "errors.email_empty") -> str:
    """Read an e-mail address, in the one form in which it is kept and compared.

    That form is in small letters, with the domain as A-label.
    """
    text = _AROUND_ADDRESS.sub("", cleaned(typed)).strip()
    if not text:
        raise Misread(Text(empty))
    try:
        # The reserved domain .test exists nowhere, so it harms nobody; people try things with it.
        read = validate_email(
            text,
            check_deliverability=False,
            allow_smtputf8=False,
            strict=True,  # no more than 64 characters before the @
            test_environment=True,
        )
    except EmailNotValidError as wrong:
        raise Misread(Text("errors.email_form")) from wrong
    return f"{read.local_part}@{read.ascii_domain}".casefold()


def read_optional_phone(typed: str, regions: Sequence[str] = ("BE", "NL")) -> str:
    """Read a phone number as E.164; without a country it is one of the first region it fits."""
    text = plain(typed).replace("(0)", "")
    if not text:
        return ""
    for region in regions if len(text) <= LONGEST_PHONE else ():
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) and not number.extension:
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise Misread(Text("errors.phone"))


def shown_phone(number: str) -> str:
    """Group a phone number in E.164 as people write it, unbroken: '+32 470 12 34 56'.

    What is none, such as what somebody once wrote by hand, stays as it is.
    """
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    said = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return said.replace(" ", "\N{NO-BREAK SPACE}")


def read_phone(typed: str, regions: Sequence[str] = ("BE", "NL")) -> str:
    """Read a phone number that must be there."""
    read = read_optional_phone(typed, regions)
    if not read:
        raise Misread(Text("errors.phone"))
    return read


def masked(email: str) -> str:
    """Write an address so that only its owner knows it again: 'n…@firma.example'."""
    name, at, host = email.rpartition("@")
    return f"{name[:1]}…{at}{host}"


def read_username(typed: str, *, own_email: str | None = None) -> str:
    """Read a user name as it was typed; two that differ in case only are the same.

    An @ is only for the person's own verified e-mail address: a user name that looks like the
    address of somebody else would catch that person's sign-in.
    """
    text = unicodedata.normalize("NFKC", cleaned(typed))
    if not text:
        raise Misread(Text("errors.username_empty"))
    if own_email is not None and text.casefold() == own_email.casefold():
        return text
    if "@" in text:
        raise Misread(Text("errors.username_at"))
    if len(text) < SHORTEST_USERNAME:
        raise Misread(Text("errors.username_short", {"minimum": SHORTEST_USERNAME}))
    if len(text) > LONGEST_USERNAME:
        raise Misread(Text("errors.text_long", {"maximum": LONGEST_USERNAME}))
    if not _USERNAME.fullmatch(text):
        raise Misread(Text("errors.username_form"))
    return text
