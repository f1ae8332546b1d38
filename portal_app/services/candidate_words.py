"""How a candidate stands, in words still to be said: for the screen and for files alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from portal_app.errors import Text, Value
from portal_app.models import EnrolmentStatus, Result, StepKind, StepState
from portal_app.reading_dates import shown
from portal_app.services.candidate_filters import EXPIRES_SOON_DAYS
from portal_app.services.candidate_record import Try
from portal_app.services.candidates import CandidateRow

_STARTED_ALONE = frozenset({StepKind.SELF_TEST, StepKind.E_LEARNING, StepKind.REGISTRATION})
_TIPS_OF_TRIES = {
    Result.FAILED: "failed",
    Result.ABSENT: "absent",
}
_WAITED_FOR = frozenset({StepKind.CERTIFICATE, StepKind.ATTENDANCE})
_EXEMPT = Text("candidates.tip_exempt")  # made once: a page says these a hundred times
_IS_NEXT = Text("candidates.tip_is_next")
_LATER = Text("candidates.tip_later")


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done next, as a sentence; a resit stands out."""

    sentence: Text
    is_resit: bool = False


@cache  # the same few, in every row of every list
def step_name(kind: StepKind, name: str) -> Text | str:
    """Name a step: by its own name, or after its kind in the reader's language."""
    return name or Text(f"steps.kind_{kind.value}")


def next_step(row: CandidateRow, today: date) -> NextStep:
    """Say what a candidate is to do next."""
    if row.status is EnrolmentStatus.STOPPED:
        return NextStep(Text("candidates.next_stopped"))
    if row.status is EnrolmentStatus.EXPIRED and row.valid_until:
        return NextStep(Text("candidates.next_expired", {"date": shown(row.valid_until)}))
    if expires_soon(row.valid_until, today) and row.valid_until:
        return NextStep(Text("candidates.next_renew", {"date": shown(row.valid_until)}))
    if StepState.FAILED in row.states:
        at = row.states.index(StepState.FAILED)
        step = step_name(row.kinds[at], row.step_names[at])
        return NextStep(Text("candidates.next_resit", {"step": step}), is_resit=True)
    if row.next_position is None:
        return NextStep(_dated("done", row.done_on))
    return NextStep(_on_the_way(row, row.next_position))


def step_names(kinds: Sequence[StepKind], names: Sequence[str]) -> list[Text | str]:
    """Name the steps of a route, in order."""
    return [step_name(kind, name) for kind, name in zip(kinds, names, strict=True)]


def expires_soon(valid_until: date | None, today: date) -> bool:
    """Tell whether a certificate runs out within 90 days, today included."""
    return valid_until is not None and today <= valid_until <= today + timedelta(
        days=EXPIRES_SOON_DAYS
    )


def step_tip(row: CandidateRow, position: int, last: Try | None) -> Text | None:
    """Say when and where a step was, or will be, and what comes of it; None: nothing to add."""
    state = row.states[position]
    if state is StepState.IDLE:
        return _before(row, position)
    if state is StepState.BUSY:
        percent = last.percent if last else None
        return None if percent is None else Text("candidates.tip_percent", {"percent": percent})
    if state is StepState.EXEMPT:
        return _EXEMPT
    if state is StepState.EXPIRED:
        return _dated("expired", row.valid_until)
    key = _TIPS_OF_TRIES.get(last.result, "there") if last else "there"
    return _placed(key, last.on if last else None, last.place if last else "")


def _before(row: CandidateRow, position: int) -> Text | None:
    """Say what comes before a step that was not started."""
    at = row.next_position
    if at is None or position < at:
        return None
    return _IS_NEXT if position == at else _LATER


def _on_the_way(row: CandidateRow, position: int) -> Text:
    kind, state = row.kinds[position], row.states[position]
    step = step_name(kind, row.step_names[position])
    if state is StepState.BOOKED:
        return _dated("booked", row.next_on, place=row.next_place, step=step)
    if state is StepState.BUSY:
        if row.next_percent is None:
            return Text("candidates.next_busy", {"step": step})
        return Text("candidates.next_percent", {"step": step, "percent": row.next_percent})
    if kind is StepKind.PAYMENT:
        return Text("candidates.next_payment")
    if kind in _STARTED_ALONE:
        return Text("candidates.next_start", {"step": step})
    wait = kind in _WAITED_FOR
    return Text("candidates.next_wait" if wait else "candidates.next_plan", {"step": step})


@lru_cache(maxsize=4096)  # a day and a place of examination come back row after row
def _placed(key: str, on: date | None, place: str) -> Text:
    return _dated(key, on, place=place)


def _dated(key: str, on: date | None, *, place: str = "", **values: Value) -> Text:
    """Say the sentence with a date and a place, with a date, or with neither."""
    if on is None:
        return Text(f"candidates.when_{key}_unknown", values)
    if place:
        return Text(f"candidates.when_{key}_at", {**values, "date": shown(on), "place": place})
    return Text(f"candidates.when_{key}_on", {**values, "date": shown(on)})
