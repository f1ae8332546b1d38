"""The app on which the gate is attacked: a public page, and one with something to steal."""

import asyncio
import json
import os
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import reflex as rx
from pydantic import Field
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from portal_app.database import in_thread
from portal_app.errors import NotFound, Text
from portal_app.gate import logs
from portal_app.gate.answers import SIGNED_OUT, exception_handler, note_frontend_error
from portal_app.gate.cookies import Kind, issue
from portal_app.gate.farewell import say_farewell
from portal_app.gate.gatekeeper import Gatekeeper
from portal_app.gate.guest import SessionFacts, guest
from portal_app.gate.handlers import Audience, handler
from portal_app.gate.scopes import visit_of
from portal_app.gate.watch import show_out_soon

_KNOWN = Path(os.environ.get("GATE_APP_SESSIONS", "sessions.json"))
_IS_BARE = os.environ.get("GATE_APP_BARE") == "1"  # to measure what the gate costs


class SessionsInAFile:
    """Sessions that the tests write in a file, for every process of the app to read."""

    def alive(self, session_keys: Collection[str]) -> Mapping[str, SessionFacts]:
        """Return what the file says of each session."""
        known = _known()
        return {key: SessionFacts(**known[key]) for key in session_keys if key in known}


class Colour(StrEnum):
    """Something to choose from."""

    RED = "red"
    BLUE = "blue"


def _page_of_rows(first: int) -> list[dict[str, str]]:
    """Make 25 rows of ten texts, as a page of a list has them."""
    return [
        {f"field_{column}": f"row {first + row}, text {column}" for column in range(10)}
        for row in range(25)
    ]


class Shop(rx.State):
    """What anybody may use."""

    count: int = 0
    rows: list[dict[str, str]] = []
    heard: str = ""
    problem: str = ""
    rights_seen: int = 0

    @handler(Audience.PUBLIC)
    async def add(self, number: int) -> None:
        """Count."""
        self.count += number

    @handler(Audience.PUBLIC)
    async def turn_to(self, first: int) -> None:
        """Show 25 rows."""
        self.rows = _page_of_rows(first)

    @handler(Audience.PUBLIC)
    async def choose(
        self,
        colour: Colour,
        size: Literal["s", "m"] = "s",
        when: date | None = None,
        price: float = 0.0,
        notes: Annotated[list[str], Field(max_length=3)] = [],  # noqa: B006  # never changed
    ) -> None:
        """Take one argument of every kind."""
        self.heard = f"{colour} {size} {when} {price} {len(notes)}"

    @handler(Audience.PUBLIC, debounce=50)
    async def search(self, words: str) -> None:
        """Hear what is typed."""
        self.heard = words

    @handler(Audience.PUBLIC)
    async def fill_in(self, form: dict[str, str]) -> None:
        """Hear a form."""
        self.heard = ", ".join(f"{name}={value}" for name, value in sorted(form.items()))

    @handler(Audience.PUBLIC)
    async def stream(self):
        """Answer in steps."""
        for step in range(3):
            self.heard = f"step {step}"
            yield

    @handler(Audience.PUBLIC, background=True)
    async def in_background(self) -> None:
        """Answer beside the other events."""
        async with self:
            self.heard = f"background {guest().facts.person_id}"

    @handler(Audience.PUBLIC)
    async def take_long(self) -> None:
        """Hold up the events behind this one."""
        await asyncio.sleep(4)
        self.count += 1

    @handler(Audience.PUBLIC)
    async def break_down(self, secret: str) -> None:
        """Fail with something in the error that nobody may read in a log."""
        message = f"could not handle {secret}\nforged line"
        raise RuntimeError(message)

    @handler(Audience.PUBLIC)
    async def look_for_nothing(self) -> None:
        """Not find it."""
        raise NotFound

    @handler(Audience.PUBLIC)
    async def tell(self, key: str, reference: str) -> None:
        """Show a refusal."""
        self.problem = f"{key} {reference}".strip()

    @handler(Audience.PUBLIC)
    async def look_again(self) -> None:
        """Look at the rights of the session again."""
        self.rights_seen = guest().facts.grants_version

    async def _take_over(self) -> None:
        self.count = 1_000_000


