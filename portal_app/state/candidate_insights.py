"""The figures above the overview, as charts whose parts set a filter.

Every `asked` here is one without filters: what is chosen in a chart replaces them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from portal_app.errors import Text
from portal_app.services.candidate_address import (
    ATTENTION_WORDS,
    KIND_WORDS,
    STANDING_WORDS,
    Asked,
    month_of,
)
from portal_app.services.candidate_criteria import month_text, standing_text
from portal_app.services.candidate_filters import EXPIRES_SOON_DAYS, Attention, Standing
from portal_app.services.candidate_words import step_name
from portal_app.services.insights import Insights, MonthFigure, StepFigures
from portal_app.state.shapes import Bar, Month, Segment


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of candidates, and the address that shows them; none: no address."""

    number: int
    href: str


@dataclass(frozen=True, slots=True)
class StepFiguresLine:
    """How many candidates stand where at one step, in the order of the legend."""

    step: Text | str
    figures: list[Figure]


Standings = dict[Standing, Figure]

_LOOKS = {
    Standing.PASSED: "ok",
    Standing.FAILED: "bad",
    Standing.UNDER_WAY: "info",
    Standing.IDLE: "idle",
}
_NOBODY = Figure(0, "")
_SOON_MONTHS = EXPIRES_SOON_DAYS // 30


def standings(of: Insights, asked: Asked) -> list[Standings]:
    """Give the numbers of each step of the route that the figures are of, with their addresses."""
    return [
        {
            standing: Figure(number, _standing_href(step, standing, asked, of.route))
            for standing, number in _numbers(step).items()
        }
        for step in of.steps
    ]


def bars(of: Insights, numbers: Sequence[Standings]) -> list[Bar]:
    """Draw a bar per step."""
    return [_bar(step, standing) for step, standing in zip(of.steps, numbers, strict=True)]


def figures(of: Insights, numbers: Sequence[Standings]) -> list[StepFiguresLine]:
    """Give the figures behind the bars; a number of nobody leads nowhere."""
    return [
        StepFiguresLine(
            step_name(step.kind, step.name),
            [one if one.number else _NOBODY for one in standing.values()],
        )
        for step, standing in zip(of.steps, numbers, strict=True)
    ]


def months(figures: Insights, asked: Asked) -> list[Month]:
    """Draw a column per month; those of the next 90 days stand out."""
    highest = max((month.number for month in figures.months), default=0) or 1
    return [
        _month(month, highest, asked, soon=at < _SOON_MONTHS)
        for at, month in enumerate(figures.months)
    ]


def attention_links(asked: Asked) -> dict[str, str]:
    """Return the address that shows the candidates of each kind of attention."""
    return {one.value: asked.href(aandacht=ATTENTION_WORDS[one]) for one in Attention}


def _bar(step: StepFigures, numbers: Standings) -> Bar:
    name = step_name(step.kind, step.name)
    total = sum(one.number for one in numbers.values())
    share = _share(step.passed, total)
    return Bar(
        name,
        f"{share}%",
        Text("candidates.bar", {"step": name, "percent": share}),
        [
            Segment(
                _LOOKS[standing],
                max(1, _share(one.number, total)),
                one.href,
                Text(
                    "candidates.segment",
                    {"n": one.number, "step": name, "standing": standing_text(standing)},
                ),
            )
            for standing, one in numbers.items()
            if one.number
        ],
    )


def _numbers(step: StepFigures) -> dict[Standing, int]:
    return {
        Standing.PASSED: step.passed,
        Standing.FAILED: step.failed,
        Standing.UNDER_WAY: step.under_way,
        Standing.IDLE: step.idle,
    }


def _standing_href(step: StepFigures, standing: Standing, asked: Asked, route: str) -> str:
    stand = f"{KIND_WORDS[step.kind]}.{STANDING_WORDS[standing]}"
    return asked.href(tab=route, stand=stand)


def _month(month: MonthFigure, highest: int, asked: Asked, *, soon: bool) -> Month:
    return Month(
        Text(f"candidates.month_{month.first_day.month}"),
        month.number,
        _share(month.number, highest),
        Text("candidates.expires_in", {"n": month.number, "month": month_text(month.first_day)}),
        soon=soon,
        href=asked.href(geldig=month_of(month.first_day)) if month.number else "",
    )


def _share(number: int, of: int) -> int:
    return round(100 * number / of) if of else 0
