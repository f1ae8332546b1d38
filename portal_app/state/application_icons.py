"""With which step icon the history of an application is drawn."""

from collections.abc import Sequence

from portal_app.applications import ApplicationState

_NOW = {
    ApplicationState.DONE: "passed",
    ApplicationState.REFUSED: "failed",
    ApplicationState.WITHDRAWN: "idle",
    ApplicationState.WAITING: "booked",
    ApplicationState.APPROVED: "booked",
}


def icons_of(states: Sequence[ApplicationState]) -> list[str]:
    """Return an icon for each state it went through, the first one first: but the last are over."""
    now = [_NOW.get(state, "busy") for state in states[-1:]]
    return ["passed"] * (len(states) - 1) + now
