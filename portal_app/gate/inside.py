"""The pages for people who are signed in: a stranger is led to the sign-in page, and back.

Pages carry nothing of anybody, so this protects nothing; it spares people a page that says
nothing to them, also where no script runs.
"""

import re
from collections.abc import Collection
from urllib.parse import quote

from portal_app.brand import brand
from portal_app.gate.answers import EXPIRED, sign_in_address
from portal_app.gate.scopes import Scope

_LANGUAGE = "lang="
_ANY_PART = re.compile(r"\\\[[^/]*?\\\]")


class Inside:
    """Knows which addresses are inside."""

    def __init__(self, addresses: Collection[str]) -> None:
        """`[name]` in an address stands for any one part."""
        patterns = (_ANY_PART.sub("[^/]+", re.escape(address)) for address in addresses)
        self._pattern = re.compile("|".join(patterns) or r"(?!)")

    def has(self, path: str) -> bool:
        """Tell whether a page is inside; a slash at its end makes no difference."""
        return self._pattern.fullmatch(path.rstrip("/") or "/") is not None

    def way_in(self, scope: Scope, *, had_session: bool) -> str:
        """Return the sign-in page that leads back to where this request was going."""
        path = quote(scope["path"].rstrip("/") or "/")
        asked: bytes = scope["query_string"]
        parts = asked.decode("latin-1").split("&")
        query = "&".join(part for part in parts if not part.startswith(_LANGUAGE))
        return sign_in_address(
            f"{path}?{query}" if query else path,
            reason=EXPIRED if had_session else "",
            language=_language_in(parts),
        )


def _language_in(parts: Collection[str]) -> str:
    """Return the language that an address asks for; it counts at once, and not once more later."""
    asked = (part.removeprefix(_LANGUAGE) for part in parts if part.startswith(_LANGUAGE))
    return next((language for language in asked if language in brand.languages), "")
