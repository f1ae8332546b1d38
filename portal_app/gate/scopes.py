"""What the gate reads from a request, and what it tells those behind it."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv6Address, IPv6Network
from typing import Any
from urllib.parse import urlsplit

from portal_app.gate.cookies import Visit
from portal_app.settings import settings

Scope = dict[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_VISIT = "portal.visit"
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))


@dataclass(frozen=True, slots=True)
class Request:
    """The parts of a request on which the gate decides."""

    host: str
    origin: str
    fetch_site: str
    accept: str
    content_length: str
    cookie: str
    address: str

    @property
    def is_from_our_pages(self) -> bool:
        """Whether a page of the portal itself sent this, by the browser's own word."""
        return self.origin == settings.origin and self.fetch_site in ("", "same-origin")

    @property
    def wants_page(self) -> bool:
        """Whether somebody opens a page."""
        return "text/html" in self.accept


def request_of(scope: Scope) -> Request:
    """Read the request of an ASGI scope."""
    named: dict[bytes, str] = {}
    for name, value in scope["headers"]:
        text = value.decode("latin-1")
        separator = "; " if name == b"cookie" else ", "
        named[name] = f"{named[name]}{separator}{text}" if name in named else text
    return Request(
        host=named.get(b"host", "").lower(),
        origin=named.get(b"origin", ""),
        fetch_site=named.get(b"sec-fetch-site", ""),
        accept=named.get(b"accept", ""),
        content_length=named.get(b"content-length", ""),
        cookie=named.get(b"cookie", ""),
        address=_address(scope, named.get(b"x-forwarded-for", "")),
    )


def is_ours(host: str) -> bool:
    """Tell whether a Host header is exactly the base address's."""
    return host == urlsplit(settings.origin).netloc


def is_loopback_alias(host: str) -> bool:
    """Tell whether a Host header names this machine by another name than the base address."""
    return urlsplit(f"//{host}").hostname in _LOOPBACK


def tell(scope: Scope, visit: Visit | None) -> Scope:
    """Return the scope with the visit in it, for `visit_of`."""
    return {**scope, _VISIT: visit}


def visit_of(scope: Scope) -> Visit | None:
    """Return whose browser a request comes from, as the gate found.

    For routes: `visit_of(request.scope)`.
    """
    return scope.get(_VISIT)


def _address(scope: Scope, forwarded: str) -> str:
    """Return where the request comes from, past exactly as many proxies as are ours."""
    hops = settings.trusted_proxies
    passed = [part.strip() for part in forwarded.split(",") if part.strip()]
    if hops and len(passed) >= hops:
        return _network(passed[-hops])
    client: Iterable[Any] | None = scope.get("client")
    return _network(str(next(iter(client)))) if client else "unknown"


def _network(address: str) -> str:
    """Return an address as it is counted: of IPv6 the /64, in which anyone has 2^64 of them."""
    try:
        whole = IPv6Address(address.partition("%")[0])
    except AddressValueError:
        return address
    if whole.ipv4_mapped:
        return str(whole.ipv4_mapped)
    if whole.is_loopback:
        return str(whole)
    return str(IPv6Network((int(whole), 64), strict=False).network_address)
