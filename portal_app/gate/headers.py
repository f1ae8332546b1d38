"""The headers that the gate lets in, and those it gives every answer."""

from collections.abc import Iterable

from portal_app.gate.content_policy import NOTHING, PLAIN_PAGE, ContentPolicies
from portal_app.settings import settings

Header = tuple[bytes, bytes]

# What Reflex hears of a socket it echoes to the page and stores with the state.
_FOR_SOCKETS = frozenset(
    b"host origin user-agent accept-language connection upgrade sec-websocket-protocol".split()
)
_FOR_ROUTES = frozenset(
    b"host origin user-agent accept accept-language accept-encoding content-type content-length "
    b"if-none-match if-modified-since range if-range sec-fetch-site sec-fetch-mode "
    b"sec-fetch-dest".split()
)
_CONDITIONS = (b"if-none-match", b"if-modified-since")
_REPLACED = frozenset(b"server x-powered-by".split())

_IMMUTABLE = b"public, max-age=31536000, immutable"
_ASK_AGAIN = b"no-cache"
_NEVER_KEEP = b"no-store"

_PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope",
        "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
        "xr-spatial-tracking",
    )
)  # fmt: skip


def let_in_to_socket(headers: Iterable[Header]) -> list[Header]:
    """Keep the headers of a handshake that Reflex may hear."""
    return [(name, value) for name, value in headers if name in _FOR_SOCKETS]


def let_in_to_routes(headers: Iterable[Header], *, is_page: bool, cookie: str) -> list[Header]:
    """Keep the headers of a request that routes may hear; a page is always sent anew."""
    kept = [
        (name, value)
        for name, value in headers
        if name in _FOR_ROUTES and not (is_page and name in _CONDITIONS)
    ]
    return [*kept, (b"cookie", cookie.encode())] if cookie else kept


def dress(
    headers: Iterable[Header], *, path: str, status: int, policies: ContentPolicies
) -> list[Header]:
    """Give an answer its security and cache headers.

    A route may set a policy of its own for its page, and say how long its file may be kept.
    """
    kept = [(name.lower(), value) for name, value in headers if name.lower() not in _REPLACED]
    own = dict(kept)
    is_html = own.get(b"content-type", b"").startswith(b"text/html")
    added = dict(_ALWAYS)
    added[b"cache-control"] = _cache_control(path, status, own, is_html=is_html)
    added[b"content-security-policy"] = own.get(
        b"content-security-policy", _policy(path, own, policies, is_html=is_html).encode()
    )
    return [(name, value) for name, value in kept if name not in added] + list(added.items())


def _always() -> dict[bytes, bytes]:
    fixed = {
        b"x-content-type-options": b"nosniff",
        b"referrer-policy": b"same-origin",
        b"cross-origin-opener-policy": b"same-origin",
        b"cross-origin-resource-policy": b"same-origin",
        b"x-frame-options": b"DENY",
        b"permissions-policy": _PERMISSIONS.encode(),
        b"server": b"portal",  # or the server names itself, with its make
    }
    if settings.is_https:
        subdomains = "; includeSubDomains" if settings.hsts_subdomains else ""
        preload = "; preload" if settings.hsts_preload else ""
        fixed[b"strict-transport-security"] = f"max-age=63072000{subdomains}{preload}".encode()
    return fixed


_ALWAYS = _always()


def _policy(path: str, own: dict[bytes, bytes], policies: ContentPolicies, *, is_html: bool) -> str:
    if not is_html:
        return NOTHING
    is_of_the_build = b"etag" in own and b"last-modified" in own
    return policies.for_page(path) if is_of_the_build or policies.is_live else PLAIN_PAGE


def _cache_control(path: str, status: int, own: dict[bytes, bytes], *, is_html: bool) -> bytes:
    if is_html or status not in (200, 206, 304):
        return _NEVER_KEEP
    if path.startswith("/assets/"):
        # The environment of the build is the one file that keeps its name.
        return _ASK_AGAIN if path.startswith("/assets/reflex-env-") else _IMMUTABLE
    if b"cache-control" in own:
        return own[b"cache-control"]
    return _ASK_AGAIN if b"etag" in own else _NEVER_KEEP
