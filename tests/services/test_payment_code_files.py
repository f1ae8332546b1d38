"""Payment codes as files: what stands in them, for whom, and in which language."""

import asyncio
import io
from collections.abc import Callable
from datetime import datetime

import httpx
import openpyxl
import pytest
from starlette.applications import Starlette

from portal_app.gate.cookies import Kind, Visit
from portal_app.gate.scopes import tell
from portal_app.models import AuditEvent
from portal_app.routes import payment_code_exports
from tests import factories
from tests.harness.cast import VIC, acting_as
from tests.services.code_world import SOURCE_CODES, lay_out

EXCEL, CSV, BATCH = (
    "/downloads/betaalcodes.xlsx",
    "/downloads/betaalcodes.csv",
    "/downloads/betaalcodes",
)


@pytest.fixture
def world(cast):
    return lay_out(cast)


@pytest.fixture
def fetch(world) -> Callable[..., httpx.Response]:
    """`fetch(person, address)`: get a file as the gate hands the request on."""
    del world
    routes = Starlette(routes=payment_code_exports.ROUTES)

    def fetched(person, address: str, *, language: str = "nl") -> httpx.Response:
        kind = Kind.VISITOR if person is VIC else Kind.SESSION
        visit = Visit(kind, acting_as(person).session_key)

        async def behind_the_gate(scope, receive, send) -> None:
            await routes(tell(scope, visit), receive, send)

        async def get() -> httpx.Response:
            transport = httpx.ASGITransport(behind_the_gate)
            async with httpx.AsyncClient(transport=transport, base_url="http://portal") as client:
                return await client.get(address, headers={"accept-language": language})

        return asyncio.run(get())

    return fetched


def sheets(answer: httpx.Response) -> dict[str, list[tuple]]:
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.mark.covers("V-24", "V-29")
def test_excel_holds_exactly_the_filter_selection(fetch, world):
    answer = fetch(world.cast.alice, f"{EXCEL}?trefwoorden=%233K2R1S&pagina=9")

    codes = sheets(answer)["Betaalcodes"]
    assert codes[0][:7] == (
        "Betaalcode",
        "Profiel",
        "Organisatie",
        "Contactpersoon",
        "Referentie",
        "Aangemaakt",
        "Batch",
    )
    assert [row[0] for row in codes[1:]] == list(SOURCE_CODES)
    assert codes[1][1:9] == (
        "Vakmanschap CO",
        "Vakmanschap Demo",
        "Veldhuis, Sanne",
        "Test",
        datetime(2022, 4, 22, 10, 49),  # noqa: DTZ001  # Excel knows no time zones
        "#3K2R1S",
        "Te gebruiken",
        None,
    )
    assert answer.headers["content-disposition"] == (
        'attachment; filename="betaalcodes-VAK-2026-03-02.xlsx"'
    )


@pytest.mark.covers("V-24")
def test_a_second_sheet_says_who_when_and_which(fetch, world):
    query = "status=gebruikt&profiel=Monteur&van=01-01-2026&trefwoorden=jan"

    said = dict(sheets(fetch(world.cast.alice, f"{EXCEL}?{query}"))["Filters"])

    assert said == {
        "Filter": "Waarde",
        "Gemaakt door": "Alice Jansen",
        "Gemaakt op": "02-03-2026 09:00",
        "Aantal rijen": "1",
        "Trefwoorden": "jan",
        "Organisatie": "Vakmanschap Demo",
        "Profiel": "Monteur",
        "Aangemaakt vanaf": "01-01-2026",
        "Status": "Gebruikt",
    }


def test_a_file_speaks_the_readers_language(fetch, world):
    book = sheets(fetch(world.cast.alice, f"{EXCEL}?status=inactief", language="fr-BE,fr;q=0.9"))

    assert list(book) == ["Codes de paiement", "Filtres"]
    assert book["Codes de paiement"][1][7] == "Inactif"


def test_csv_holds_the_same(fetch, world):
    answer = fetch(world.cast.alice, f"{CSV}?status=inactief")

    (_, row) = answer.content.decode("utf-8-sig").strip().splitlines()
    assert row.startswith('"DDDD-2222-3333-4444";"Monteur";"Vakmanschap Demo"')
    assert row.endswith('"02-03-2026 09:00";"Veldhuis, Sanne";"Dubbel besteld"')
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_an_empty_selection_is_a_file_with_its_heads(fetch, world):
    book = sheets(fetch(world.cast.alice, f"{EXCEL}?trefwoorden=nergens"))

    assert book["Betaalcodes"][0][0] == "Betaalcode"
    assert all(cell is None for row in book["Betaalcodes"][1:] for cell in row)


def test_the_usable_codes_of_a_batch_come_as_lines(fetch, world):
    answer = fetch(world.cast.alice, f"{BATCH}/3k2r1s")

    assert answer.text.splitlines() == list(SOURCE_CODES)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("address", [EXCEL, CSV, f"{BATCH}/3K2R1S"])
def test_who_may_not_have_it_gets_words_and_no_codes(fetch, world, address):
    gone = fetch(VIC, f"{address}?status=gebruikt")
    refused = fetch(world.cast.bob, address)
    elsewhere = fetch(world.cast.charlie, f"{address}?org={world.cast.vak.key}")

    assert (gone.status_code, gone.headers["location"]) == (
        303,
        "/aanmelden?terug=%2Fbetaalcodes%3Fstatus%3Dgebruikt",
    )
    assert (refused.status_code, elsewhere.status_code) == (403, 404)
    assert "EXZA" not in gone.text + refused.text + elsewhere.text
    assert not [one for one in factories.all_of(AuditEvent) if "payment_codes" in one.action]


def test_another_organisation_gets_its_own_codes_only(fetch, world):
    answer = fetch(world.cast.charlie, f"{CSV}?organisatie={world.cast.vak.key}")
    own = fetch(world.cast.charlie, CSV)

    assert len(answer.content.decode().strip().splitlines()) == 1
    assert [line[1:5] for line in own.text.strip().splitlines()[1:]] == ["ZZZZ"]
