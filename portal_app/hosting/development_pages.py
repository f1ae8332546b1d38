"""Pages while developing: what the portal does not know itself comes from the page server.

So a page passes the gate as in production, where the built pages stand in the same place.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import reflex as rx
from reflex.plugins import CommonContext, PreCompileContext
from reflex_base.config import get_config
from reflex_base.environment import environment
from reflex_base.plugins.base import PostCompileContext
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from portal_app.hosting.reflex_environment import LOOPBACK, ROOT

if TYPE_CHECKING:
    import httpx  # production never loads it

_MODULE = Path("utils/developing.js")
_ROOT_OF_PAGES = "app/root.jsx"
_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "upgrade"}


def is_development() -> bool:
    """Return whether `portal dev` runs; a mere import of the app is not development."""
    mode = environment.REFLEX_ENV_MODE
    return mode.is_set() and mode.get() == rx.constants.Env.DEV


class DevelopmentPagesPlugin(rx.plugins.Plugin):
    """Puts the page server where production has the built pages, and keeps drafts at an edit."""

    def get_static_assets(
        self, **_context: Unpack[CommonContext]
    ) -> Sequence[tuple[Path, str | bytes]]:
        """Return the module that puts back what was typed."""
        return [(_MODULE, (ROOT / "portal_app/browser" / _MODULE.name).read_text(encoding="utf-8"))]

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Have every page bring that module along."""
        context["add_modify_task"](_ROOT_OF_PAGES, lambda code: f'import "$/{_MODULE}";\n{code}')

    def post_compile(self, **context: Unpack[PostCompileContext]) -> None:
        """Add the route that catches what no other route takes."""
        import httpx

        logging.getLogger("httpx").setLevel(logging.WARNING)  # else a line for every request
        app = context["app"]
        config = get_config()
        if app._api is None:  # noqa: SLF001  # Reflex mounts the built pages in the same place
            return
        pages = httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{config.frontend_port}", timeout=30)

        async def page(request: Request) -> Response:
            return await _fetch(pages, request)

        app._api.routes.append(Route("/{path:path}", page, methods=["GET", "HEAD"]))  # noqa: SLF001


async def _fetch(pages: "httpx.AsyncClient", request: Request) -> Response:
    import httpx

    asked = pages.build_request(
        request.method,
        httpx.URL(path=request.url.path, query=request.url.query.encode()),
        headers=[pair for pair in request.headers.raw if pair[0].decode() not in _HOP_BY_HOP],
    )
    try:
        answer = await pages.send(asked, stream=True)
    except httpx.TransportError:
        return Response("The page server is starting.", 503, headers={"Retry-After": "1"})
    response = StreamingResponse(
        answer.aiter_raw(), answer.status_code, background=BackgroundTask(answer.aclose)
    )
    response.raw_headers = [
        (name.lower(), value)
        for name, value in answer.headers.raw
        if name.decode().lower() not in _HOP_BY_HOP
    ]
    return response
