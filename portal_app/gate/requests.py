"""The door for HTTP: pages, files and the portal's own routes."""

import asyncio

from starlette.requests import ClientDisconnect

from portal_app.gate import cookies
from portal_app.gate.content_policy import ContentPolicies
from portal_app.gate.cookies import IssuedCookie, Kind, Visit
from portal_app.gate.failures import failure
from portal_app.gate.headers import dress, let_in_to_routes
from portal_app.gate.inside import Inside
from portal_app.gate.look_up import LookUp
from portal_app.gate.scopes import (
    App,
    Message,
    Receive,
    Request,
    Scope,
    Send,
    is_loopback_alias,
    is_ours,
    request_of,
    tell,
)
from portal_app.settings import settings
from portal_app.turns import asking_from

_SAFE = ("GET", "HEAD")
_UNSAFE = ("POST",)
_FAILED = 500
_PLAIN_TEXT = b"text/plain; charset=utf-8"
_HEALTH = "/health"  # asked by machines that know the portal by its number only
_CLOSED = ("/ping", "/auth-codespace")


class RequestDoor:
    """Refuses what no page of ours would send; gives every answer its headers."""

    def __init__(
        self,
        inner: App,
        policies: ContentPolicies,
        look_up: LookUp,
        inside: Inside,
    ) -> None:
        self._inner = inner
        self._policies = policies
        self._look_up = look_up
        self._inside = inside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = request_of(scope)
        answer = _Answer(scope["path"], self._policies, send)
        refusal = _refusal(scope, request)
        if refusal:
            await answer.refuse(*refusal)
            return
        try:
            await self._serve(scope, request, receive, answer)
        except _BodyRefusedError as refused:
            await answer.refuse(refused.status)
        except ClientDisconnect:
            return  # halfway through its own request: nobody waits for an answer
        except Exception as error:  # noqa: BLE001  # the last one who can give a reference
            failed = failure(error, scope, request)
            await answer.refuse(_FAILED, failed.body, kind=failed.kind, policy=failed.policy)

    async def _serve(
        self, scope: Scope, request: Request, receive: Receive, answer: "_Answer"
    ) -> None:
        visit, issued = await self._visit(scope, request)
        answer.cookie = issued
        if visit is not None and not visit.is_session and self._is_inside(scope, request):
            await answer.lead(self._inside.way_in(scope, had_session=_had_session(request)))
            return
        headers = let_in_to_routes(
            scope["headers"],
            is_page=request.wants_page,
            cookie=cookies.language_in(request.cookie),
        )
        path = scope["path"]
        if scope["method"] in _SAFE and self._policies.has_page(path):
            path = f"{path}/"  # or the files' own server sends the browser there first
        asking_from.set(request.address)
        inside = {**scope, "path": path, "headers": headers, "client": (request.address, 0)}
        await self._inner(tell(inside, visit), _Body(receive).receive, answer.send)
        await answer.send_held()

    def _is_inside(self, scope: Scope, request: Request) -> bool:
        return scope["method"] == "GET" and request.wants_page and self._inside.has(scope["path"])

    async def _visit(
        self, scope: Scope, request: Request
    ) -> tuple[Visit | None, IssuedCookie | None]:
        """Find whose browser this is; give it a cookie where it has none that lives."""
        if scope["path"].startswith("/assets/") or scope["path"] == _HEALTH:
            return None, None
        visit = cookies.read(request.cookie)
        is_opening = scope["method"] == "GET" and request.wants_page
        if visit and visit.is_session and is_opening and (await self._look_up.one(visit)).ended:
            visit = None
        if visit is None:
            issued = cookies.issue(Kind.VISITOR)
            return issued.visit, issued
        renewed = cookies.renew(request.cookie) if is_opening and not visit.is_session else None
        return visit, renewed


def _had_session(request: Request) -> bool:
    visit = cookies.read(request.cookie)
    return visit is not None and visit.is_session


