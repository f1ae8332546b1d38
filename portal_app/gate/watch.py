"""Keeps an eye on the sessions with a tab open: once a second, in one query.

A socket outlives the cookie that opened it. When a session ends, here or in another
process, each of its tabs is emptied and led to the sign-in page, and its socket is closed;
when rights change, its tabs are asked to look again.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.istate.delta import _resolve_delta
from reflex.state import State, StateUpdate
from reflex_base.event import Event

from portal_app.gate import logs
from portal_app.gate.answers import (
    EXPIRED,
    RENEWED,
    SIGNED_OUT,
    local_address,
    sign_in_address,
)
from portal_app.gate.guest import SessionFacts
from portal_app.gate.look_up import LookUp
from portal_app.gate.tabs import Tab, tabs
from portal_app.settings import settings

_GOING_AWAY = 1001
_TIME_TO_TURN = 1  # seconds in which a page, empty by then, gets to where it is led
_A_MOMENT = 0.05
_TIME_TO_LEAVE = 0.2

_running: set[asyncio.Task[None]] = set()


class Watch:
    """Looks after the open tabs of this process."""

    def __init__(
        self,
        look_up: LookUp,
        refresh: Callable[[], Any] | None = None,
        warn: Callable[[int, bool], Any] | None = None,
    ) -> None:
        """Prepare.

        `refresh` returns the event with which a tab looks at its rights again; `warn` the
        one that tells a tab in how many seconds its session ends (0: not soon), and whether
        working on puts that off.
        """
        self._look_up = look_up
        self._refresh = refresh
        self._warn = warn

    async def run(self) -> None:
        """Look once a second, for as long as the process serves."""
        while True:
            await asyncio.sleep(settings.watch_seconds)
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001  # a database away must not end the watch
                logs.note_error(error, "watch")

    async def look(self) -> None:
        """Look at every session with a tab open."""
        keys = tabs.signed_in_sessions()
        if not keys:
            return
        for key, facts in (await self._look_up.many(keys)).items():
            if facts.ended:
                show_out_soon(key, facts.reason)
            else:
                await self._tell_of_rights(key, facts)
                await self._tell_of_end(key, facts)

    async def _tell_of_rights(self, key: str, facts: SessionFacts) -> None:
        for tab in tabs.of_session(key):
            rights_changed = tab.facts.grants_version != facts.grants_version
            tab.facts = facts
            if rights_changed and self._refresh:
                for event in Event.from_event_type([self._refresh()]):
                    await tab.ask(event)

    async def _tell_of_end(self, key: str, facts: SessionFacts) -> None:
        left = facts.seconds_left
        ends_soon = left is not None and left <= settings.warn_before_end_seconds
        for tab in tabs.of_session(key):
            if self._warn and tab.is_warned != ends_soon:
                tab.is_warned = ends_soon
                told = self._warn(left if ends_soon and left else 0, facts.can_stay)
                for event in Event.from_event_type([told]):
                    await tab.ask(event)


async def show_out(session_key: str, reason: str | None) -> None:
    """Empty every tab of a session and lead it to the sign-in page.

    Call it where a session is ended (sign-out, a new password, sign out elsewhere): the tabs
    of this process follow at once, those of other processes within a second.
    """
    leaving = [tab for tab in tabs.of_session(session_key) if not tab.is_shown_out]
    for tab in leaving:
        tab.is_shown_out = True
    if leaving:
        blank = await _blank()
        await asyncio.gather(*(_see_off(tab, blank, way_out(tab, reason)) for tab in leaving))


def way_out(tab: Tab, reason: str | None) -> str:
    """Return where a tab goes whose session ended: mostly to the sign-in page, and from there back.

    Whoever signed out has left: the next one at this browser need not see where they were.
    """
    if reason == RENEWED:
        return local_address(tab.place)
    return sign_in_address("/" if reason == SIGNED_OUT else tab.place, reason=reason or EXPIRED)


def show_out_soon(session_key: str, reason: str | None) -> None:
    """Do the same without waiting for it."""
    task = asyncio.create_task(show_out(session_key, reason))
    _running.add(task)
    task.add_done_callback(_running.discard)


async def _see_off(tab: Tab, blank: dict[str, dict[str, Any]], address: str) -> None:
    """Empty the page, turn it to `address`, and load that anew with the cookie of now."""
    turn = Event.from_event_type([rx.redirect(address, replace=True)])
    tab.place = ""  # until it says where it is now
    try:
        await tab.send(StateUpdate(delta=blank, events=turn))
        await _turned(tab, address)
        await tab.reload()
        await asyncio.sleep(_TIME_TO_LEAVE)
    finally:
        tab.hang_up(_GOING_AWAY)


async def _turned(tab: Tab, address: str) -> None:
    """Wait until the tab says that it is at `address`, but not for long."""
    for _ in range(round(_TIME_TO_TURN / _A_MOMENT)):
        if tab.place == address:
            return
        await asyncio.sleep(_A_MOMENT)


async def _blank() -> dict[str, dict[str, Any]]:
    """Return the state of a page that nothing was told yet."""
    made_by_reflex: Any = State
    fresh = made_by_reflex(_reflex_internal_init=True)
    delta: dict[str, dict[str, Any]] = await _resolve_delta(fresh.dict(initial=True))
    return delta
