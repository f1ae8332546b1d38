"""Forms that post themselves to a route: what they were refused, in place.

Passwords and codes never travel over the event socket. The module posts with fetch and
shows the answer; without it the browser posts the form natively to the same address.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import reflex as rx
from reflex.event import no_args_event_spec
from reflex.plugins import Plugin
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

from portal_app.state.shapes import Mistake

_RUNTIME = "$/utils/posted_forms"
_HERE = Path(__file__).parent
_MODULES = ("posted_forms.js", "kept_forms.js", "password_rules.js")


Line = TypeVar("Line")


class PostedFormsPlugin(Plugin):
    """Put the modules in the build."""

    def get_static_assets(self, **_context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """Return the modules with their places in the build."""
        return [
            (Path("utils") / name, (_HERE / name).read_text(encoding="utf-8")) for name in _MODULES
        ]


class _Form(rx.Component):
    library = _RUNTIME
    tag = "PostedForm"

    name: rx.Var[str]
    action: rx.Var[str]
    summary: rx.Var[str]
    draft_action: rx.Var[str]
    values: rx.Var[dict[str, str]]
    ready: rx.Var[bool]
    on_answered: rx.EventHandler[no_args_event_spec]


class PostedForm:
    """One form by name, and what the server last said of it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._variable = f"posted_{name}"
        self._data = VarData(
            imports={_RUNTIME: [ImportVar(tag="usePostedForm")]},
            hooks={f'const {self._variable} = usePostedForm("{name}")': None},
        )

    def __call__(
        self,
        *children: rx.Component,
        action: str,
        summary: str,
        draft_action: str = "",
        values: rx.Var[dict[str, str]] | None = None,
        **props: Any,
    ) -> rx.Component:
        """Build the form.

        `summary` is the id of the summary of mistakes, which gets the focus when something
        is refused. With `draft_action` all but secrets is kept there while it is typed;
        `values` fills what was kept; what is submitted before that has arrived waits for it.
        `on_answered` is an event for when the server agreed
        or refused without sending the person elsewhere.
        """
        if values is not None:
            props["values"] = values
            props["ready"] = rx.Var.create(rx.State.is_hydrated)
        if draft_action:
            props["draft_action"] = draft_action
        return _Form.create(*children, name=self.name, action=action, summary=summary, **props)

    @property
    def summary(self) -> str:
        """The id of its summary of mistakes, on a page with several forms."""
        return f"{self.name}-mistakes"

    @property
    def mistakes(self) -> rx.Var[list[Mistake]]:
        """All that was refused, for the summary."""
        return self._read("mistakes", list[Mistake])

    @property
    def is_refused(self) -> rx.Var[bool]:
        """Whether anything was refused, for the title of the page."""
        return self._read("mistakes.length > 0", bool)

    @property
    def is_busy(self) -> rx.Var[bool]:
        """Whether an answer is on its way."""
        return self._read("busy", bool)

    def mistake_of(self, field: str) -> rx.Var[dict[str, Any]]:
        """Return the text that refuses `field`, for `told`; null while there is none."""
        return self._read(f'mistakeOf("{field}")', dict[str, Any])

    def was_refused(self, field: str, key: str) -> rx.Var[bool]:
        """Tell whether `field` was refused with exactly this sentence."""
        return self._read(f'mistakeOf("{field}")?.key === "{key}"', bool)

    def answer(self, entry: str) -> rx.Var[str]:
        """Return one value of the last answer."""
        return self._read(f"answer.{entry}", str)

    def lines(self, entry: str, kind: type[Line]) -> rx.Var[list[Line]]:
        """Return a list of the last answer; none is empty."""
        return self._read(f"answer.{entry} ?? []", list[kind])

    def _read(self, what: str, kind: type) -> rx.Var:
        return rx.Var(f"({self._variable}.{what})", _var_type=kind, _var_data=self._data)
