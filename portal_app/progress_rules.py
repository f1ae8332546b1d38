"""How attempts become step states, and step states the standing of an enrolment.

Pure rules, no database. The last attempt that was not superseded decides a step: a pass
after a fail is green, and the attempts stay (V-36).
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal_app.models.training import EnrolmentStatus, Result, StepKind, StepState

_STATE_OF = {
    Result.PLANNED: StepState.BOOKED,
    Result.BUSY: StepState.BUSY,
    Result.PASSED: StepState.PASSED,
    Result.FAILED: StepState.FAILED,
    Result.ABSENT: StepState.FAILED,
    Result.EXEMPT: StepState.EXEMPT,
}
_PACKED = tuple(StepState)
PACKED_BITS = 3
DONE_STATES = frozenset({StepState.PASSED, StepState.EXEMPT})


@dataclass(frozen=True, slots=True)
class Go:
    """One attempt at a step, as the rules need it."""

    number: int
    result: Result
    on: date | None = None
    place: str = ""
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How an enrolment stands, without the passing of time (see `expired`)."""

    states: tuple[StepState, ...]
    status: EnrolmentStatus
    next_position: int | None
    next_state: StepState | None
    next_go: Go | None
    done_on: date | None
    last_activity_on: date


def state_of(goes: Iterable[Go]) -> StepState:
    """Tell how a step stands after these attempts, in any order."""
    last = last_of(goes)
    return StepState.IDLE if last is None else _STATE_OF[last.result]


def last_of(goes: Iterable[Go]) -> Go | None:
    """Return the attempt that decides; None when there is none."""
    return max(goes, key=lambda go: go.number, default=None)


def standing(
    kinds: Sequence[StepKind],
    goes: Mapping[int, Sequence[Go]],
    *,
    registered_on: date,
    stopped: bool = False,
) -> Standing:
    """Tell how an enrolment stands; `goes` holds the attempts by step position from 0."""
    lasts = [last_of(goes.get(position, ())) for position in range(len(kinds))]
    states = tuple(StepState.IDLE if last is None else _STATE_OF[last.result] for last in lasts)
    open_positions = [at for at, state in enumerate(states) if state not in DONE_STATES]
    next_position = open_positions[0] if open_positions else None
    days = [go.on for one in goes.values() for go in one if go.on and go.result != Result.PLANNED]
    last_activity_on = max([registered_on, *days])
    if stopped:
        status = EnrolmentStatus.STOPPED
    elif next_position is None:
        status = EnrolmentStatus.DONE
    elif StepState.FAILED in states:
        status = EnrolmentStatus.RESIT
    elif states[next_position] is StepState.BOOKED:
        status = EnrolmentStatus.BOOKED
    else:
        status = EnrolmentStatus.STARTED
    return Standing(
        states=states,
        status=status,
        next_position=next_position,
        next_state=None if next_position is None else states[next_position],
        next_go=None if next_position is None else lasts[next_position],
        done_on=last_activity_on if status is EnrolmentStatus.DONE else None,
        last_activity_on=last_activity_on,
    )


def pack(states: Sequence[StepState]) -> int:
    """Pack step states in one number, three bits each, first step lowest."""
    return sum(_PACKED.index(state) << (PACKED_BITS * at) for at, state in enumerate(states))


def packed_state(state: StepState) -> int:
    """Return the number that stands for one state among the packed ones."""
    return _PACKED.index(state)


def unpack(packed: int, number: int) -> tuple[StepState, ...]:
    """Give back the `number` states that were packed."""
    return tuple(_PACKED[packed >> (PACKED_BITS * at) & 0b111] for at in range(number))


def expired(valid_until: date | None, today: date) -> bool:
    """Tell whether a certificate ran out: its last day of validity is before `today`."""
    return valid_until is not None and valid_until < today


def shown(
    states: tuple[StepState, ...], valid_until: date | None, today: date
) -> tuple[StepState, ...]:
    """Return the states as they are shown today: a certificate that ran out has expired."""
    if states and states[-1] is StepState.PASSED and expired(valid_until, today):
        return (*states[:-1], StepState.EXPIRED)
    return states


def months_after(day: date, months: int) -> date:
    """Count months from a day; a month that is too short ends on its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))
