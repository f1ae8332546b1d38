"""The build plugin that leaves out what Reflex brings along and no page of ours uses.

That is Emotion, which writes styles while a page runs (ours stand in style sheets, and the CSP
allows nothing else), and whole libraries kept in `window` for components that a server sends as
code, which the CSP forbids too. A quarter of the first load's own scripts goes with them, and
the long names of the module that would evaluate such code.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

import reflex as rx
from reflex.plugins import CommonContext, PreCompileContext
from reflex.utils.prerequisites import get_web_dir
from reflex_base.plugins.base import PostBuildContext

_ELEMENTS = Path("utils/elements.js")
_REACTS_OWN = 'export { createElement as jsx } from "react";\n'
_ALIASES = "    alias: [\n"
_IN_PLACE_OF_EMOTION = f"""\
      {{
        find: "@emotion/react",
        replacement: fileURLToPath(new URL("./{_ELEMENTS}", import.meta.url)),
      }},
"""
_NAMESPACE = re.compile(r"^import \* as \w+ from .+;\n", re.MULTILINE)
_KEPT_IN_WINDOW = re.compile(r"window\.__reflex = \{[^}]*\};")
_EVALUATED = re.compile(r"\beval\(")
_EVALUATED_APART = "(0, eval)("
_STYLED = re.compile(r"\bcss:")


class UnusedPartsPlugin(rx.plugins.Plugin):
    """Makes elements with React alone, and keeps no library for code that never comes."""

    def get_static_assets(
        self, **_context: Unpack[CommonContext]
    ) -> Sequence[tuple[Path, str | bytes]]:
        """Return what stands in the place of Emotion."""
        return [(_ELEMENTS, _REACTS_OWN)]

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Put that in its place, and have the root of all pages keep no library."""
        context["add_modify_task"]("vite.config.js", without_emotion)
        context["add_modify_task"]("app/root.jsx", without_kept_libraries)
        context["add_modify_task"]("utils/state.js", without_long_names)

    def post_build(self, **_context: Unpack[PostBuildContext]) -> None:
        """Look whether an element asks for a style, which would be silently lost.

        Raises:
            RuntimeError: one does.
        """
        styled = [
            file.name
            for room in ("app", "app_components", "utils")
            for file in sorted((get_web_dir() / room).rglob("*.jsx"))
            if _STYLED.search(file.read_text(encoding="utf-8"))
        ]
        if styled:
            message = (
                f"An element in {', '.join(styled)} has a style of its own:"
                " give it a class, or the attribute in `custom_attrs`."
            )
            raise RuntimeError(message)


def without_emotion(config: str) -> str:
    """Have Vite take React's elements for Emotion's; stop when its settings look different."""
    if config.count(_ALIASES) != 1:
        message = "Reflex's vite.config.js lists its aliases elsewhere now: look again"
        raise RuntimeError(message)
    return config.replace(_ALIASES, _ALIASES + _IN_PLACE_OF_EMOTION)


def without_kept_libraries(root: str) -> str:
    """Take the libraries kept in `window` out of the root; stop when it looks different."""
    root, kept = _KEPT_IN_WINDOW.subn("window.__reflex = {};", root)
    root, imported = _NAMESPACE.subn("", root)
    if not kept or not imported:
        message = "Reflex's root.jsx keeps libraries elsewhere now: look again"
        raise RuntimeError(message)
    return root


def without_long_names(state: str) -> str:
    """Have state.js evaluate code apart; stop when it evaluates none.

    Code that is evaluated within a module could say any name of it, so a build that finds such
    a place shortens none.
    """
    if _EVALUATED_APART in state:
        return state
    state, evaluated = _EVALUATED.subn(_EVALUATED_APART, state)
    if not evaluated:
        message = "Reflex's state.js evaluates no code any more: look again"
        raise RuntimeError(message)
    return state
