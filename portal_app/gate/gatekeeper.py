"""Puts the gate together, around an app and inside it."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import reflex as rx
from reflex.utils import token_manager

from portal_app.gate.asgi import Gate
from portal_app.gate.content_policy import ContentPolicies
from portal_app.gate.events import EventDoor, SessionGuard, issue_bound_tokens
from portal_app.gate.guest import Sessions
from portal_app.gate.inside import Inside
from portal_app.gate.lockdown import lock_down, road_of_events
from portal_app.gate.locks_in_redis import give_back_what_nobody_holds
from portal_app.gate.look_up import InThread, LookUp
from portal_app.gate.scopes import App
from portal_app.gate.watch import Watch


class Gatekeeper:
    """The gate of one app."""

    def __init__(
        self,
        sessions: Sessions,
        *,
        in_thread: InThread,
        build: Path | None,
        refresh: Callable[[], Any] | None = None,
        warn: Callable[[int, bool], Any] | None = None,
        inside: Collection[str] = (),
    ) -> None:
        """Prepare the gate.

        `build` is the folder of the built pages, None behind the development server;
        `refresh` returns the event with which a tab looks at its rights again, `warn` the
        one that tells it in how many seconds its session ends. `inside` are the addresses of
        the pages for people who are signed in; `[name]` stands for any one part.
        """
        self._look_up = LookUp(sessions, in_thread)
        self._build = build
        self._watch = Watch(self._look_up, refresh, warn)
        self._inside = Inside(inside)
        self._events: App | None = None

    def around(self, inner: App) -> Gate:
        """Stand before the whole app: the last of `rx.App(api_transformer=[...])`."""
        return Gate(
            inner,
            events=self._events or inner,
            policies=ContentPolicies(self._build),
            look_up=self._look_up,
            inside=self._inside,
        )

    def inside(self, app: rx.App) -> None:
        """Close every road into the states but the declared ones; call it when all are known.

        Raises:
            GateIncomplete: the app must not be served; the message says why.
        """
        lock_down(app)
        namespace = app.event_namespace
        if namespace is not None:
            EventDoor(app, namespace).stand_guard()
            self._events = road_of_events(app)
        issue_bound_tokens(token_manager)
        give_back_what_nobody_holds(app)
        app.add_middleware(SessionGuard(self._look_up), index=0)
        app.register_lifespan_task(self._watch.run)