class Office(rx.State):
    """What only the signed in may see."""

    papers: list[str] = []
    level: int = 0

    @handler(Audience.SIGNED_IN)
    async def open_drawer(self) -> None:
        """Take the papers out."""
        self.papers = [f"SECRET-OF-{guest().facts.person_id}"]

    @handler(Audience.STAFF)
    async def set_level(self, level: int) -> None:
        """Do what only staff may do."""
        self.level = level


def _start() -> rx.Component:
    return rx.el.main(
        rx.el.h1("Shop"),
        rx.el.p(Shop.count, id="count"),
        rx.el.p(Shop.heard, id="heard", style={"color": "rebeccapurple"}),
        rx.el.p(Shop.problem, id="problem"),
        rx.el.p(Shop.rights_seen, id="rights"),
        rx.el.button("add", on_click=Shop.add(1), id="add"),
        rx.el.button("stream", on_click=Shop.stream, id="stream"),
        rx.el.button("break", on_click=Shop.break_down("canary"), id="break"),
        rx.el.button("drawer", on_click=Office.open_drawer, id="drawer"),
        rx.el.input(on_change=Shop.search, id="search"),
        rx.el.form(
            rx.el.input(name="given", id="given"),
            rx.el.button("send", id="send"),
            on_submit=Shop.fill_in,
        ),
        rx.el.ul(rx.foreach(Office.papers, rx.el.li), id="papers"),
        rx.el.a("sign in", href="/aanmelden", id="to-sign-in"),
    )


def _sign_in_page() -> rx.Component:
    return rx.el.main(rx.el.h1("Aanmelden"), rx.el.p(Shop.count, id="count"))


def _known() -> dict[str, dict[str, object]]:
    return json.loads(_KNOWN.read_text("utf-8")) if _KNOWN.exists() else {}


def _keep(known: dict[str, dict[str, object]]) -> None:
    fresh = _KNOWN.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(known), "utf-8")
    fresh.replace(_KNOWN)


async def _sign_in(request: Request) -> Response:
    made = issue(Kind.SESSION)
    person = int(str((await request.form())["person"]))
    _keep(_known() | {made.visit.key: {"person_id": person}})
    answer = RedirectResponse("/", 303)
    answer.headers.append("set-cookie", made.header)
    return answer


async def _sign_out(request: Request) -> Response:
    visit = visit_of(request.scope)
    if visit:
        ended = {"person_id": None, "ended": True, "reason": SIGNED_OUT}
        _keep(_known() | {visit.key: ended})
        show_out_soon(visit.key, SIGNED_OUT)
    return say_farewell()


async def _who(request: Request) -> Response:
    visit = visit_of(request.scope)
    return JSONResponse({"kind": visit.kind if visit else None, "headers": dict(request.headers)})


async def _fail(request: Request) -> Response:
    raise RuntimeError(str(request.url))


async def _take(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _health(_request: Request) -> Response:
    return JSONResponse({"status": "ok"})


_routes = Starlette(
    routes=[
        Route("/enter", _sign_in, methods=["POST"]),
        Route("/leave", _sign_out, methods=["POST"]),
        Route("/take", _take, methods=["POST"]),
        Route("/who", _who),
        Route("/fail", _fail),
        Route("/health", _health),
    ]
)


def _tell(text: Text) -> rx.event.EventSpec:
    return Shop.tell(text.key, str(text.values.get("reference", "")))


if _IS_BARE:

    class Bare(rx.State):
        """What the gate is measured against: Reflex as it comes."""

        count: int = 0

        @rx.event
        async def add(self, number: int) -> None:
            """Count."""
            self.count += number

        rows: list[dict[str, str]] = []

        @rx.event
        async def turn_to(self, first: int) -> None:
            """Show 25 rows."""
            self.rows = _page_of_rows(first)


logs.set_up()
_gate = Gatekeeper(
    SessionsInAFile(),
    in_thread=in_thread,
    build=Path(os.environ.get("REFLEX_WEB_WORKDIR", ".web")) / "build" / "client",
    refresh=lambda: Shop.look_again,
)
app = rx.App(
    html_lang="nl",
    toaster=None,
    backend_exception_handler=exception_handler(_tell),
    frontend_exception_handler=note_frontend_error,
    api_transformer=[_routes] if _IS_BARE else [_routes, _gate.around],
)
app.add_page(_start, route="/", title="Shop")
app.add_page(_sign_in_page, route="/aanmelden", title="Aanmelden")
if not _IS_BARE:
    _gate.inside(app)
