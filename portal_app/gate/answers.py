"""What a browser is told when the portal says no: one way for states, routes and accidents."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import reflex as rx
from reflex.event import EventSpec
from reflex_base.event.context import EventContext

from portal_app.errors import (
    FactorMissing,
    Invalid,
    NotAllowed,
    NotFound,
    NotProven,
    NotSignedIn,
    Text,
    TooMany,
)
from portal_app.gate import logs
from portal_app.gate.arguments import BadArguments

SIGN_IN = "/aanmelden"
PROVE = "/bevestigen"  # once more who one is
ADD_A_FACTOR = "/tweede-stap"
SIGNED_OUT = "afgemeld"
ELSEWHERE = "elders"
EXPIRED = "verlopen"
RENEWED = "vernieuwd"  # the same browser has another session now

_MINUTE = 60
_LONGEST_RETURN = 500
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
_log = logs.logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """A refusal as a page shows it: a sentence, mistakes by field, or another page to go to."""

    text: Text | None = None
    fields: Mapping[str, Text] = field(default_factory=dict[str, Text])
    go: str = ""


def answer_to(error: Exception, *, at: str = "/") -> Answer:
    """Return what to tell somebody who met `error` on the page `at`.

    An unforeseen error is noted, and the answer mentions its reference.
    """
    match error:
        case NotSignedIn() | NotProven():
            is_known = isinstance(error, NotProven)
            return Answer(go=way_to_prove(error, at) if is_known else sign_in_address(at))
        case Invalid():
            return Answer(text=Text("errors.heading"), fields=error.fields)
        case NotFound():
            return Answer(text=Text("errors.not_found"))
        case NotAllowed():
            return Answer(text=Text("errors.not_allowed"))
        case TooMany():
            return Answer(text=wait(error.retry_after_seconds))
        case _:
            return Answer(
                text=Text("errors.failed_reference", {"reference": logs.note_error(error)})
            )


def wait(seconds: int) -> Text:
    """Say how long to wait."""
    if seconds <= _MINUTE:
        return Text("errors.wait_seconds", {"n": seconds})
    return Text("errors.wait_minutes", {"n": -(-seconds // _MINUTE)})


def sign_in_address(back: str = "/", *, reason: str = "", language: str = "") -> str:
    """Return the address of the sign-in page, which leads back to a page of ours."""
    local = local_address(back)
    parts = [f"reden={reason}"] if reason else []
    if language:
        parts.append(f"lang={language}")
    if local != "/" and not local.startswith(SIGN_IN):
        parts.append(f"terug={quote(local, safe='')}")
    return f"{SIGN_IN}?{'&'.join(parts)}" if parts else SIGN_IN


def proof_address(back: str = "/") -> str:
    """Return the address where somebody proves who they are, which leads back to a page of ours."""
    local = local_address(back)
    return PROVE if local == "/" else f"{PROVE}?terug={quote(local, safe='')}"


def way_to_prove(error: NotProven, back: str) -> str:
    """Return where somebody goes who must prove who they are, and comes back from."""
    return ADD_A_FACTOR if isinstance(error, FactorMissing) else proof_address(back)


def local_address(address: str) -> str:
    """Return `address` when it is a page of ours, else the home page: never another site."""
    return address if len(address) <= _LONGEST_RETURN and _LOCAL.fullmatch(address) else "/"


def exception_handler(
    tell: Callable[[Text], EventSpec | None],
) -> Callable[[Exception], EventSpec | None]:
    """Make the app's `backend_exception_handler`.

    `tell` returns the event that shows a text on the page where the browser is; nothing is
    evaluated there, and no toast is sent.
    """

    def answer_exception(exception: Exception) -> EventSpec | None:
        if isinstance(exception, BadArguments):
            _log.warning("arguments refused: %s", exception)
            return None
        answer = answer_to(exception, at=_page())
        if answer.go:
            return rx.redirect(answer.go)
        return tell(answer.text) if answer.text else None

    return answer_exception


def note_frontend_error(exception: Exception) -> None:  # noqa: ARG001  # may quote the page
    """Note that a page met an error of its own: the app's `frontend_exception_handler`."""
    _log.warning("a page met an error in its script")


def _page() -> str:
    """Return the page from which the current event was sent, as the browser tells it."""
    try:
        router: dict[str, Any] = EventContext.get().router_data
    except LookupError:
        return "/"
    return str(router.get("asPath") or "/")
