"""What stands around the list: tabs, chips, choices and pages, each with its address."""

from collections.abc import Sequence
from typing import TypedDict

from portal_app.reading import PAGE_SIZES
from portal_app.services.candidate_address import (
    ALL,
    ATTENTION,
    FIELDS,
    KIND_WORDS,
    ORDER_WORDS,
    UNLINKED,
    Asked,
)
from portal_app.services.candidate_criteria import DATES, as_typed, criteria, organisation_name
from portal_app.services.candidate_filters import CandidateFilter
from portal_app.services.candidate_order import Order
from portal_app.services.candidate_page import Frame
from portal_app.services.candidate_words import step_name
from portal_app.services.candidates import RouteTab
from portal_app.services.organisations import OrganisationSight
from portal_app.state.candidate_insights import attention_links, bars, figures, months, standings
from portal_app.state.shapes import (
    Chip,
    Option,
    PageLink,
    SizeLink,
    TabLink,
    mistakes_of,
    page_links,
)

_OF_ONE_ROUTE = {"stap": "", "stand": ""}  # another tab may not have the step


def figures_and_choices(frame: Frame, asked: Asked) -> dict[str, object]:
    """Return, by name of the var, what stands around the list whatever filters are set."""
    known = frame.insights
    listed = (asked.in_tab(ALL) if asked.tab == UNLINKED else asked).without_filters()
    numbers = standings(known, listed)
    return {
        "route_name": known.route_name,
        "route_number": known.number,
        "bars": bars(known, numbers),
        "figures": figures(known, numbers),
        "months": months(known, listed),
        "attention": {one.value: number for one, number in known.attention.items()},
        "attention_links": attention_links(listed),
        "may_unlink": frame.may_unlink,
        "may_export": frame.may_export,
        "organisation_options": organisation_options(frame.choices),
        "organisations": [organisation_name(one) for one in frame.organisations],
        "code": ", ".join(one.code for one in frame.organisations if one.code),
    }


def filters_set(frame: Frame, asked: Asked) -> dict[str, object]:
    """Return, by name of the var, the tabs, filters and order that an address asks for."""
    return {
        "tab": frame.tab,
        "tabs": tab_links(frame, asked),
        **typed(asked),
        "mistakes": dict(asked.mistakes),
        "mistake_list": mistakes_of(asked.mistakes),
        "chips": chips(asked, frame.choices),
        "clear_href": asked.cleared(),
        "all_routes_href": asked.href(tab=ALL) if asked.filter.route else "",
        "step_options": step_options(frame.tabs, asked),
        "export_query": asked.query(),
        "sorted_by": ORDER_WORDS[asked.order],
        "descending": asked.descending,
    }


def typed(asked: Asked) -> dict[str, object]:
    """Return, by name of the var, what stands in the fields of the filter."""
    fields = {name: as_typed(name, asked.given.get(name, "")) for name in FIELDS}
    if asked.filter.expires:
        fields["geldig"] = ""
    return {"fields": fields, "unfolds": any(fields[name] for name in DATES)}


class PageArguments(TypedDict):
    """What `candidate_page.page` is asked."""

    wanted: CandidateFilter
    order: Order
    descending: bool
    page: int
    size: int


def page_of(asked: Asked) -> PageArguments:
    """Return the arguments with which the use case gives the page that an address asks for."""
    return {
        "wanted": asked.filter,
        "order": asked.order,
        "descending": asked.descending,
        "page": asked.page,
        "size": asked.size,
    }


def tab_links(frame: Frame, asked: Asked) -> list[TabLink]:
    """List the tabs: the routes, all of them, what asks for attention, what was unlinked."""
    tabs = [
        TabLink(
            asked.href(tab=tab.code, **_OF_ONE_ROUTE),
            tab.number,
            tab.code == asked.tab,
            label=tab.name,
        )
        for tab in frame.tabs
    ]
    others = (
        (ALL, sum(tab.number for tab in frame.tabs), asked.href(tab=ALL, **_OF_ONE_ROUTE)),
        (ATTENTION, frame.needing_attention, asked.href(tab=ATTENTION, **_OF_ONE_ROUTE)),
        (UNLINKED, frame.unlinked, asked.cleared(tab=UNLINKED, sortering="")),
    )
    return tabs + [
        TabLink(href, number, name == asked.tab, label_key=f"candidates.tab_{name}")
        for name, number, href in others
    ]


def chips(asked: Asked, organisations: Sequence[OrganisationSight]) -> list[Chip]:
    """List the filters that are set, each with the address without it."""
    return [
        Chip(label, value, asked.href(**{name: ""}))
        for name, label, value in criteria(asked, organisations)
    ]


def step_options(tabs: Sequence[RouteTab], asked: Asked) -> list[Option]:
    """List the steps to choose from: those of the tab, or of every route."""
    shown = [tab for tab in tabs if tab.code == asked.tab] or list(tabs)
    named = {
        kind: step_name(kind, name if len(shown) == 1 else "")
        for tab in shown
        for kind, name in zip(tab.kinds, tab.step_names, strict=True)
    }
    return [Option(KIND_WORDS[kind], name) for kind, name in named.items()]


def organisation_options(organisations: Sequence[OrganisationSight]) -> list[Option]:
    """List the organisations to choose from; with one there is no choice."""
    if len(organisations) <= 1:
        return []
    return [Option(str(one.id), organisation_name(one)) for one in organisations]


def pager(asked: Asked, pages: int) -> tuple[list[PageLink], str, str]:
    """Return the links to the pages, and the addresses of the ones before and after."""

    def href(number: int) -> str:
        return asked.href(pagina=str(number) if number > 1 else "")

    before = href(asked.page - 1) if asked.page > 1 else ""
    after = href(asked.page + 1) if asked.page < pages else ""
    return (page_links(asked.page, pages, href) if pages > 1 else [], before, after)


def size_links(asked: Asked) -> list[SizeLink]:
    """Return the links to the sizes of a page."""
    return [
        SizeLink(
            size,
            asked.href(aantal="" if size == PAGE_SIZES[0] else str(size)),
            size == asked.size,
        )
        for size in PAGE_SIZES
    ]
