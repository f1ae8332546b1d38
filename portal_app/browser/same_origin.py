"""The build plugin that frees the pages from the address they were built for."""

import re
from pathlib import Path
from typing import Unpack

import reflex as rx
from reflex_base.plugins.base import PostBuildContext

# Not an address: `.invalid` never resolves. It marks the places to rewrite in the build.
_MARK = "any-origin.invalid"
ANY_ORIGIN = f"http://{_MARK}"

_ADDRESS = re.compile(
    rf"""(?P<quote>["'`])(?P<scheme>http|ws)://{re.escape(_MARK)}(?P<path>[^"'`]*)(?P=quote)"""
)
_ORIGIN_NOW = {"http": "location.origin", "ws": "location.origin.replace(/^http/,'ws')"}


def _from_here(address: re.Match[str]) -> str:
    quote = address["quote"]
    return f"({_ORIGIN_NOW[address['scheme']]}+{quote}{address['path']}{quote})"


class SameOriginPlugin(rx.plugins.Plugin):
    """Makes the built pages talk to the origin that served them, whichever that is."""

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Rewrite every address of the build to the origin of the page.

        Runs before the compressed copies are made.

        Raises:
            RuntimeError: the build does not look as Reflex 0.10 made it.
        """
        static: Path = context["static_dir"]
        rewritten = sum(_rewrite(script) for script in sorted(static.rglob("*.js")))
        if not rewritten:
            message = "No address found in the build: Reflex writes it elsewhere now."
            raise RuntimeError(message)
        left = [
            page.name
            for page in static.rglob("*")
            if page.is_file() and _MARK.encode() in page.read_bytes()
        ]
        if left:
            message = f"These files of the build still name an address: {', '.join(left)}."
            raise RuntimeError(message)


def _rewrite(script: Path) -> int:
    text, count = _ADDRESS.subn(_from_here, script.read_text(encoding="utf-8"))
    if count:
        script.write_text(text, encoding="utf-8")
    return count
