"""Who posts: the browser behind a request, as the gate found it."""

import re

from starlette.requests import Request

from portal_app.errors import NotSignedIn
from portal_app.gate.cookies import Kind, issue
from portal_app.gate.scopes import visit_of
from portal_app.unit_of_work import Browser

_BROWSERS = (
    ("Edge", re.compile(r"\bEdgA?/")),
    ("Opera", re.compile(r"\bOPR/")),
    ("Samsung Internet", re.compile(r"\bSamsungBrowser/")),
    ("Firefox", re.compile(r"\b(?:Firefox|FxiOS)/")),
    ("Chrome", re.compile(r"\b(?:Chrome|CriOS|HeadlessChrome)/")),
    ("Safari", re.compile(r"\bSafari/")),
)
_SYSTEMS = (
    ("iPhone", re.compile(r"\biPhone\b")),
    ("iPad", re.compile(r"\biPad\b")),
    ("Android", re.compile(r"\bAndroid\b")),
    ("Windows", re.compile(r"\bWindows\b")),
    ("macOS", re.compile(r"\bMacintosh\b")),
    ("Linux", re.compile(r"\bLinux\b")),
)


def browser_of(request: Request, organisation: int | None = None) -> Browser:
    """Return the caller behind a request.

    Raises:
        NotSignedIn: the request carries no cookie of ours, so nothing can be kept for it.
    """
    visit = visit_of(dict(request.scope))
    if visit is None:
        raise NotSignedIn
    return Browser(visit.key, organisation, device_of(request.headers.get("user-agent", "")))


def address_of(request: Request) -> str:
    """Return the network address of the browser, for limits."""
    return request.client.host if request.client else "unknown"


def new_session() -> tuple[str, str]:
    """Make a signed-in session: its key, and the value of Set-Cookie that carries it."""
    made = issue(Kind.SESSION)
    return made.visit.key, made.header


def device_of(user_agent: str) -> str:
    """Name a browser so that its owner knows it again: 'Chrome, Windows'; empty if unknown."""
    browser = next((name for name, sign in _BROWSERS if sign.search(user_agent)), "")
    system = next((name for name, sign in _SYSTEMS if sign.search(user_agent)), "")
    return ", ".join(part for part in (browser, system) if part)
