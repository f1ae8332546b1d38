"""The address of the overview: everything that was asked stands in it, and is read here.

Refresh, back and a mailed link give the same list, and the download gives the same rows.
What makes no sense is left out; what somebody typed wrongly is kept, and explained.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeVar
from urllib.parse import urlencode

from portal_app.errors import Text
from portal_app.models import EnrolmentStatus, StepKind
from portal_app.reading import PAGE_SIZES, Reading, read_page_number, read_page_size
from portal_app.services.candidate_filters import Attention, CandidateFilter, Standing
from portal_app.services.candidate_order import Order

PATH: Final = "/overzicht"
ALL, ATTENTION, UNLINKED = OVER_ROUTES = ("all", "aandacht", "ontkoppeld")
"""The tabs beside those of the routes, whose names are the codes of the routes."""

STATUS_WORDS = {
    EnrolmentStatus.STARTED: "lopend",
    EnrolmentStatus.BOOKED: "ingepland",
    EnrolmentStatus.RESIT: "herkansing",
    EnrolmentStatus.DONE: "afgerond",
    EnrolmentStatus.EXPIRED: "verlopen",
    EnrolmentStatus.STOPPED: "gestopt",
}
KIND_WORDS = {
    StepKind.REGISTRATION: "aanmelding",
    StepKind.PAYMENT: "betaling",
    StepKind.SELF_TEST: "zelftest",
    StepKind.E_LEARNING: "e-learning",
    StepKind.THEORY_TEST: "theorietoets",
    StepKind.PRACTICAL_EXAM: "praktijkexamen",
    StepKind.PORTFOLIO: "portfolio",
    StepKind.ASSESSMENT: "assessment",
    StepKind.ATTENDANCE: "aanwezigheid",
    StepKind.CERTIFICATE: "certificaat",
}
STANDING_WORDS = {
    Standing.PASSED: "behaald",
    Standing.FAILED: "herkansing",
    Standing.UNDER_WAY: "onderweg",
    Standing.IDLE: "niet-gestart",
}
ATTENTION_WORDS = {
    Attention.RESIT: "herkansing",
    Attention.EXPIRES: "verloopt",
    Attention.EXAM: "toets",
    Attention.STALLED: "stil",
}
ORDER_WORDS = {
    Order.NAME: "naam",
    Order.VALID_UNTIL: "geldig",
    Order.REGISTERED: "aangemeld",
    Order.ACTIVITY: "activiteit",
}

FIELDS = ("trefwoorden", "status", "stap", "organisatie", "van", "tot", "geldig")
"""The filters that the form holds, in its order."""
FILTERS = (*FIELDS, "stand", "aandacht")
_PARTS = ("tab", *FILTERS, "sortering", "pagina", "aantal", "org")
_LONGEST = 120
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_NUMBER = re.compile(r"[1-9]\d{0,8}")

Member = TypeVar("Member", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `given` holds its parts that make sense, as they stand in it."""

    given: Mapping[str, str]
    filter: CandidateFilter
    order: Order = Order.NAME
    descending: bool = False
    page: int = 1
    size: int = PAGE_SIZES[0]
    mistakes: Mapping[str, Text] = field(default_factory=dict[str, Text])

    @property
    def tab(self) -> str:
        """The tab that is asked for; nothing when the address names none."""
        return self.given.get("tab", "")

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list within its tab."""
        return any(name in self.given for name in FILTERS)

    def in_tab(self, tab: str) -> "Asked":
        """Return the same in another tab, by its name in the address."""
        return replace(
            self,
            given={**self.given, "tab": tab},
            filter=replace(self.filter, route=_route_of(tab), needs_attention=tab == ATTENTION),
        )

    def on_page(self, page: int) -> "Asked":
        """Return the same on another page."""
        return replace(self, page=page)

    def query(self, **changes: str) -> str:
        """Return the query of this address with changes; an empty one takes a part off.

        Whatever changes, the list starts again at its first page.
        """
        parts = {**self.given, "pagina": "", **changes}
        return "&".join(_part(name, parts[name]) for name in _PARTS if parts.get(name))

    def href(self, **changes: str) -> str:
        """Return the address of the overview with changes."""
        query = self.query(**changes)
        return f"{PATH}?{query}" if query else PATH

    def cleared(self, **changes: str) -> str:
        """Return the address of the overview without filters."""
        return self.without_filters().href(**changes)

    def without_filters(self) -> "Asked":
        """Return the same tab, order and size without filters."""
        kept = {name: value for name, value in self.given.items() if name not in FILTERS}
        return replace(self, given=kept, filter=CandidateFilter(route=self.filter.route))


@lru_cache(maxsize=2000)  # a page holds a hundred addresses, made of the same few parts
def _part(name: str, value: str) -> str:
    return urlencode({name: value})


def read_address(query: Mapping[str, str], *, today: date) -> Asked:
    """Read what the address of the overview asks for."""
    asked = {name: query.get(name, "")[:_LONGEST].strip() for name in _PARTS}
    reading = Reading(asked)
    since, until = reading.period("van", "tot", label="candidates.registered_to")
    month = _month(asked["geldig"])
    before = None if month else reading.optional_day("geldig")
    order, descending = _order(asked["sortering"])
    wrong, tab = reading.mistakes, asked["tab"]
    wanted = CandidateFilter(
        words=asked["trefwoorden"],
        route=_route_of(tab),
        status=_member(STATUS_WORDS, asked["status"]),
        step=_member(KIND_WORDS, asked["stap"]),
        stands=_stands(asked["stand"]),
        organisation_id=_number(asked["organisatie"]),
        registered_from=since,
        registered_to=None if "tot" in wrong else until,
        valid_before=before,
        expires=(max(month[0], today), month[1]) if month else None,
        attention=_member(ATTENTION_WORDS, asked["aandacht"]),
        needs_attention=tab == ATTENTION,
    )
    size, page = read_page_size(asked["aantal"]), read_page_number(asked["pagina"])
    makes_sense = {
        "tab": tab,
        "trefwoorden": asked["trefwoorden"],
        "status": asked["status"] if wanted.status else "",
        "stap": asked["stap"] if wanted.step else "",
        "stand": asked["stand"] if wanted.stands else "",
        "organisatie": asked["organisatie"] if wanted.organisation_id else "",
        "van": _written(since, asked["van"]),
        "tot": _written(until, asked["tot"]),
        "geldig": asked["geldig"] if month else _written(before, asked["geldig"]),
        "aandacht": asked["aandacht"] if wanted.attention else "",
        "sortering": _order_word(order, descending=descending),
        "pagina": str(page) if page > 1 else "",
        "aantal": str(size) if size != PAGE_SIZES[0] else "",
        "org": asked["org"] if _number(asked["org"]) else "",
    }
    return Asked(
        {name: value for name, value in makes_sense.items() if value},
        wanted,
        order,
        descending,
        page,
        size,
        wrong,
    )


def month_of(first_day: date) -> str:
    """Write a month as the address has it: 2026-12."""
    return f"{first_day:%Y-%m}"


def first_of_month(geldig: str) -> date | None:
    """Return the first day of the month that the address names, if it names one."""
    month = _month(geldig)
    return month[0] if month else None


def sorted_otherwise(asked: Asked, by: Order) -> str:
    """Return the address of the same list sorted by a column, or by it the other way round."""
    turned = by is asked.order and not asked.descending
    return asked.href(sortering=_order_word(by, descending=turned))


def _route_of(tab: str) -> str:
    return "" if tab in OVER_ROUTES else tab


def _order(typed: str) -> tuple[Order, bool]:
    order = _member(ORDER_WORDS, typed.removeprefix("-"))
    return (order, typed.startswith("-")) if order else (Order.NAME, False)


def _order_word(order: Order, *, descending: bool) -> str:
    if order is Order.NAME and not descending:
        return ""
    return f"-{ORDER_WORDS[order]}" if descending else ORDER_WORDS[order]


def _stands(typed: str) -> tuple[StepKind, Standing] | None:
    kind, _, standing = typed.partition(".")
    step, how = _member(KIND_WORDS, kind), _member(STANDING_WORDS, standing)
    return (step, how) if step and how else None


def _member(words: Mapping[Member, str], typed: str) -> Member | None:
    return next((member for member, word in words.items() if word == typed), None)


def _month(typed: str) -> tuple[date, date] | None:
    """Return the first day of a month and of the one after."""
    found = _MONTH.fullmatch(typed)
    if not found or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) < 2200:  # noqa: PLR2004
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)


def _number(typed: str) -> int | None:
    return int(typed) if _NUMBER.fullmatch(typed) else None


def _written(day: date | None, typed: str) -> str:
    """Write a day as the address has it; what cannot be read stays as it was typed."""
    return day.isoformat() if day else typed
