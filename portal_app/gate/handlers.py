"""`@handler`: what makes a method of a state callable by a browser, and by whom.

Every public method of a Reflex state is a remote procedure for anyone who can open a
socket. So each one says who may call it at all (the fine right lives on the use case it
runs), and reads its arguments strictly. The checks run inside the method itself, whatever
name or road led to it; a method without this declaration stops the start (`lockdown`).
"""

import inspect
from collections.abc import AsyncGenerator, Callable, Coroutine
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVarTuple

import reflex as rx
from pydantic import BaseModel
from reflex.event import EventCallback

from portal_app.errors import NotAllowed, NotSignedIn
from portal_app.gate.arguments import model_of, read_arguments
from portal_app.gate.guest import guest

_DECLARATION = "__portal_handler__"

_make_event: Any = rx.event  # whose own types do not fit a method of just any signature

P = TypeVarTuple("P")


class Audience(StrEnum):
    """Who may call a handler at all."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a handler declared about itself."""

    audience: Audience
    arguments: type[BaseModel]


def handler(
    audience: Audience,
    *,
    background: bool = False,
    supersedes: bool = False,
    debounce: int | None = None,
    throttle: int | None = None,
    prevent_default: bool = False,
    stop_propagation: bool = False,
    temporal: bool = False,
) -> Callable[[Callable[[Any, *P], Any]], EventCallback[*P]]:
    """Let browsers call this method of a state, when they belong to `audience`.

    The method is async, or an async generator, and every argument has an exact type: the
    strict reading takes no other. Texts are at most 2000 characters unless the annotation
    says otherwise (`Annotated[str, Field(max_length=...)]`). The other options are those of
    `rx.event`; `debounce` and `throttle` are in milliseconds.

    Raises:
        TypeError: the method is not async, or its signature is loose.
    """

    def declare(method: Callable[[Any, *P], Any]) -> EventCallback[*P]:
        declaration = Declaration(audience, model_of(method))
        guarded = _guarded(method, declaration)
        setattr(guarded, _DECLARATION, declaration)
        return _make_event(
            guarded,
            background=background or None,
            supersedes=supersedes or None,
            debounce=debounce,
            throttle=throttle,
            prevent_default=prevent_default or None,
            stop_propagation=stop_propagation or None,
            temporal=temporal or None,
        )

    return declare


def declaration_of(function: object) -> Declaration | None:
    """Return what a method declared with `@handler`, or None."""
    return getattr(function, _DECLARATION, None)


def _guarded(method: Callable[..., Any], declaration: Declaration) -> Callable[..., Any]:
    signature = inspect.signature(method)
    name = method.__qualname__

    def admit(state: object, sent: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any]:
        _check_audience(declaration.audience)
        if sent:  # called by our own code, in Python's way
            named = dict(list(signature.bind(state, *sent, **named).arguments.items())[1:])
        return read_arguments(declaration.arguments, name, named)

    if inspect.isasyncgenfunction(method):

        @wraps(method)
        async def guarded_generator(
            self: object, *sent: object, **named: object
        ) -> AsyncGenerator[Any]:
            async for event in method(self, **admit(self, sent, named)):
                yield event

        return guarded_generator

    if not inspect.iscoroutinefunction(method):
        message = f"{name}: make it async; a handler that blocks stops every other browser"
        raise TypeError(message)

    asynchronous: Callable[..., Coroutine[Any, Any, Any]] = method

    @wraps(method)
    async def guarded_coroutine(self: object, *sent: object, **named: object) -> object:
        return await asynchronous(self, **admit(self, sent, named))

    return guarded_coroutine


def _check_audience(audience: Audience) -> None:
    who = guest()
    if audience is Audience.PUBLIC:
        return
    if not who.is_signed_in:
        raise NotSignedIn
    if audience is Audience.STAFF and not who.facts.is_staff:
        raise NotAllowed
