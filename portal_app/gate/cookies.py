"""The one cookie that says who somebody is.

Only the server makes its value: 256 random bits and a short keyed mark. The mark tells our
own values from made-up ones, so an anonymous visitor needs no row in the database, and a
value says itself whether it belongs to a visitor or to a session: the key of a session
that no longer exists can never pass for a visitor's.

The rest of the portal sees only the *session key*, a SHA-256 of the value; whoever reads
the database, the Redis or a pickled state finds nothing to sign in with.
"""

import re
import secrets
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest

from portal_app.adapters.secret_keys import keyed_digest
from portal_app.settings import settings

_SECRET_BYTES = 32
_MARK_LENGTH = 16
_VALUE = re.compile(r"([vs])([A-Za-z0-9_-]{43})([0-9a-f]{16})")
_LANGUAGE = re.compile(r"(?:^|;)\s*(language=[a-z]{2})\s*(?=;|$)")
_KEY = re.compile(r"([vs])([0-9a-f]{64})")


class Kind(StrEnum):
    """What a cookie stands for."""

    VISITOR = "v"  # a browser nobody signed in with: the pre-session
    SESSION = "s"  # a row among the sessions, alive or not


@dataclass(frozen=True, slots=True)
class Visit:
    """Whose browser this is: all that the code behind the gate learns of a cookie."""

    kind: Kind
    key: str

    @property
    def is_session(self) -> bool:
        """Whether somebody signed in under this cookie (the session may have ended since)."""
        return self.kind is Kind.SESSION

    def as_text(self) -> str:
        """Write the visit down for `visit_from_text`."""
        return f"{self.kind.value}{self.key}"


@dataclass(frozen=True, slots=True)
class IssuedCookie:
    """A cookie just made. Store `visit.key`; send `header`; forget the rest."""

    visit: Visit
    header: str  # the value of one Set-Cookie header


def cookie_name() -> str:
    """Return the cookie's name: bound to the host over https, plain in the demo over http."""
    return "__Host-portal" if settings.is_https else "portal"


def issue(kind: Kind) -> IssuedCookie:
    """Make a new cookie. Rotate at sign-in and at every change of rights: never reuse one."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    value = f"{kind.value}{secret}{_mark(kind, secret)}"
    return IssuedCookie(Visit(kind, session_key(value)), _set_cookie(value, _lifetime(kind)))


def renew(cookie_header: str) -> IssuedCookie | None:
    """Return the cookie in this header once more, with its lifetime starting anew."""
    visit = read(cookie_header)
    if visit is None:
        return None
    (value,) = _values(cookie_header)
    return IssuedCookie(visit, _set_cookie(value, _lifetime(visit.kind)))


def forget() -> str:
    """Return the Set-Cookie value that makes a browser forget the cookie."""
    return _set_cookie("", 0)


def read(cookie_header: str) -> Visit | None:
    """Return whose browser sent this Cookie header, or None unless it carries a value of ours.

    A name that occurs twice counts as none: somebody planted the other one.
    """
    values = _values(cookie_header)
    match = _VALUE.fullmatch(values[0]) if len(values) == 1 else None
    if match is None:
        return None
    kind = Kind(match[1])
    if not compare_digest(match[3], _mark(kind, match[2])):
        return None
    return Visit(kind, session_key(match[0]))


def language_in(cookie_header: str) -> str:
    """Return the one other cookie that goes in: the language that the browser shows."""
    found = _LANGUAGE.search(cookie_header)
    return found[1] if found else ""


def visit_from_text(text: str) -> Visit | None:
    """Read what `Visit.as_text` wrote."""
    match = _KEY.fullmatch(text)
    return Visit(Kind(match[1]), match[2]) if match else None


def session_key(value: str) -> str:
    """Return the key under which a cookie's value is known in the portal."""
    return sha256(value.encode()).hexdigest()


def _mark(kind: Kind, secret: str) -> str:
    return keyed_digest("gate.cookie", f"{kind.value}{secret}")[:_MARK_LENGTH]


def _set_cookie(value: str, lifetime: int | None) -> str:
    parts = [f"{cookie_name()}={value}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if settings.is_https:
        parts.append("Secure")
    if lifetime is not None:
        parts.append(f"Max-Age={lifetime}")
    return "; ".join(parts)


def _lifetime(kind: Kind) -> int | None:
    """Return how long the browser keeps it, in seconds; None: until the browser is closed."""
    return settings.presession_hours * 3600 if kind is Kind.VISITOR else None


def _values(cookie_header: str) -> list[str]:
    pairs = (pair.strip().partition("=") for pair in cookie_header.split(";"))
    return [value for name, _, value in pairs if name == cookie_name()]
