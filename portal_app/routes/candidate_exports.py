"""'Downloaden filterselectie (Excel)', and the same as CSV (V-20, V-24)."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from portal_app import clock
from portal_app.adapters.spreadsheets import Column, ColumnKind, Row, Sheet
from portal_app.database import in_thread
from portal_app.errors import Text
from portal_app.languages import say
from portal_app.routes.answers import reader_locale
from portal_app.routes.callers import browser_of
from portal_app.routes.downloads import Colophon, csv_file, downloaded, organisation_of, workbook
from portal_app.routes.export_progress import counted, ticket_of
from portal_app.services import candidate_exports
from portal_app.services.candidate_address import Asked, read_address
from portal_app.services.candidate_criteria import criteria
from portal_app.services.candidate_exports import ExportBegun, Step
from portal_app.services.candidate_words import step_name
from portal_app.services.links import AT_MOST
from portal_app.unit_of_work import Browser, run, run_through

_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_NOBODY = 0
_BEFORE_STEPS = (
    ("candidate", ColumnKind.TEXT, 30),
    ("email", ColumnKind.TEXT, 36),
    ("reference", ColumnKind.TEXT, 18),
    ("organisation", ColumnKind.TEXT, 30),
    ("route", ColumnKind.TEXT, 26),
    ("status", ColumnKind.TEXT, 18),
)
_AFTER_STEPS = (
    ("next_step", ColumnKind.TEXT, 24),
    ("next_on", ColumnKind.DATE, 14),
    ("place", ColumnKind.TEXT, 18),
    ("registered_on", ColumnKind.DATE, 14),
    ("last_activity", ColumnKind.DATE, 16),
    ("done_on", ColumnKind.DATE, 14),
    ("valid_until", ColumnKind.DATE, 14),
)


async def _excel(request: Request) -> Response:
    caller, asked, begun = await _begin(request, "xlsx")
    locale = reader_locale(request)
    colophon = Colophon(begun.made_by, begun.made_at, begun.number, _criteria(asked, begun, locale))
    sheet = _sheet(caller, asked, begun, locale, ticket=ticket_of(request))
    return workbook(_name(begun), sheet, colophon, locale)


async def _csv(request: Request) -> Response:
    caller, asked, begun = await _begin(request, "csv")
    sheet = _sheet(caller, asked, begun, reader_locale(request), ticket=ticket_of(request))
    return csv_file(_name(begun), sheet)


async def _begin(request: Request, kind: str) -> tuple[Browser, Asked, ExportBegun]:
    caller = browser_of(request, organisation_of(request))
    asked = read_address(request.query_params, today=clock.today())
    asked = replace(asked, filter=replace(asked.filter, link_ids=_selected(request)))
    begun = await in_thread(
        run, candidate_exports.begin, caller, wanted=asked.filter, query=asked.query(), file=kind
    )
    return caller, asked, begun


def _sheet(caller: Browser, asked: Asked, begun: ExportBegun, locale: str, *, ticket: str) -> Sheet:
    columns = [
        *(_column(*one, locale) for one in _BEFORE_STEPS),
        *(Column(_step(one, locale), ColumnKind.TEXT, 31) for one in begun.steps),
        *(_column(*one, locale) for one in _AFTER_STEPS),
    ]
    found = _rows(caller, asked, begun, locale)
    watched = counted(found, caller.session_key, ticket, begun.number)
    return Sheet(say("candidates.title", locale), columns, watched)


def _rows(caller: Browser, asked: Asked, begun: ExportBegun, locale: str) -> Iterator[Row]:
    @lru_cache(256)  # the same few words in thousands of rows
    def word(key: str) -> str:
        return say(key, locale) if key else ""

    @lru_cache(256)
    def step(one: Step | None) -> str:
        return _step(one, locale) if one else ""

    found = run_through(
        candidate_exports.rows,
        caller,
        wanted=asked.filter,
        steps=begun.steps,
        order=asked.order,
        descending=asked.descending,
    )
    with closing(found):
        for row in found:
            yield (
                row.name, row.email, row.reference, row.organisation, row.route,
                word(f"candidates.status_{row.status.value}"),
                *(word(f"steps.state_{state.value}" if state else "") for state in row.states),
                step(row.next_step), row.next_on, row.next_place, row.registered_on,
                row.last_activity_on, row.done_on, row.valid_until,
            )  # fmt: skip


def _column(name: str, kind: ColumnKind, width: float, locale: str) -> Column:
    return Column(say(f"candidates.{name}", locale), kind, width)


def _step(step: Step, locale: str) -> str:
    name = step_name(*step)
    return say(name, locale) if isinstance(name, Text) else name


def _criteria(asked: Asked, begun: ExportBegun, locale: str) -> list[tuple[str, str]]:
    said = [
        (say(label, locale), say(value, locale) if isinstance(value, Text) else value)
        for _, label, value in criteria(asked, begun.organisations)
    ]
    if asked.filter.needs_attention:
        said.insert(0, (say("candidates.tabs", locale), say("candidates.tab_aandacht", locale)))
    elif asked.filter.route:
        route = begun.route or asked.filter.route
        said.insert(0, (say("candidates.route", locale), route))
    if asked.filter.link_ids:
        chosen = say("components.selected", locale, n=len(asked.filter.link_ids))
        said.append((say("candidates.candidate", locale), chosen))
    return said


def _name(begun: ExportBegun) -> str:
    """Name the file: overzicht-VAK-2026-11-21, without a code when it is of several."""
    only = begun.organisations[0].code if len(begun.organisations) == 1 else ""
    return "-".join(part for part in ("overzicht", only, begun.day.isoformat()) if part)


def _selected(request: Request) -> tuple[int, ...]:
    """Return the links that were selected in the list; nothing when the address names none."""
    asked = request.query_params.get("koppelingen")
    if asked is None:
        return ()
    numbers = [part for part in asked.split(",")[:AT_MOST] if _NUMBER.fullmatch(part)]
    return tuple(map(int, numbers)) or (_NOBODY,)


ROUTES: list[BaseRoute] = [
    Route("/downloads/overzicht.xlsx", downloaded(_excel), methods=["GET"]),
    Route("/downloads/overzicht.csv", downloaded(_csv), methods=["GET"]),
]
