"""Posting forms to the routes, as the gate hands requests on, without a network in between."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from portal_app.gate.cookies import Kind, Visit
from portal_app.gate.scopes import tell
from portal_app.routes import ROUTES
from portal_app.settings import settings

Post = Callable[[str, dict[str, str], int], httpx.Response]
"""`post(path, form, number)`: let browser `number`, at an address of its own, post a form."""


@contextmanager
def posting(*, from_one_address: bool = False) -> Iterator[Post]:
    """Give a way to post; all browsers may be at one address."""
    loop = asyncio.new_event_loop()
    app = Starlette(routes=ROUTES)

    async def posted(path: str, form: dict[str, str], number: int) -> httpx.Response:
        async def as_the_gate_does(scope: Scope, receive: Receive, send: Send) -> None:
            visit = Visit(Kind.VISITOR, f"{number:064d}")
            at = 0 if from_one_address else number
            where = (f"192.0.{2 + at // 250}.{at % 250}", 0)
            await app({**tell(scope, visit), "client": where}, receive, send)

        transport = httpx.ASGITransport(as_the_gate_does)
        async with httpx.AsyncClient(transport=transport, base_url=settings.origin) as browser:
            return await browser.post(path, data=form, headers={"accept": "application/json"})

    yield lambda path, form, number: loop.run_until_complete(posted(path, form, number))
    loop.close()
