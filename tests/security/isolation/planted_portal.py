"""Faults that somebody could make in a state or a route, planted in a portal of its own.

Each stands in a state or under an address that bears its name, so that what the matrix finds
tells which fault it found.
"""

import importlib
import logging
from collections.abc import Iterable
from typing import Any, cast

import reflex as rx
from sqlalchemy import select
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

import portal_app.routes
from portal_app import database
from portal_app.gate.handlers import Audience, handler
from portal_app.models import CodeBatch, Organisation, Person, ProgressRow
from portal_app.routes.callers import browser_of
from portal_app.services import candidates, home
from portal_app.services.candidate_filters import CandidateFilter
from portal_app.state.base import PortalState
from portal_app.tenant_net import EVERYWHERE
from portal_app.unit_of_work import Browser, Operator, run

_log = logging.getLogger("portal_app.planted")
_remembered: list[str] = []

_ROWS = {
    "names": (Person.family_name,),
    "lines": (ProgressRow.display_name,),
    "batches": (CodeBatch.reference,),
}


def _read(what: str, *conditions: Any) -> list[str]:
    with Session(database.engine()) as session:
        session.info["scope"] = EVERYWHERE
        chosen = select(*cast("Any", _ROWS[what])).where(*conditions)
        return [str(value) for value in session.exec(cast("Any", chosen)).scalars()]


def _everybody() -> str:
    page = run(candidates.overview, Operator(), wanted=CandidateFilter())
    return ", ".join(row.name for row in page.rows)


def computed_var_that_reads_the_database() -> type[rx.State]:
    """A computed var runs for every browser that opens any page."""

    class ComputedVarThatReadsTheDatabase(PortalState, rx.State):
        @rx.var
        def names(self) -> list[str]:
            return _read("names")

    return ComputedVarThatReadsTheDatabase


def public_handler_with_the_portals_own_rights() -> type[rx.State]:
    """Written for the console, offered to everybody."""

    class PublicHandlerWithThePortalsOwnRights(PortalState, rx.State):
        found: str = ""

        @handler(Audience.PUBLIC)
        async def load(self) -> None:
            """Show everybody."""
            self.found = _everybody()

    return PublicHandlerWithThePortalsOwnRights


def result_kept_for_the_next_caller() -> type[rx.State]:
    """What one was shown is kept in the module, and shown to the next."""

    class ResultKeptForTheNextCaller(PortalState, rx.State):
        found: list[str] = []

        @handler(Audience.PUBLIC)
        async def load(self) -> None:
            """Show what was found before, or look."""
            if not _remembered:
                _remembered.extend(_read("lines"))
            self.found = list(_remembered)

    return ResultKeptForTheNextCaller


def organisation_taken_from_the_address_unchecked() -> type[rx.State]:
    """The `?org=` of the address is believed."""

    class OrganisationTakenFromTheAddressUnchecked(PortalState, rx.State):
        found: list[str] = []

        @handler(Audience.SIGNED_IN)
        async def load(self) -> None:
            """Show the batches of the organisation of the address."""
            wished = self._organisation() or 0
            self.found = _read("batches", CodeBatch.organisation_id == wished)

    return OrganisationTakenFromTheAddressUnchecked


def organisation_kept_in_the_state() -> type[rx.State]:
    """What a browser once said is believed later."""

    class OrganisationKeptInTheState(PortalState, rx.State):
        organisation: int = 0
        found: list[str] = []

        @handler(Audience.SIGNED_IN)
        async def choose(self, organisation_id: int) -> None:
            """Remember an organisation, and show it."""
            self.organisation = organisation_id
            self.found = _read("batches", CodeBatch.organisation_id == self.organisation)

    return OrganisationKeptInTheState


def number_not_scoped() -> type[rx.State]:
    """A row is read by its number, whoever asks."""

    class NumberNotScoped(PortalState, rx.State):
        found: list[str] = []

        @handler(Audience.SIGNED_IN)
        async def show(self, enrolment_id: int) -> None:
            """Show a candidate by number."""
            self.found = _read("lines", ProgressRow.enrolment_id == enrolment_id)

    return NumberNotScoped


def refusal_that_names_a_foreign_thing() -> type[rx.State]:
    """The refusal says the name of what may not be seen."""

    class RefusalThatNamesAForeignThing(PortalState, rx.State):
        said: str = ""

        @handler(Audience.SIGNED_IN)
        async def show(self, enrolment_id: int) -> None:
            """Refuse to show a candidate."""
            names = _read("lines", ProgressRow.enrolment_id == enrolment_id)
            self.said = f"{names[0]} is niet van u" if names else ""

    return RefusalThatNamesAForeignThing


def write_that_believes_the_browser() -> type[rx.State]:
    """A row is changed by its number, whoever asks."""

    class WriteThatBelievesTheBrowser(PortalState, rx.State):
        @handler(Audience.SIGNED_IN)
        async def rename(self, organisation_id: int) -> None:
            """Give an organisation another name."""
            with Session(database.engine()) as session, session.begin():
                session.info["scope"] = EVERYWHERE
                organisation = session.get(Organisation, organisation_id)
                if organisation:
                    organisation.name = "Hernoemd"

    return WriteThatBelievesTheBrowser


def name_in_the_log() -> type[rx.State]:
    """Who was looked at is written in the log."""

    class NameInTheLog(PortalState, rx.State):
        @handler(Audience.PUBLIC)
        async def load(self) -> None:
            """Write down whom everybody looks at."""
            _log.warning("shown: %s", _everybody())

    return NameInTheLog


def handler_without_a_declaration() -> None:
    """A public method of a state, and nothing says who may call it."""
    importlib.import_module("tests.security.isolation.planted_undeclared")


def route_without_a_look_at_the_session() -> None:
    """A download that asks nobody who they are."""

    async def _download(_request: Request) -> Response:
        return PlainTextResponse(_everybody())

    _add_route("route_without_a_look_at_the_session", _download)


def export_without_scope() -> None:
    """Whoever is signed in gets the file of everybody."""

    async def _download(request: Request) -> Response:
        run(home.myself, Browser(browser_of(request).session_key))
        return PlainTextResponse(_everybody())

    _add_route("export_without_scope", _download)


def route_that_believes_its_number() -> None:
    """What the path names is handed out."""

    async def _download(request: Request) -> Response:
        browser_of(request)
        number = request.path_params["enrolment_id"]
        wanted = int(number) if number.isdigit() else 0
        return PlainTextResponse(" ".join(_read("lines", ProgressRow.enrolment_id == wanted)))

    _add_route("route_that_believes_its_number/{enrolment_id}", _download)


STATES = (
    computed_var_that_reads_the_database,
    public_handler_with_the_portals_own_rights,
    result_kept_for_the_next_caller,
    organisation_taken_from_the_address_unchecked,
    organisation_kept_in_the_state,
    number_not_scoped,
    refusal_that_names_a_foreign_thing,
    write_that_believes_the_browser,
    name_in_the_log,
)
ROUTES = (
    route_without_a_look_at_the_session,
    export_without_scope,
    route_that_believes_its_number,
)
STOPS_THE_START = handler_without_a_declaration
_BY_NAME = {fault.__name__: fault for fault in (*STATES, *ROUTES, STOPS_THE_START)}


def plant(faults: Iterable[str]) -> None:
    """Plant faults by name, before the portal is put together."""
    for name in faults:
        _BY_NAME[name]()


def _add_route(name: str, endpoint: Any) -> None:
    portal_app.routes.ROUTES.append(Route(f"/downloads/{name}", endpoint, methods=["GET"]))
