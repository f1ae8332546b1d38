"""The gate itself: every request and every socket passes here before Reflex sees it.

Pass it to `rx.App(api_transformer=...)` as the last one, so that it is outermost. It asks
nothing of the page or the state: it decides on the address, the origin, the cookie, the
size and the pace.
"""

from portal_app.gate.content_policy import ContentPolicies
from portal_app.gate.inside import Inside
from portal_app.gate.look_up import LookUp
from portal_app.gate.requests import RequestDoor
from portal_app.gate.scopes import App, Receive, Scope, Send
from portal_app.gate.sockets import SocketDoor


class Gate:
    """An ASGI application around another."""

    def __init__(
        self,
        inner: App,
        *,
        events: App,
        policies: ContentPolicies,
        look_up: LookUp,
        inside: Inside,
    ) -> None:
        """Stand before `inner`; sockets go on to `events`, past all that is for requests."""
        self._inner = inner
        self._requests = RequestDoor(inner, policies, look_up, inside)
        self._sockets = SocketDoor(events, look_up)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or refuse it."""
        if scope["type"] == "http":
            await self._requests(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._sockets(scope, receive, send)
        else:
            await self._inner(scope, receive, send)
