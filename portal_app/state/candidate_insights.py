"""The figures above the overview, as charts whose parts set a filter."""

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


_LOOKS = {
    Standing.PASSED: "ok",
    Standing.FAILED: "bad",
    Standing.UNDER_WAY: "info",
    Standing.IDLE: "idle",
}
_SOON_MONTHS = EXPIRES_SOON_DAYS // 30


def bars(figures: Insights, asked: Asked) -> list[Bar]:
    """Draw a bar per step of the route that the figures are of."""
    return [_bar(step, asked, figures.route) for step in figures.steps]


def figures(of: Insights, asked: Asked) -> list[StepFiguresLine]:
    """Give the figures behind the bars, each with the address that shows its candidates."""
    return [
        StepFiguresLine(
            step_name(step.kind, step.name),
            [
                Figure(number, _standing_href(step, standing, asked, of.route) if number else "")
                for standing, number in _numbers(step).items()
            ],
        )
        for step in of.steps
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
    return {one.value: asked.cleared(aandacht=ATTENTION_WORDS[one]) for one in Attention}


def _bar(step: StepFigures, asked: Asked, route: str) -> Bar:
    name = step_name(step.kind, step.name)
    numbers = _numbers(step)
    total = sum(numbers.values())
    share = _share(step.passed, total)
    return Bar(
        name,
        f"{share}%",
        Text("candidates.bar", {"step": name, "percent": share}),
        [
            Segment(
                _LOOKS[standing],
                max(1, _share(number, total)),
                _standing_href(step, standing, asked, route),
                Text(
                    "candidates.segment",
                    {"n": number, "step": name, "standing": standing_text(standing)},
                ),
            )
            for standing, number in numbers.items()
            if number
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
    return asked.cleared(tab=route, stand=stand)


def _month(month: MonthFigure, highest: int, asked: Asked, *, soon: bool) -> Month:
    return Month(
        Text(f"candidates.month_{month.first_day.month}"),
        month.number,
        _share(month.number, highest),
        Text("candidates.expires_in", {"n": month.number, "month": month_text(month.first_day)}),
        soon=soon,
        href=asked.cleared(geldig=month_of(month.first_day)) if month.number else "",
    )


def _share(number: int, of: int) -> int:
    return round(100 * number / of) if of else 0
