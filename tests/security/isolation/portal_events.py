"""Every handler of every state, over the socket of a running portal, on everybody's behalf."""

import json
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import update
from websockets.exceptions import ConnectionClosed

from portal_app import clock, database
from portal_app.gate.cookies import Kind, issue, session_key
from portal_app.models import BrowserSession, Owed
from tests import factories
from tests.harness import sockets
from tests.harness.sockets import HYDRATE, Tab
from tests.security.isolation.callers import ASKERS, Asker
from tests.security.isolation.judging import Count, Judge
from tests.security.isolation.portal_there import There
from tests.security.isolation.right_events import RIGHT_EVENTS
from tests.security.isolation.right_portal import Event
from tests.security.isolation.rows import everything
from tests.security.isolation.variants import JUNK, foreign, foreign_in_text, replaced
from tests.security.isolation.written import World

Events = list[tuple[str, Mapping[str, Any]]]
"""Addresses of pages, each with the arguments that are sent from there."""

_AT_A_TIME = 12
_ENDED = ("south.ended", "south.expired")
_LOADS_NOTHING = "/e-mailadres-vergeten/bevestigen"  # else what it loaded comes after the end
_NOTHING = Event("visitor")
_AT_ONCE = 40  # the gate lets 150 wait
_FIRST = 4
_JUNK = tuple(value for value in JUNK if not isinstance(value, float) and type(value) is not object)


@dataclass
class Browser:
    """A browser of one asker, whose tab opens again when the portal closes it."""

    origin: str
    there: There
    world: World
    asker: Asker
    cookie: str = ""
    told: str = ""  # everything it has sent
    fences: int = 0
    tab: Tab | None = None
    ended: bool = False
    heard: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Open a page; whoever has an ended session was signed in when it opened."""
        self.cookie = self.cookie or cookie_of(self.world, self.asker)
        self.tab = Tab(self.origin, cookie=self.cookie, path=address)
        self.tab.knock()
        self._up_to_a_fence(self.tab)

    def ask(self, name: str, sent: Events) -> list[str]:
        """Send one handler's events, each from an address; return what came back as text."""
        if self.tab is None or not self.tab.is_open:
            self.close()
            self.open(sent[0][0])
        tab = self.tab
        assert tab is not None
        handler = self.there.handlers[name]["name"] if name != HYDRATE else HYDRATE
        for address, arguments in sent:
            self.told += f" {address} {json.dumps(arguments)}"
            tab.path = address
            try:
                tab.send(handler, **arguments)
            except (OSError, ConnectionClosed):  # its session ended
                break
        return [json.dumps(frame) for frame in self._up_to_a_fence(tab)]

    def close(self) -> None:
        """Close the tab."""
        if self.tab is not None:
            self.tab.close()

    def _up_to_a_fence(self, tab: Tab) -> list[dict[str, Any]]:
        self.fences += 1
        sign = f"fence-{self.asker.name}-{self.fences}-"
        try:
            tab.send(self.there.handlers["ShellState.tell"]["name"], key=sign, values={})
        except (OSError, ConnectionClosed):  # its session ended
            return []
        return tab.collect_until(sign)


def attack(
    origin: str,
    there: There,
    world: World,
    askers: list[Asker],
    *,
    few: bool,
    only: Collection[str] = (),
) -> Count:
    """Send every event (or those of `only` some handlers) on behalf of everybody."""
    judge = Judge(world)
    for asker in judge.one_by_one(askers):
        for browser, name, sent, heard in _heard(origin, there, world, asker, only, few=few):
            judge.count.calls += len(sent)
            judge.count.answered += len(heard)
            judge.hear(name, asker, browser.told, *heard)
            judge.look(name, asker)
    return judge.count


def _heard(
    origin: str, there: There, world: World, asker: Asker, only: Collection[str], *, few: bool
) -> Iterator[tuple[Browser, str, Events, list[str]]]:
    """Yield what an asker heard from each handler."""
    everything = [
        (name, sent[: None if has_a_chance(asker, few=few) else _FIRST])
        for name, sent in _everything(there, world, only, few=few)
    ]
    if asker.name in _ENDED:  # the portal takes its time to close a page
        with ThreadPoolExecutor(_AT_A_TIME) as pool:
            asking = ((Browser(origin, there, world, asker), *one) for one in everything)
            yield from pool.map(lambda one: (*one, _ask_as_ended(*one)), asking)
        return
    browser = Browser(origin, there, world, asker)
    for name, sent in everything:
        yield browser, name, sent, _ask(browser, name, sent)
    browser.close()


def has_a_chance(asker: Asker, *, few: bool) -> bool:
    """Tell whether somebody is asked with everything; in the short form few are."""
    return not few or asker.name == "north.manager"


