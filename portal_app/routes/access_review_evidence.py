"""A review of access as a file: who was asked about, what was answered, by whom and when."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from portal_app.adapters.spreadsheets import Column, ColumnKind, Row, Sheet
from portal_app.brand import brand
from portal_app.database import in_thread
from portal_app.languages import say, say_moment
from portal_app.routes.answers import reader_locale
from portal_app.routes.callers import browser_of
from portal_app.routes.downloads import Colophon, downloaded, number_of, organisation_of, workbook
from portal_app.services import access_reviews
from portal_app.services.access_reviews import Evidence
from portal_app.unit_of_work import run

_COLUMNS = (
    ("column_name", ColumnKind.TEXT, 28),
    ("column_role", ColumnKind.TEXT, 30),
    ("column_capacity", ColumnKind.TEXT, 24),
    ("column_since", ColumnKind.MOMENT, 17),
    ("column_last_day", ColumnKind.MOMENT, 17),
    ("column_answer", ColumnKind.TEXT, 16),
    ("column_answered_at", ColumnKind.MOMENT, 17),
    ("column_answered_by", ColumnKind.TEXT, 28),
)


async def _excel(request: Request) -> Response:
    shown = await in_thread(
        run,
        access_reviews.evidence,
        browser_of(request, organisation_of(request)),
        review_id=number_of(request, "nr") or 0,
    )
    locale, review = reader_locale(request), shown.review
    columns = tuple(
        Column(say(f"access.{name}", locale), kind, width) for name, kind, width in _COLUMNS
    )
    sheet = Sheet(say("access.tab_controle", locale), columns, _rows(shown, locale))
    closed = say_moment(review.closed_at, locale) if review.closed_at else ""
    said = [
        (say("access.column_company", locale), shown.organisation),
        (say("access.review_begun", locale), say_moment(review.begun_at, locale)),
        (say("access.column_due", locale), say_moment(review.due_at, locale)),
        (say("access.review_signed_off", locale), closed),
        (say("access.column_answered_by", locale), review.closed_by),
    ]
    colophon = Colophon(shown.by, shown.at, len(review.items), [one for one in said if one[1]])
    return workbook(f"toegangscontrole-{review.begun_at:%Y-%m-%d}", sheet, colophon, locale)


def _rows(shown: Evidence, locale: str) -> Iterator[Row]:
    for one in shown.review.items:
        offered = brand.capacity(one.capacity)
        names: dict[str, str] = {**offered.name} if offered else {}
        where = names.get(locale, say("access.whole", locale))
        yield (
            one.name,
            say(f"roles.{one.role.value}", locale),
            where,
            one.since,
            one.until,
            say(f"access.answer_{one.answer.value}", locale),
            one.answered_at,
            one.answered_by,
        )


ROUTES: list[BaseRoute] = [
    Route("/downloads/toegang.xlsx", downloaded(_excel), methods=["GET"]),
]
