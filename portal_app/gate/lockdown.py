"""Refuses to start unless every road into the states is one of ours.

It leans on a few private parts of Reflex. Each is checked here, so that an upgrade that
moves one stops the start instead of opening the gate.
"""

import inspect
from collections.abc import Callable, Iterator
from typing import cast

import reflex as rx
from reflex.app import EventNamespace
from reflex.istate.storage import ClientStorageBase
from reflex.state import (
    BaseState,
    FrontendEventExceptionState,
    OnLoadInternalState,
    State,
    UpdateVarsInternalState,
)
from reflex.utils import token_manager
from reflex_base.config import get_config
from reflex_base.constants import Endpoint
from reflex_base.event.processor import BaseStateEventProcessor
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler
from starlette.routing import Mount

from portal_app.errors import PortalError
from portal_app.gate.handlers import declaration_of
from portal_app.gate.scopes import App
from portal_app.gate.wire import framework_events
from portal_app.settings import settings

_UNKNOWN = "Reflex is not as the gate knows it ({}): see portal_app/gate/lockdown.py."


class GateIncomplete(PortalError):
    """The portal must not be served; the message says what to change."""


def lock_down(app: rx.App) -> int:
    """Close every road into the states but the declared handlers; return how many there are.

    Call it when every state is known and before the app is served.

    Raises:
        GateIncomplete: a handler has no declaration, a state keeps a value in the browser's
            storage, or Reflex is not as this code knows it.
    """
    _check_seams(app)
    handlers = RegistrationContext.get().event_handlers
    allowed = {*framework_events(), *_asked_by_reflex_itself()}
    undeclared: list[str] = []
    declared = 0
    for name, registered in list(handlers.items()):
        if declaration_of(registered.handler.fn):
            declared += 1
        elif name in allowed:
            continue
        elif name.endswith(".setvar") or _is_of_reflex(registered.states):
            del handlers[name]
        else:
            undeclared.append(name)
    if undeclared:
        message = (
            "Anyone could call these; put @handler(Audience...) above each, or an underscore "
            "before its name:\n  " + "\n  ".join(sorted(undeclared))
        )
        raise GateIncomplete(message)
    _refuse_client_storage()
    # A page's error would make the server send it a script to evaluate.
    FrontendEventExceptionState.auto_reload_on_errors = []
    return declared


def road_of_events(app: rx.App) -> App:
    """Return what serves the sockets, without the routes around it: each socket keeps every layer.

    Raises:
        GateIncomplete: Reflex is not as this code knows it.
    """
    for route in app._api.routes if app._api else ():  # noqa: SLF001  # no public way
        if isinstance(route, Mount) and route.path == str(Endpoint.EVENT):
            return cast("App", route.app)
    raise GateIncomplete(_UNKNOWN.format("where sockets end"))


def _asked_by_reflex_itself() -> Iterator[str]:
    """Yield the events that Reflex chains after its own; no page may send them."""
    for state in (State, OnLoadInternalState):
        yield format_event_handler(state.event_handlers["set_is_hydrated"])


def _is_of_reflex(states: tuple[type[BaseState], ...]) -> bool:
    return all(state.__module__.split(".")[0].startswith("reflex") for state in states)


def _refuse_client_storage() -> None:
    for state in RegistrationContext.get().base_states.values():
        for name, var in state.get_fields().items():
            if isinstance(var.default, ClientStorageBase):
                message = (
                    f"{state.__name__}.{name} is kept in the browser's storage, where any script "
                    "reads it and any value is sent back; keep it in the database or the address."
                )
                raise GateIncomplete(message)


def _check_seams(app: rx.App) -> None:
    for holds, what in _seams(app):
        if not holds():
            raise GateIncomplete(_UNKNOWN.format(what))
    if tuple(get_config().cors_allowed_origins) != (settings.origin,):
        message = f"cors_allowed_origins must be exactly [{settings.origin!r}] in rxconfig.py."
        raise GateIncomplete(message)


def _seams(app: rx.App) -> Iterator[tuple[Callable[[], bool], str]]:
    namespace = app.event_namespace
    yield lambda: isinstance(namespace, EventNamespace), "the event namespace"
    yield lambda: _takes(EventNamespace.on_connect, "sid", "environ", "auth"), "on_connect"
    yield lambda: _takes(EventNamespace.on_event, "sid", "data"), "on_event"
    yield lambda: _takes(EventNamespace.on_disconnect, "sid"), "on_disconnect"
    yield lambda: _takes(EventNamespace.trigger_event, "event", "args"), "trigger_event"
    yield lambda: hasattr(namespace, "_static_router_data"), "what is known of a connection"
    yield lambda: callable(getattr(token_manager, "_get_new_token", None)), "new tokens"
    source = inspect.getsource(token_manager.LocalTokenManager.link_token_to_sid)
    yield lambda: "_get_new_token()" in source, "who makes new tokens"
    yield lambda: "_token_queues" in BaseStateEventProcessor.__dataclass_fields__, "queues"
    source_of_event = inspect.getsource(BaseStateEventProcessor._execute_event)  # noqa: SLF001
    checked, hydrated = source_of_event.find("_preprocess("), source_of_event.find("_rehydrate(")
    yield lambda: 0 < checked < hydrated, "the check comes before anything is sent"
    yield lambda: "update_vars_internal" in UpdateVarsInternalState.event_handlers, "storage"


def _takes(function: Callable[..., object], *names: str) -> bool:
    return list(inspect.signature(function).parameters)[1:] == list(names)
