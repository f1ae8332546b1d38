"""Every route and download of a running portal, on everybody's behalf."""

import io
import re
import ssl
import zipfile
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import httpx

from tests.security.isolation.callers import ASKERS, Asker
from tests.security.isolation.judging import Count, Judge
from tests.security.isolation.portal_events import cookie_of, end, has_a_chance
from tests.security.isolation.portal_there import There
from tests.security.isolation.right_calls import RIGHT_CALLS
from tests.security.isolation.right_portal import Call
from tests.security.isolation.variants import foreign_in_text, replaced
from tests.security.isolation.written import World

_NOTHING = Call("visitor")
_PARAMETER = re.compile(r"{(\w+)(?::\w+)?}")
_NOT_READ_EACH_TIME = ssl.create_default_context()
_WRONG, _REFUSED = 400, 403
_AT_A_TIME = 6
_FIRST = 6
_EVERY = 4  # of what else there is to send, in the short form


@dataclass(frozen=True, slots=True)
class Request:
    """One request to a route."""

    route: str
    path: Mapping[str, Any]
    query: Mapping[str, Any]
    form: Mapping[str, Any]
    origin: str | None = ""  # empty: the portal's own

    @property
    def address(self) -> str:
        """The path with its parts filled in."""
        template = self.route.partition(" ")[2]
        return _PARAMETER.sub(lambda found: str(self.path.get(found[1], "1")), template)


def attack(
    origin: str,
    there: There,
    world: World,
    askers: list[Asker],
    *,
    few: bool,
    only: Collection[str] = (),
) -> Count:
    """Send every request (or those to `only` some routes) on behalf of everybody."""
    judge = Judge(world)
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        for asker in judge.one_by_one(askers):
            ask = partial(_ask, origin, world, asker)
            for route in only or there.requests():
                # What writes goes one after the other, so that it leaves the same every time.
                sending = pool.map if route.startswith("GET") else map
                for call in RIGHT_CALLS.get(route, _NOTHING).all_kinds():
                    everything = [
                        *_before(world, call),
                        *_chosen(world, route, call, asker, few=few),
                    ]
                    for request, answer in sending(ask, everything):
                        judge.count.calls += 1
                        judge.count.answered += answer.status_code < _WRONG
                        _hear(judge, asker, request, answer)
                judge.look(route, asker)
    return judge.count


def succeeds(origin: str, world: World, route: str) -> str:
    """Let the right person send a request of each kind; return why that fails, or nothing."""
    failed = (_fails(origin, world, route, call) for call in RIGHT_CALLS[route].all_kinds())
    return " and ".join(why for why in failed if why)


def _fails(origin: str, world: World, route: str, call: Call) -> str:
    asker = ASKERS[call.asker]
    for before in _before(world, call):
        _ask(origin, world, asker, before)
    _, answer = _ask(origin, world, asker, _usual(world, route, call))
    where = answer.headers.get("location", "")
    is_taken = answer.status_code < _WRONG and '"mistakes"' not in answer.text
    if "/aanmelden" not in where and (call.refused in answer.text if call.refused else is_taken):
        return ""
    return f"{answer.status_code} {where} {answer.text[:300]}"


def send(origin: str, request: Request, cookie: str) -> httpx.Response:
    """Send a request as our own module does, unless it says where it comes from."""
    method = request.route.partition(" ")[0]
    headers = {"Cookie": cookie, "Accept": "application/json"}
    if request.origin is not None and method == "POST":
        headers["Origin"] = request.origin or origin
    return httpx.request(
        method,
        origin + request.address,
        params={name: str(value) for name, value in request.query.items()},
        data={name: str(value) for name, value in request.form.items()} or None,
        headers=headers,
        timeout=30,
        verify=_NOT_READ_EACH_TIME,
    )


def words_of(answer: httpx.Response) -> str:
    """Return everything that can be read in an answer, in a spreadsheet too."""
    if not answer.content.startswith(b"PK"):
        return f"{answer.headers} {answer.text}"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        return " ".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def _before(world: World, call: Call) -> list[Request]:
    return [Request(route, {}, {}, form(world)) for route, form in call.before]


def _usual(world: World, route: str, call: Call) -> Request:
    return Request(route, call.path(world), call.query(world), call.form(world))


def _chosen(world: World, route: str, call: Call, asker: Asker, *, few: bool) -> list[Request]:
    everything = list(_everything(world, route, call, few=few))
    if not few:
        return everything
    rest = everything[_FIRST::_EVERY] if has_a_chance(asker, few=few) else []
    return everything[:_FIRST] + rest


def _everything(world: World, route: str, call: Call, *, few: bool) -> Iterator[Request]:
    usual = _usual(world, route, call)
    path, query, form = usual.path, usual.query, usual.form
    south = world.organisation("south")
    values = foreign_in_text(world, few=few)
    if not call.kept or few is False:
        yield usual
    yield replace(usual, query={**query, "org": south})
    theirs = world.turned()
    kept = {name: form[name] for name in call.kept}
    yield Request(route, call.path(theirs), call.query(theirs), {**call.form(theirs), **kept})
    for origin in (None, "null", "https://elsewhere.example"):
        yield replace(usual, origin=origin)
    for one in replaced(path, (), values):
        yield replace(usual, path=one)
    for one in replaced(query, (), values):
        yield replace(usual, query=one)
    for one in replaced(form, call.kept, values):
        yield replace(usual, form=one)
    for name in _PARAMETER.findall(route) if not path else ():
        for value in values(name, "1"):
            yield replace(usual, path={name: value})


def _ask(
    origin: str, world: World, asker: Asker, request: Request
) -> tuple[Request, httpx.Response]:
    return request, send(origin, request, _signed_in(world, asker))


def _signed_in(world: World, asker: Asker) -> str:
    cookie = cookie_of(world, asker)
    if asker.name.endswith(".ended"):
        end(cookie)
    return cookie


def _hear(judge: Judge, asker: Asker, request: Request, answer: httpx.Response) -> None:
    told = f"{request.address} {request.query} {request.form}"
    sent = f"{request.path} {request.query} {request.form} from {request.origin or 'our page'}"
    judge.hear(request.route, asker, told, words_of(answer), sent=sent)
    is_foreign = request.origin != "" and request.route.startswith("POST")
    if is_foreign and answer.status_code != _REFUSED:
        evidence = f"answers {answer.status_code} to a page of somebody else"
        judge.count.found(request.route, asker, sent, evidence)
