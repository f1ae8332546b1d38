"""A person's browser over HTTP: pages are opened, and forms posted as our module posts them."""

from dataclasses import dataclass, field
from typing import Any, Self

import httpx

_PAGE = "text/html,application/xhtml+xml"
_FAILED = 500


class Interrupted(Exception):
    """No answer came, or one of failure: what was asked may be done or not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a form was told."""

    go: str = ""
    mistakes: tuple[str, ...] = ()  # the keys of the sentences
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def is_taken(self) -> bool:
        """Whether the portal acknowledged what was sent."""
        return not self.mistakes


class HttpBrowser:
    """One browser with its cookies, at a network address of its own."""

    def __init__(self, origin: str, *, cookie: str = "", address: str = "127.0.0.1") -> None:
        name, _, value = cookie.partition("=")
        self._client = httpx.Client(
            base_url=origin,
            headers={"Origin": origin, "User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"},
            cookies={name: value} if cookie else None,
            transport=httpx.HTTPTransport(local_address=address),
            timeout=60,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._client.close()

    @property
    def cookie(self) -> str:
        """What it sends as Cookie header."""
        return "; ".join(f"{name}={value}" for name, value in self._client.cookies.items())

    def open(self, path: str) -> str:
        """Open a page; return where that led: the path itself, or the page it was sent on to.

        Raises:
            Interrupted: no page came.
        """
        answer = self._ask("GET", path, {"Accept": _PAGE})
        return answer.headers.get("location", path)

    def post(self, action: str, **form: str) -> Answer:
        """Post a form, as `posted_forms.js` does.

        Raises:
            Interrupted: no answer came.
        """
        said = self._ask("POST", action, {"Accept": "application/json"}, form).json()
        mistakes = tuple(mistake["key"] for mistake in said.get("mistakes", ()))
        return Answer(said.get("go", ""), mistakes, said)

    def _ask(
        self, method: str, path: str, headers: dict[str, str], form: dict[str, str] | None = None
    ) -> httpx.Response:
        try:
            answer = self._client.request(method, path, headers=headers, data=form)
        except httpx.TransportError as lost:
            raise Interrupted(type(lost).__name__) from lost
        if answer.status_code >= _FAILED:
            raise Interrupted(f"{answer.status_code} {answer.text[:200]}")
        return answer
