"""Payment codes as a file, and as text for the clipboard."""

from collections.abc import Iterator
from contextlib import closing

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from portal_app.adapters.spreadsheets import Column, ColumnKind, Row, Sheet
from portal_app.database import in_thread
from portal_app.languages import say
from portal_app.reading_payment_codes import CodeFilter, read_code_filter
from portal_app.routes.answers import reader_locale
from portal_app.routes.callers import browser_of
from portal_app.routes.downloads import (
    Colophon,
    csv_file,
    downloaded,
    organisation_of,
    workbook,
)
from portal_app.routes.export_progress import counted, ticket_of
from portal_app.services import payment_codes
from portal_app.services.payment_code_rows import CodeRow
from portal_app.services.payment_codes import ExportBegun
from portal_app.unit_of_work import Browser, run, run_through

_COLUMNS = (
    ("code", ColumnKind.TEXT, 22),
    ("profile", ColumnKind.TEXT, 38),
    ("organisation", ColumnKind.TEXT, 30),
    ("contact", ColumnKind.TEXT, 24),
    ("reference", ColumnKind.TEXT, 22),
    ("created", ColumnKind.MOMENT, 17),
    ("batch_column", ColumnKind.TEXT, 10),
    ("status", ColumnKind.TEXT, 14),
    ("used", ColumnKind.MOMENT, 17),
    ("used_by", ColumnKind.TEXT, 26),
    ("inactive_at", ColumnKind.MOMENT, 17),
    ("inactive_by", ColumnKind.TEXT, 24),
    ("inactive_reason", ColumnKind.TEXT, 36),
)
_LABELS = {
    "trefwoorden": "components.keywords",
    "profiel": "payment_codes.profile",
    "van": "payment_codes.created_from",
    "tot": "payment_codes.created_to",
}


async def _excel(request: Request) -> Response:
    caller, wanted, begun = await _begin(request, "xlsx")
    locale = reader_locale(request)
    colophon = Colophon(begun.by, begun.at, begun.number, _criteria(wanted, begun, locale))
    sheet = _sheet(caller, wanted, begun, locale, ticket=ticket_of(request))
    return workbook(_name(begun), sheet, colophon, locale)


async def _csv(request: Request) -> Response:
    caller, wanted, begun = await _begin(request, "csv")
    locale, ticket = reader_locale(request), ticket_of(request)
    return csv_file(_name(begun), _sheet(caller, wanted, begun, locale, ticket=ticket))


async def _batch(request: Request) -> Response:
    codes = await in_thread(
        run,
        payment_codes.copy_batch,
        browser_of(request, organisation_of(request)),
        number=request.path_params["number"][:6].upper(),
    )
    return PlainTextResponse("\n".join(codes))


async def _begin(request: Request, kind: str) -> tuple[Browser, CodeFilter, ExportBegun]:
    caller = browser_of(request, organisation_of(request))
    wanted, _ = read_code_filter(request.query_params)
    begun = await in_thread(run, payment_codes.begin_export, caller, wanted=wanted, file=kind)
    return caller, wanted, begun


def _sheet(
    caller: Browser, wanted: CodeFilter, begun: ExportBegun, locale: str, *, ticket: str
) -> Sheet:
    columns = tuple(
        Column(say(f"payment_codes.{name}", locale), kind, width) for name, kind, width in _COLUMNS
    )
    rows = counted(_rows(caller, wanted, locale), caller.session_key, ticket, begun.number)
    return Sheet(say("payment_codes.title", locale), columns, rows)


def _rows(caller: Browser, wanted: CodeFilter, locale: str) -> Iterator[Row]:
    with closing(run_through(payment_codes.export, caller, wanted=wanted)) as found:
        for row in found:
            yield _cells(row, locale)


def _cells(row: CodeRow, locale: str) -> Row:
    return (
        row.code,
        row.profile,
        row.organisation,
        row.contact,
        row.reference,
        row.created_at,
        f"#{row.batch}",
        say(f"payment_codes.status_{row.status}", locale),
        row.used_at,
        row.used_by,
        row.inactive_at,
        row.inactive_by,
        row.inactive_reason,
    )


def _criteria(wanted: CodeFilter, begun: ExportBegun, locale: str) -> list[tuple[str, str]]:
    asked = wanted.query()
    said = [(say(key, locale), asked[name]) for name, key in _LABELS.items() if name in asked]
    if begun.organisation:
        said.append((say("payment_codes.organisation", locale), begun.organisation))
    if wanted.status:
        status = say(f"payment_codes.status_{wanted.status}", locale)
        said.append((say("payment_codes.status", locale), status))
    return said


def _name(begun: ExportBegun) -> str:
    parts = ("betaalcodes", begun.organisation_code, f"{begun.day:%Y-%m-%d}")
    return "-".join(part for part in parts if part)


ROUTES: list[BaseRoute] = [
    Route("/downloads/betaalcodes.xlsx", downloaded(_excel), methods=["GET"]),
    Route("/downloads/betaalcodes.csv", downloaded(_csv), methods=["GET"]),
    Route("/downloads/betaalcodes/{number}", downloaded(_batch), methods=["GET"]),
]