def _refusal(scope: Scope, request: Request) -> tuple[int, bytes, str] | None:
    """Tell why a request is refused (status, body, where to go instead), or None."""
    path, method = scope["path"], scope["method"]
    if not is_ours(request.host) and path != _HEALTH:
        return _of_another_host(scope, request)
    if path.startswith("/_") or path in _CLOSED:
        return 404, b"Not found", ""
    if method not in _SAFE + _UNSAFE:
        return 405, b"Method not allowed", ""
    if method in _UNSAFE and not request.is_from_our_pages:
        return 403, b"Forbidden", ""
    if not _is_fair(request.content_length):
        return 413, b"Too large", ""
    return None


def _of_another_host(scope: Scope, request: Request) -> tuple[int, bytes, str]:
    if scope["method"] not in _SAFE or not is_loopback_alias(request.host):
        return 421, b"Misdirected request", ""
    query: bytes = scope["query_string"]
    address: bytes = scope.get("raw_path") or scope["path"].encode()
    full = b"?".join((address, query)) if query else address
    return 307, b"", f"{settings.origin}{full.decode('latin-1')}"


def _is_fair(content_length: str) -> bool:
    return not content_length or (
        content_length.isascii()
        and content_length.isdigit()
        and int(content_length) <= settings.request_body_bytes
    )


class _BodyRefusedError(Exception):
    """A body that is too large or too slow."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Body:
    """Hands on a request's body, as long as it stays small and keeps coming."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._taken = 0
        self._is_complete = False
        self._deadline = asyncio.get_running_loop().time() + settings.request_body_seconds

    async def receive(self) -> Message:
        if self._is_complete:  # what still comes is the news that the browser left
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            raise _BodyRefusedError(408) from None
        self._taken += len(message.get("body", b""))
        if self._taken > settings.request_body_bytes:
            raise _BodyRefusedError(413)
        self._is_complete = not message.get("more_body", False)
        return message


class _Answer:
    """Hands on an answer, dressed."""

    def __init__(self, path: str, policies: ContentPolicies, send: Send) -> None:
        self._path = path
        self._policies = policies
        self._send = send
        self._has_started = False
        self._held: list[Message] = []
        self.cookie: IssuedCookie | None = None

    async def send(self, message: Message) -> None:
        """Hand on a part; hold an answer 500 back, for the error behind it is still to come."""
        if self._held or message.get("status") == _FAILED:
            self._held.append(message)
        else:
            await self._send_on(message)

    async def send_held(self) -> None:
        """Hand on what was held back: no error came, so the route meant it."""
        for message in self._held:
            await self._send_on(message)

    async def _send_on(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._has_started = True
            headers = dress(
                message.get("headers", ()),
                path=self._path,
                status=message["status"],
                policies=self._policies,
            )
            names = dict(headers)
            if self.cookie and b"set-cookie" not in names:  # a route's own cookie counts more
                headers.append((b"set-cookie", self.cookie.header.encode()))
            message = {**message, "headers": headers}
        await self._send(message)

    async def lead(self, address: str) -> None:
        """Lead the browser to another page, with the cookie that it was given."""
        headers = [(b"location", address.encode("latin-1")), (b"content-length", b"0")]
        await self._send_on({"type": "http.response.start", "status": 303, "headers": headers})
        await self._send_on({"type": "http.response.body", "body": b""})

    async def refuse(
        self,
        status: int,
        body: bytes = b"",
        go: str = "",
        *,
        kind: bytes = _PLAIN_TEXT,
        policy: bytes = b"",
    ) -> None:
        """Answer shortly, unless an answer is under way."""
        if self._has_started:
            return
        headers = [
            (b"content-type", kind),
            (b"content-length", str(len(body)).encode()),
        ]
        if go:
            headers.append((b"location", go.encode("latin-1")))
        if policy:
            headers.append((b"content-security-policy", policy))
        self.cookie = None
        await self._send_on({"type": "http.response.start", "status": status, "headers": headers})
        await self._send_on({"type": "http.response.body", "body": body})
