"""A review of access as a file: what stands in it, for whom, and in which language."""

import asyncio
import io
from collections.abc import Callable

import httpx
import openpyxl
import pytest
from starlette.applications import Starlette

from portal_app.gate.cookies import Kind, Visit
from portal_app.gate.scopes import tell
from portal_app.models import AuditEvent, Person
from portal_app.routes import access_review_evidence
from portal_app.services import access_review_rounds, access_reviews, appointing
from portal_app.unit_of_work import Job, run
from tests import factories
from tests.factories import EMPLOYER
from tests.harness.cast import acting_as
from tests.services import managing
from tests.services.managing import LOCAL, MAIN, USER


@pytest.fixture
def reviewed(cast, stopped_clock) -> tuple[Person, int]:
    """Hanna, and the number of the review in which she kept one role and ended another."""
    stopped_clock.advance(days=366)
    hanna = managing.holder("Hanna", MAIN, cast.vak)
    managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    managing.holder("Uma", USER, cast.vak, EMPLOYER)
    run(access_review_rounds.begin, Job("test"))
    found = run(access_reviews.reviews, acting_as(hanna), organisation_id=cast.vak.key)
    assert found
    leo, uma = found[0].items
    run(access_reviews.keep, acting_as(hanna), item_id=leo.item_id)
    run(appointing.end, acting_as(hanna), grant_id=uma.grant_id)
    run(access_reviews.close, acting_as(hanna), review_id=found[0].id)
    return hanna, found[0].id


@pytest.fixture
def fetch() -> Callable[..., httpx.Response]:
    """`fetch(person, number)`: get a file as the gate hands the request on."""
    routes = Starlette(routes=access_review_evidence.ROUTES)

    def fetched(person: Person, number: object, *, language: str = "nl") -> httpx.Response:
        visit = Visit(Kind.SESSION, acting_as(person).session_key)

        async def behind_the_gate(scope, receive, send) -> None:
            await routes(tell(scope, visit), receive, send)

        async def get() -> httpx.Response:
            transport = httpx.ASGITransport(behind_the_gate)
            async with httpx.AsyncClient(transport=transport, base_url="http://portal") as client:
                return await client.get(
                    f"/downloads/toegang.xlsx?nr={number}", headers={"accept-language": language}
                )

        return asyncio.run(get())

    return fetched


def sheets(answer: httpx.Response) -> dict[str, list[tuple]]:
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_file_says_who_kept_what_and_who_signed_it_off(cast, reviewed, fetch) -> None:
    hanna, number = reviewed

    found = sheets(fetch(hanna, number))

    head, *lines = found["Controle"]
    assert head == ("Naam", "Rol", "Hoedanigheid", "Sinds", "Tot", "Oordeel", "Op", "Door")
    assert [(line[0], line[1], line[2], line[5], line[7]) for line in lines] == [
        ("Nieuw, Leo", "Toegangsbeheerder", "Werkgever", "Blijft", "Hanna Nieuw"),
        ("Nieuw, Uma", "gewone gebruiker", "Werkgever", "Beëindigd", "Hanna Nieuw"),
    ]
    said = dict(line[:2] for line in found["Filters"])
    assert said["Bedrijf"] == cast.vak.name
    assert said["Door"] == "Hanna Nieuw"
    assert [one.action for one in factories.all_of(AuditEvent)].count(
        "access_reviews.exported"
    ) == 1


def test_the_file_is_in_the_reader_s_language(reviewed, fetch) -> None:
    hanna, number = reviewed

    assert sheets(fetch(hanna, number, language="fr"))["Contrôle"][1][5] == "Conservé"


def test_staff_get_it_and_strangers_do_not(cast, reviewed, fetch) -> None:
    _, number = reviewed
    elly = managing.holder("Elly", MAIN, cast.jon)
    local = managing.holder("Lou", LOCAL, cast.vak, "candidate_following")

    assert sheets(fetch(cast.sam, number))["Controle"]
    for stranger in (elly, local):
        assert fetch(stranger, number).status_code == 404
    assert fetch(cast.alice, number).status_code == 403
    for wrong in ("", "x", 10**12):
        assert fetch(cast.sam, wrong).status_code == 404
