"""Strict arguments: what a browser sends is read against the handler's signature, or refused.

Reflex treats annotations as hints: it coerces what it can, passes on what it cannot, and
writes the value in a log. Here a value has its exact type or the handler does not run, and
nothing of it is kept.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any, get_args, get_type_hints, is_typeddict

from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from pydantic_core import PydanticSerializationError, to_json

from portal_app.errors import PortalError

LONGEST_TEXT = 2000
_MOST_VALUES = 1000
_DEEPEST = 8
_LARGEST_NUMBER = 2**53  # a browser's numbers are exact up to here; a database's further
_CONTAINERS = (list, dict, set, frozenset, tuple)

STRICT = ConfigDict(
    strict=True,
    extra="forbid",
    str_max_length=LONGEST_TEXT,
    allow_inf_nan=False,
    hide_input_in_errors=True,
)


class BadArguments(PortalError):
    """A handler was asked with arguments it does not take; the message holds no value."""


def model_of(function: Callable[..., Any]) -> type[BaseModel]:
    """Build the strict model of a method's arguments, all but `self`.

    Raises:
        TypeError: the signature is loose: an argument without annotation, `*args`, `Any`, a
            table or another model, or a bare container.
    """
    hints = get_type_hints(function, include_extras=True)
    fields: dict[str, Any] = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        place = f"{function.__qualname__}({parameter.name})"
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            message = f"{place}: name every argument; *args and **kwargs let anything in"
            raise TypeError(message)
        if parameter.name not in hints:
            message = f"{place}: annotate it; its type is what browsers are held to"
            raise TypeError(message)
        _refuse_loose(hints[parameter.name], place)
        default = ... if parameter.default is parameter.empty else parameter.default
        fields[parameter.name] = (hints[parameter.name], default)
    return create_model(function.__qualname__, __config__=STRICT, **fields)


def read_arguments(model: type[BaseModel], name: str, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments that handler `name` was sent, as it takes them.

    They are read as JSON, in which enumerations, dates and tuples have a strict form too.

    Raises:
        BadArguments: they are not what the handler takes.
    """
    if not _is_sane(sent):
        raise BadArguments(name)
    try:
        read = model.model_validate_json(to_json(sent, inf_nan_mode="constants"))
    except ValidationError as wrong:
        kinds = ", ".join(sorted({error["type"] for error in wrong.errors(include_input=False)}))
        raise BadArguments(f"{name}: {kinds}") from None
    except PydanticSerializationError:  # a lone surrogate, for one
        raise BadArguments(name) from None
    return {field: getattr(read, field) for field in model.model_fields}


def _refuse_loose(annotation: Any, place: str) -> None:  # noqa: ANN401  # any annotation
    for part in _parts(annotation):
        if part in (Any, object):
            message = f"{place}: Any takes anything; say what it is"
        elif part in _CONTAINERS:
            message = f"{place}: say what the {part.__name__} holds"
        elif isinstance(part, type) and issubclass(part, BaseModel):
            message = f"{place}: a model would let browsers set its fields; take values instead"
        else:
            continue
        raise TypeError(message)


def _parts(annotation: Any) -> Iterator[Any]:  # noqa: ANN401  # any annotation
    inner = [part for part in get_args(annotation) if part is not ...]
    if not inner or isinstance(inner[0], str | int):  # a plain type, or the values of a Literal
        yield annotation
    if is_typeddict(annotation) or is_dataclass(annotation):
        inner = list(get_type_hints(annotation).values())
    for part in inner:
        yield from _parts(part)


def _is_sane(sent: object) -> bool:
    """Tell whether data stays within what a person can type and a database can hold."""
    pending: list[tuple[object, int]] = [(sent, 0)]
    seen = 0
    while pending:
        value, depth = pending.pop()
        seen += 1
        if seen > _MOST_VALUES or depth > _DEEPEST:
            return False
        if isinstance(value, Mapping):
            pending.extend((inner, depth + 1) for inner in value.values())
        elif isinstance(value, list | tuple | set | frozenset):
            pending.extend((inner, depth + 1) for inner in value)
        elif (isinstance(value, str) and "\0" in value) or (
            isinstance(value, int) and abs(value) > _LARGEST_NUMBER
        ):
            return False
    return True
