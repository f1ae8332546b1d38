"""The door between the socket and Reflex's events, and the check before each event.

python-socketio hands a browser's message to a method by the name in the message: `connect`
and `disconnect` too, so that a page could forge its own handshake. Only genuine ones pass.
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any
from weakref import WeakValueDictionary

import reflex as rx
from reflex.app import EventNamespace
from reflex.state import BaseState, StateUpdate
from reflex_base.constants import SocketEvent
from reflex_base.event import Event
from reflex_base.event.context import EventContext

from portal_app.gate import logs, state_tokens, watch
from portal_app.gate.closed_tabs import ClosedTabs
from portal_app.gate.closed_tabs_in_redis import ClosedTabsInRedis
from portal_app.gate.cookies import Visit, cookie_name, visit_from_text
from portal_app.gate.guest import Guest, welcome
from portal_app.gate.look_up import LookUp
from portal_app.gate.sockets import presenting, tab_of
from portal_app.gate.tabs import Tab
from portal_app.gate.wire import framework_events, read_connection, read_event
from portal_app.turns import Turns

_OTHER_VERSION = str(SocketEvent.STATE_MISMATCH)
_MOST_WAITING = 150  # events of one tab behind a slow one
_PAGES_AT_ONCE = 8  # that load what they show when they open
_LONGEST_TURN = 2.0  # seconds
_A_MOMENT = 0.01

_log = logs.logging.getLogger(__name__)


class EventDoor:
    """Stands in for the namespace's dispatch of messages."""

    def __init__(self, app: rx.App, namespace: EventNamespace) -> None:
        self._app = app
        self._namespace = namespace
        self._connect = namespace.on_connect
        self._disconnect = namespace.on_disconnect
        self._event = namespace.on_event
        self._tabs: WeakValueDictionary[str, Tab] = WeakValueDictionary()
        self._closed = ClosedTabs(app)
        self._closed_in_redis = ClosedTabsInRedis(app)
        # Hundreds of pages that open at once would otherwise all be half done, and a page of
        # somebody else comes behind them all.
        self._turns = Turns(_PAGES_AT_ONCE)
        self._loading: set[asyncio.Task[None]] = set()

    def stand_guard(self) -> None:
        """Take over: from here on nothing reaches Reflex but through this door."""
        self._namespace.trigger_event = self.trigger_event  # type: ignore[method-assign]
        # Reflex calls this by itself for the event that comes with a handshake.
        self._namespace.on_event = self.on_event  # type: ignore[method-assign]

    async def trigger_event(self, event: str | None, *said: Any) -> object:
        """Dispatch one message; what is neither genuine nor an event dies here."""
        match event, said:
            case "connect", (str() as sid, dict() as environ, *auth):
                return await self._let_connect(sid, environ, auth[0] if auth else None)
            case "disconnect", (str() as sid, *_):
                return await self._let_leave(sid)
            case "event", (str() as sid, sent):
                await self.on_event(sid, sent)
            case _:
                pass
        return None

    async def on_event(self, sid: str, sent: object) -> None:
        """Hand on an event that fits; anything else is dropped without a trace."""
        tab = self._tabs.get(sid)
        if tab is None or sid not in self._namespace.sid_to_token:
            return
        event = read_event(sent)
        if event is None:
            return
        tab.place = event["router_data"]["asPath"]
        if tab.is_shown_out:
            return
        tab.has_acted = tab.has_acted or event["name"] not in framework_events()
        if self._is_overdoing(self._namespace.sid_to_token[sid]):
            tab.hang_up()
            return
        await self._event(sid, event)

    async def _let_connect(self, sid: str, environ: dict[str, Any], auth: object) -> object:
        tab = tab_of(environ.get("asgi.scope", {}))
        if tab is None:
            return False
        self._tabs[sid] = tab

        async def send(update: StateUpdate) -> None:
            await self._namespace.emit("event", update, to=sid)

        async def ask(event: Event) -> None:
            token = self._namespace.sid_to_token.get(sid)
            connection = self._namespace._static_router_data.get(sid)  # noqa: SLF001
            if token and connection:
                asked = replace(event, router_data=dict(connection))
                await self._app.event_processor.enqueue(token, asked)

        async def reload() -> None:
            # Reflex's pages load themselves anew when told that they are of another version.
            told = {"backend": "", "reload_cooldown_ms": -1}
            await self._namespace.emit(_OTHER_VERSION, told, to=sid)

        tab.send, tab.ask, tab.reload = send, ask, reload
        said = read_connection(auth)
        if "event" in said:
            tab.place = said["event"]["router_data"]["asPath"]
        if tab.facts.ended:  # not one word reaches Reflex
            watch.show_out_soon(tab.visit.key, tab.facts.reason)
            return None
        async with AsyncExitStack() as turn:
            await turn.enter_async_context(self._turns.one(tab.address))
            connected = await self._connect(sid, environ, said or None)
            if token := self._namespace.sid_to_token.get(sid):
                tab.has_acted = self._closed.is_back(token) or tab.has_acted
                await self._closed_in_redis.is_back(token)
                loading = asyncio.create_task(self._until_loaded(token, turn.pop_all()))
                self._loading.add(loading)
                loading.add_done_callback(self._loading.discard)
        return connected

    async def _until_loaded(self, token: str, turn: AsyncExitStack) -> None:
        """Keep the turn of a tab until what its page asks for when it opens is done."""
        async with turn:
            for _ in range(round(_LONGEST_TURN / _A_MOMENT)):
                await asyncio.sleep(_A_MOMENT)
                if not self._waiting_of(token):
                    return

    async def _let_leave(self, sid: str) -> object:
        tab = self._tabs.pop(sid, None)
        token = self._namespace.sid_to_token.get(sid)
        if token:
            await self._closed_in_redis.leaves(token)
        leaving = self._disconnect(sid)
        if token:
            self._closed.left(token, is_worth_keeping=tab is None or tab.has_acted)
        return leaving

    def _is_overdoing(self, token: str) -> bool:
        return self._waiting_of(token) > _MOST_WAITING

    def _waiting_of(self, token: str) -> int:
        return len(self._app.event_processor._token_queues.get(token, ()))  # noqa: SLF001


