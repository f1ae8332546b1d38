"""The shape of what may come over a socket: an event of ours, or nothing.

What does not fit is dropped before Reflex reads, queues or logs any of it.
"""

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, Field, TypeAdapter, ValidationError, create_model
from reflex.state import FrontendEventExceptionState, OnLoadInternalState, State
from reflex_base.registry import RegistrationContext
from reflex_base.utils.form import form_data_as_dict
from reflex_base.utils.format import format_event_handler

from portal_app.gate.arguments import STRICT, BadArguments, read_arguments
from portal_app.gate.handlers import declaration_of

_LONGEST_NAME = 300
_Version = TypeAdapter(Annotated[str, Field(max_length=64)])


class _Place(BaseModel):
    """Where the browser says it is: for the eye only, rights never hang on it."""

    model_config = STRICT | {"extra": "ignore"}

    pathname: str
    asPath: str  # noqa: N815  # Reflex's word
    query: dict[str, str | list[str]] = {}  # a list: the parts of an address that leads nowhere


def read_connection(auth: object) -> dict[str, Any]:
    """Return what a page may say while connecting: its first event, and its version."""
    if not isinstance(auth, dict):
        return {}
    kept: dict[str, Any] = {}
    event = read_event(auth.get("event"))
    if event is not None:
        kept["event"] = event
    with suppress(ValidationError):  # a page without a version is left alone
        kept["state_schema"] = _Version.validate_python(auth.get("state_schema"), strict=True)
    return kept


def read_event(sent: object) -> dict[str, Any] | None:
    """Return an event that may go in, holding nothing but what was read; None for any other."""
    if not isinstance(sent, dict):
        return None
    name, payload = sent.get("name"), sent.get("payload") or {}
    model = _arguments_of(name) if isinstance(name, str) else None
    if model is None or not isinstance(payload, dict) or not _has_text_keys(payload):
        return None
    try:
        payload = {key: form_data_as_dict(value) for key, value in payload.items()}
        read_arguments(model, "", payload)
        place = _Place.model_validate(sent.get("router_data"), strict=True)
    except (BadArguments, ValidationError, TypeError, ValueError):
        return None
    return {"name": name, "payload": payload, "router_data": place.model_dump()}


def framework_events() -> Mapping[str, type[BaseModel]]:
    """Return the events of Reflex itself that a page needs, with their arguments."""
    return _framework_events()


@cache
def _framework_events() -> dict[str, type[BaseModel]]:
    # Nothing of ours is kept in rx.Cookie, rx.LocalStorage or rx.SessionStorage, so a page
    # has no values of those to send.
    hydrate = create_model(
        "hydrate_and_load",
        __config__=STRICT,
        vars=(dict[str, str] | None, Field(default=None, max_length=0)),
        hashes=(list[str] | None, Field(default=None, max_length=500)),
    )
    nothing = create_model("on_load_internal", __config__=STRICT)
    error = create_model(
        "handle_frontend_exception",
        __config__=STRICT | {"str_max_length": 50_000},
        info=(str, ...),
        component_stack=(str, ...),
    )
    return {
        format_event_handler(State.event_handlers["hydrate_and_load"]): hydrate,
        format_event_handler(OnLoadInternalState.event_handlers["on_load_internal"]): nothing,
        format_event_handler(
            FrontendEventExceptionState.event_handlers["handle_frontend_exception"]
        ): error,
    }


def _arguments_of(name: str) -> type[BaseModel] | None:
    if len(name) > _LONGEST_NAME:
        return None
    if name in _framework_events():
        return _framework_events()[name]
    registered = RegistrationContext.get().event_handlers.get(name)
    declared = declaration_of(registered.handler.fn) if registered else None
    return declared.arguments if declared else None


def _has_text_keys(payload: Mapping[object, object]) -> bool:
    return all(isinstance(key, str) for key in payload)
