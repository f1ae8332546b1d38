"""The Content-Security-Policy of every page, written from the pages themselves.

The build's pages carry a few inline scripts and styles. Each page's policy names exactly
those, by hash, so that nothing that finds its way into a page can run.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_STYLE_ATTRIBUTE = re.compile(r'\sstyle="([^"]*)"', re.IGNORECASE)

# The empty <style> that emotion, which Reflex brings along, opens to insert rules into.
_EMPTY = ""

NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""For what is no page: data, files, refusals."""

PLAIN_PAGE = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""For a page without script that a route makes."""

DEVELOPMENT = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self' ws: wss:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""For the development server only, whose hot reload evaluates code."""


class ContentPolicies:
    """The policy of every page of a build; without a build, that of the development server."""

    def __init__(self, build: Path | None) -> None:
        self.is_live = build is None  # pages come from the development server
        self._policies = _of_build(build) if build else {}

    def has_page(self, path: str) -> bool:
        """Return whether the build has a page at exactly this address, without a slash."""
        return f"{path}/index.html" in self._policies

    def for_page(self, path: str) -> str:
        """Return the policy of the page at `path`."""
        bare = path.rstrip("/")
        for address in (path, f"{bare}/index.html", f"{bare}.html", "/404.html"):
            if address in self._policies:
                return self._policies[address]
        return DEVELOPMENT if self.is_live else PLAIN_PAGE


def _of_build(build: Path) -> dict[str, str]:
    return {
        f"/{page.relative_to(build).as_posix()}": policy_of(page.read_text("utf-8"))
        for page in sorted(build.rglob("*.html"))
    }


def policy_of(html: str) -> str:
    """Write the policy of one page of the build."""
    scripts = _hashes(_SCRIPT.findall(html))
    styles = _hashes([_EMPTY, *_STYLE.findall(html)])
    attributes = _hashes(_STYLE_ATTRIBUTE.findall(html))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {scripts}".rstrip(),
            "style-src 'self'",
            f"style-src-elem 'self' {styles}",
            f"style-src-attr 'unsafe-hashes' {attributes}"
            if attributes
            else "style-src-attr 'none'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            *(["frame-src 'self'"] if "<iframe" in html else []),
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        )
    )


def hash_of(inline: str) -> str:
    """Return the source expression that allows exactly this inline script or style."""
    return f"'sha256-{b64encode(sha256(inline.encode()).digest()).decode()}'"


def _hashes(inlines: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(hash_of(inline) for inline in inlines))
