"""The download holds exactly the filter selection, in words and real dates."""

import asyncio
import csv
import io
from datetime import date

import pytest
from httpx import ASGITransport, AsyncClient
from openpyxl import load_workbook
from starlette.applications import Starlette

from portal_app.gate.cookies import Kind, Visit
from portal_app.gate.scopes import tell
from portal_app.models import AuditEvent, OrganisationLink, Result, StepKind
from portal_app.routes import candidate_exports
from tests import factories
from tests.factories.following import follow, in_days

PASSED, FAILED, PLANNED = Result.PASSED, Result.FAILED, Result.PLANNED


@pytest.fixture
def followed(cast):
    """Three candidates of VAK on two routes, and one of JON."""
    co = factories.make_route()
    pump = factories.make_route(
        "Warmtepomp", code="WP", steps=(StepKind.REGISTRATION, StepKind.CERTIFICATE)
    )
    follow(cast.vak, co, "Aerts", PASSED, FAILED, on={1: in_days(-5)}, reference="=1+1")
    follow(cast.vak, co, "Bakker", *(PASSED,) * 4, valid_until=in_days(30))
    follow(cast.vak, pump, "Claes", PASSED, PLANNED, on={1: in_days(9)})
    follow(cast.jon, co, "Vreemd", PASSED)


def asked(who, path: str, **headers: str):
    """Ask a route as somebody whom the gate let in; nobody is a visitor."""
    visit = Visit(Kind.SESSION, factories.sign_in(who)) if who else Visit(Kind.VISITOR, "0" * 64)
    inner = Starlette(routes=candidate_exports.ROUTES)

    async def behind_the_gate(scope, receive, send):
        await inner(tell(scope, visit) if scope["type"] == "http" else scope, receive, send)

    async def ask():
        transport = ASGITransport(behind_the_gate)
        async with AsyncClient(transport=transport, base_url="http://localhost:3000") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(ask())


def workbook_of(answer):
    assert answer.status_code == 200, answer.text
    return load_workbook(io.BytesIO(answer.content))


def names_in(answer) -> list[str]:
    return [row[0].value for row in workbook_of(answer).worksheets[0].iter_rows(min_row=2)]


@pytest.mark.covers("V-20", "V-24")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("tab=all", ["Aerts, Noor", "Bakker, Noor", "Claes, Noor"]),
        ("tab=all&sortering=-naam", ["Claes, Noor", "Bakker, Noor", "Aerts, Noor"]),
        ("tab=WP", ["Claes, Noor"]),
        ("tab=aandacht", ["Aerts, Noor", "Bakker, Noor", "Claes, Noor"]),
        ("status=herkansing", ["Aerts, Noor"]),
        ("trefwoorden=bakker&pagina=3", ["Bakker, Noor"]),
        ("trefwoorden=niemand", []),
    ],
)
def test_the_workbook_holds_exactly_the_selection(cast, followed, query, names):
    assert names_in(asked(cast.alice, f"/downloads/overzicht.xlsx?{query}")) == names


@pytest.mark.covers("V-24")
def test_icons_are_words_and_dates_are_dates(cast, followed):
    answer = asked(cast.alice, "/downloads/overzicht.xlsx?tab=all", cookie="language=nl")
    sheet = workbook_of(answer).worksheets[0]
    rows = [
        dict(zip([cell.value for cell in sheet[1]], [cell.value for cell in row], strict=True))
        for row in sheet.iter_rows(min_row=2)
    ]
    first, second, third = rows
    assert first["Theorietoets"] == "Niet behaald – herkansing nodig"
    assert (first["Status"], first["Volgende stap"]) == ("Herkansing nodig", "Theorietoets")
    assert second["Geldig tot"].date() == date(2026, 4, 1)
    assert (third["Certificaat"], third["Theorietoets"]) == ("Ingepland", None)
    assert third["Datum volgende stap"].date() == in_days(9)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref
    assert sheet["A1"].font.bold


@pytest.mark.covers("V-24")
def test_no_cell_computes_anything(cast, followed):
    for sheet in workbook_of(asked(cast.alice, "/downloads/overzicht.xlsx?tab=all")).worksheets:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "d", "n"}
    lines = asked(cast.alice, "/downloads/overzicht.csv?tab=all").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(lines), delimiter=";") for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "-"))]


@pytest.mark.covers("V-24")
def test_the_second_sheet_says_who_when_and_what(cast, followed):
    answer = asked(
        cast.alice, "/downloads/overzicht.xlsx?tab=WP&trefwoorden=claes", cookie="language=nl"
    )
    sheet = workbook_of(answer)["Filters"]
    told = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2)}
    assert told == {
        "Gemaakt door": "Alice Jansen",
        "Gemaakt op": "02-03-2026 09:00",
        "Aantal rijen": "1",
        "Route": "Warmtepomp",
        "Trefwoorden": "claes",
    }
    assert 'filename="overzicht-VAK-2026-03-02.xlsx"' in answer.headers["content-disposition"]


def test_the_file_speaks_the_readers_language(cast, followed):
    answer = asked(cast.alice, "/downloads/overzicht.xlsx?tab=WP", cookie="language=fr")
    assert workbook_of(answer).worksheets[0]["A1"].value == "Candidat"


@pytest.mark.covers("V-24")
def test_the_csv_holds_the_same_rows(cast, followed):
    answer = asked(cast.alice, "/downloads/overzicht.csv?tab=all")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["Aerts, Noor", "Bakker, Noor", "Claes, Noor"]
    assert date.fromisoformat("2026-04-01").strftime("%d-%m-%Y") in rows[2]


def test_only_the_selected_candidates_when_some_are_selected(cast, followed):
    links = factories.all_of(OrganisationLink)
    chosen = next(one.id for one in links if one.organisation_id == cast.vak.id)
    assert len(names_in(asked(cast.alice, f"/downloads/overzicht.xlsx?koppelingen={chosen}"))) == 1
    theirs = next(one.id for one in links if one.organisation_id == cast.jon.id)
    for nobody in (theirs, "", "alles", "0"):
        answer = asked(cast.alice, f"/downloads/overzicht.xlsx?koppelingen={nobody}")
        assert names_in(answer) == []


def test_every_download_is_written_down(cast, followed):
    asked(cast.alice, "/downloads/overzicht.csv?tab=all&trefwoorden=aerts")
    (noted,) = [one for one in factories.all_of(AuditEvent) if one.action == "candidates.exported"]
    assert (noted.actor_id, noted.organisation_id) == (cast.alice.key, cast.vak.key)
    assert '"number": 1' in noted.details
    assert "trefwoorden=aerts" in noted.details


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_stranger_is_led_to_the_sign_in_page(cast, followed, kind):
    answer = asked(None, f"/downloads/overzicht.{kind}?tab=all")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/aanmelden")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_another_organisation_does_not_exist(cast, followed, kind):
    answer = asked(cast.alice, f"/downloads/overzicht.{kind}?org={cast.jon.id}")
    assert answer.status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_who_has_no_right_gets_no_file(cast, followed, kind):
    assert asked(cast.bob, f"/downloads/overzicht.{kind}").status_code == 403
