"""Addresses to return to: only pages of the portal itself."""

from urllib.parse import urlsplit

_LONGEST = 500


def inside_the_portal(address: str) -> str:
    """Return `address` when it is a path of this portal, else nothing.

    '//evil.example', 'javascript:' and backslashes are somebody else's.
    """
    if not address.startswith("/") or address.startswith(("//", "/\\")) or len(address) > _LONGEST:
        return ""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or "\\" in address or any(ord(one) < 0x20 for one in address):
        return ""
    return address