def succeeds(origin: str, there: There, world: World, name: str) -> str:
    """Let the right person call a handler; return why that fails, or nothing."""
    event = RIGHT_EVENTS[name]
    browser = Browser(origin, there, world, ASKERS[event.asker])
    address = event.page(world)
    browser.open(address)
    for _ in range(3):  # what a page loads is asked for when it has opened, and may ask more
        browser.ask("ShellState.tell", [(address, {"key": "", "values": {}})])
    for before, arguments in event.before:
        browser.ask(before, [(address, arguments(world))])
    event.meanwhile(world)
    with database.engine().connect() as connection:
        was = everything(connection)
    heard = browser.ask(name, [(address, event.arguments(world))])
    with database.engine().connect() as connection:
        wrote = everything(connection) != was
    browser.close()
    *said, _ = heard or [""]
    text = " ".join(said)
    if "errors.not_allowed" in text or "/aanmelden" in text or "errors.went_wrong" in text:
        return text[:500]
    state = there.handlers[name]["name"].rpartition(".")[0]
    does = wrote or any(_says_something(frame, state) for frame in said)
    return "" if does else "nothing comes back and nothing changes"


def _says_something(frame: str, state: str) -> bool:
    read = json.loads(frame)
    return bool(read.get("events")) or state in (read.get("delta") or {})


def _ask_as_ended(browser: Browser, name: str, sent: Events) -> list[str]:
    """Ask as the one whose session it was, who may have a page open that loads nothing."""
    if browser.asker.name == "south.ended":
        browser.open(_LOADS_NOTHING)
        end(browser.cookie)
    heard = _ask(browser, name, sent)
    browser.close()
    return heard


def _ask(browser: Browser, name: str, sent: Events) -> list[str]:
    heard: list[str] = []
    for start in range(0, len(sent), _AT_ONCE):
        heard += browser.ask(name, sent[start : start + _AT_ONCE])
    return heard


def _everything(
    there: There, world: World, only: Collection[str], *, few: bool
) -> Iterator[tuple[str, Events]]:
    south = world.organisation("south")
    pages = [page for page in there.pages if not page.startswith("/dev/")]
    yield HYDRATE, [(f"{page}?org={south}", {}) for page in pages]
    for name in only or there.asked():
        event = RIGHT_EVENTS.get(name, _NOTHING)
        address, usual = event.page(world), dict(event.arguments(world))
        elsewhere = f"{address}{'&' if '?' in address else '?'}org={south}"
        theirs = world.turned()
        sent = [
            (address, usual),
            (elsewhere, usual),
            (event.page(theirs), dict(event.arguments(theirs))),
        ]
        sent += [(other, usual) for other in _addresses(world, address, few=few)]
        sent += [
            (address, one) for one in _serialisable(replaced(usual, (), _values(world, few=few)))
        ]
        yield name, sent


def _values(world: World, *, few: bool) -> Any:
    plain, in_text = foreign(world, few=few), foreign_in_text(world, few=few)

    def values_for(name: str, value: Any) -> Iterator[Any]:
        yield from in_text(name, value) if isinstance(value, str) else plain(name, value)
        yield from _JUNK[::4] if few else _JUNK

    return values_for


def _addresses(world: World, address: str, *, few: bool) -> Iterator[str]:
    path, _, query = address.partition("?")
    asked = dict(parse_qsl(query, keep_blank_values=True))
    for one in replaced(asked, (), foreign_in_text(world, few=few)):
        yield f"{path}?{urlencode(one)}"


def _serialisable(some: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in some:
        try:
            json.dumps(one)
        except TypeError:
            continue
        yield one


def cookie_of(world: World, asker: Asker) -> str:
    """Sign the asker in with a new browser; an ended session is still to be ended."""
    name = asker.name
    if name == "nobody.invited":
        issued = issue(Kind.VISITOR)
        waiting = world.first("north", "invitation")
        factories.make_visit(issued.visit.key, pending_invitation_id=waiting)
        return issued.header.partition(";")[0]
    if name in _ENDED:
        name = "south.manager"
    cookie = sockets.cookie_of(world.people.get(name))
    if name == "nobody.candidate":
        _change(cookie, pending_invitation_id=world.first("north", "invitation"))
    if name == "north.appointed":
        _change(cookie, owes=(Owed.ACTIVATION,))
    if asker.name == "south.expired":
        end(cookie)
    return cookie


def end(cookie: str) -> None:
    """End the session of a cookie, as another process would."""
    _change(cookie, ended_at=clock.real_now(), ended_reason="elsewhere")


def _change(cookie: str, **changes: Any) -> None:
    table: Any = BrowserSession
    mine = table.token_digest == session_key(cookie.partition("=")[2])
    with database.engine().begin() as connection:
        connection.execute(update(table).where(mine).values(**changes))
