"""Trying one act on behalf of one role, and telling whether it was done or refused."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select
from sqlmodel import SQLModel

from portal_app import database
from portal_app.permissions import Role
from tests.harness.sockets import shown
from tests.security.isolation.callers import Asker
from tests.security.isolation.portal_events import Browser
from tests.security.isolation.portal_requests import Request, send, words_of
from tests.security.isolation.portal_there import There
from tests.security.isolation.right_calls import RIGHT_CALLS
from tests.security.isolation.right_events import RIGHT_EVENTS
from tests.security.isolation.written import World
from tests.security.roles import team
from tests.security.roles.acts import Act

_NO = (
    "errors.not_allowed",
    "errors.not_found",
    "access.wrong_role",  # not theirs to give
    "access.wrong_to_keep",  # idem
    "access.gone",  # as if it never was
    '"is_refused_rx_state_": true',
    '"view_rx_state_": "refused"',
    "403 Forbidden",
)
"""How the portal says that somebody may not."""
_REFUSAL = "refusal_key_rx_state_"
_TILES = "tiles_rx_state_"
_PAGE = "/hulp"  # loads nothing of what is tried


@dataclass
class Trial:
    """A portal with the team behind it, where acts are tried one by one."""

    origin: str
    there: There
    world: World
    put_back: Callable[[], None]

    def is_done(self, act: Act, role: Role, capacity: str) -> bool:
        """Try an act; tell whether it was done. Neither done nor refused is no answer.

        Raises:
            AssertionError: the portal said something else.
        """
        if act.tile:
            return act.tile in self._tiles(role)
        before = _rows(act.changes)
        ask = self._over_the_socket if act.is_event else self._by_request
        heard = ask(act, role, capacity)
        is_changed = _rows(act.changes) != before
        if is_changed:
            self.put_back()
        shown = any(
            stamp.owner == "north" and stamp.kind == act.shows
            for stamp in self.world.ledger.found_in(heard).values()
        )
        is_done = is_changed or shown or bool(act.says and act.says in heard)
        says_no = any(sign in heard for sign in _NO) or (act.goes_unsaid and not is_done)
        assert is_done is not says_no, f"{role} hears: {heard[-1500:]}"
        return is_done

    def _over_the_socket(self, act: Act, role: Role, capacity: str) -> str:
        usual, asked = RIGHT_EVENTS[act.of], act.query(self.world, capacity)
        address = usual.page(self.world)
        if asked:
            address = f"{address.partition('?')[0]}?{urlencode(asked)}"
        browser = self._browser(role)
        browser.open(_PAGE)
        for name, sent in act.before:
            browser.ask(name, [(address, sent(self.world, capacity))])
        arguments = {**usual.arguments(self.world), **act.more(self.world, capacity)}
        heard = browser.ask(act.of, [(address, arguments)])
        heard += browser.ask("ShellState.tell", [(address, {"key": "", "values": {}})])  # a refusal
        browser.close()
        state, shell = self._state_of(act.of), self._state_of("ShellState.tell")
        deltas = [json.loads(frame).get("delta") or {} for frame in heard]
        said = [delta.get(shell, {}).get(_REFUSAL) for delta in deltas]
        return json.dumps([*said, *(delta.get(state) for delta in deltas)])

    def _by_request(self, act: Act, role: Role, capacity: str) -> str:
        call, world = RIGHT_CALLS[act.of], self.world
        form: Mapping[str, Any] = call.form(world)
        if form:
            form = {**form, **act.more(world, capacity)}
        request = Request(act.of, call.path(world), call.query(world), form)
        answer = send(self.origin, request, team.cookies[role])
        return f"{answer.status_code} {answer.reason_phrase} {words_of(answer)}"

    def _tiles(self, role: Role) -> list[str]:
        """Open the first page and return the tiles that it shows."""
        browser = self._browser(role)
        browser.open("/")
        browser.ask("ShellState.load", [("/", {})])
        browser.close()
        assert browser.tab is not None
        return shown(browser.tab.frames)[f"{self._state_of('ShellState.load')}.{_TILES}"]

    def _browser(self, role: Role) -> Browser:
        asker, cookie = Asker(role.value, {}), team.cookies[role]
        return Browser(self.origin, self.there, self.world, asker, cookie)

    def _state_of(self, handler: str) -> str:
        return self.there.handlers[handler]["name"].rpartition(".")[0]


def _rows(table: str) -> str:
    if not table:
        return ""
    with database.engine().connect() as connection:
        return repr(connection.execute(select(SQLModel.metadata.tables[table])).all())
