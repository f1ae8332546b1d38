"""How what changed is written for the browser: whole shapes in one go.

Reflex writes JSON with Python's own library, and asks apart for every part that it does not know;
with lists of candidates that was a sixth of what a filter cost.
"""

from dataclasses import is_dataclass
from types import SimpleNamespace
from typing import Any, cast

import orjson
import reflex as rx
from reflex_base.utils import format as reflex_format
from reflex_base.utils.serializers import serialize

_AS_REFLEX = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME
# Shapes of Reflex keep things back from the browser, such as the cookie: only it may write them.
_SHAPES_APART = _AS_REFLEX | orjson.OPT_PASSTHROUGH_DATACLASS


def send_in_one_go(app: rx.App) -> None:
    """Have the socket of the app write its messages so; what they say stays the same."""
    packet: Any = cast("Any", app.sio).packet_class
    packet.json = SimpleNamespace(dumps=dumps, loads=packet.json.loads)


def dumps(message: Any, **options: Any) -> str:  # noqa: ANN401  # whatever Reflex sends
    """Write a message for the browser."""
    try:
        return orjson.dumps(message, _apart, _SHAPES_APART).decode()
    except TypeError:  # such as a number of over 64 bits
        return reflex_format.json_dumps(message, **options)


def _apart(value: object) -> object:
    if type(value).__module__.startswith("portal_app.") and is_dataclass(value):
        return orjson.Fragment(orjson.dumps(value, serialize, _AS_REFLEX))
    return serialize(value)