class SessionGuard(rx.Middleware):
    """Asks, before every event and before anything of the state is sent, whose it is."""

    def __init__(self, look_up: LookUp) -> None:
        self._look_up = look_up

    async def preprocess(
        self,
        app: rx.App,  # noqa: ARG002  # Reflex's signature
        state: BaseState,
        event: Event,  # noqa: ARG002  # idem
    ) -> StateUpdate | None:
        """Establish the guest; an ended session gets nothing but the way to the sign-in page."""
        context = EventContext.get()
        headers: dict[str, str] = context.router_data.get("headers", {})
        visit = _visit(headers.get("cookie", ""))
        if visit is None or not state_tokens.belongs(context.token, visit.key):
            _log.warning("an event without a visit was dropped")
            return StateUpdate()
        facts = await self._look_up.one(visit)
        if facts.ended:
            root = state._get_root_state()  # noqa: SLF001  # no public way to the root
            root.reset()
            root._clean()  # noqa: SLF001
            watch.show_out_soon(visit.key, facts.reason)
            return StateUpdate()
        address: str = context.router_data.get("ip", "")
        welcome(Guest(visit.key, facts, address))
        return None


def issue_bound_tokens(token_manager: Any) -> None:  # noqa: ANN401  # the module itself
    """Sign the tokens that Reflex gives to duplicated tabs for the session that asks."""
    anonymous: Callable[[], str] = token_manager._get_new_token  # noqa: SLF001

    def new_token() -> str:
        visit = presenting.get()
        return state_tokens.new(visit.key) if visit else anonymous()

    token_manager._get_new_token = new_token  # noqa: SLF001


def _visit(cookie: str) -> Visit | None:
    name, _, text = cookie.partition("=")
    return visit_from_text(text) if name == cookie_name() else None
