"""The ways to say no.

An error carries keys of the catalogues, never a sentence: the language is chosen where
the reader is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Value: TypeAlias = "str | int | Text | tuple[Text, ...]"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence still to be said: its catalogue key, and the values that it mentions.

    A value may itself be a `Text`, or several; they are said in the same language.
    """

    key: str
    values: Mapping[str, "Value"] = field(default_factory=dict[str, "Value"])

    def __hash__(self) -> int:
        return hash((self.key, tuple(sorted(self.values))))


class PortalError(Exception):
    """Anything the portal refuses. It rolls the transaction back."""


class NotSignedIn(PortalError):
    """Nobody is signed in, or the session has ended."""


class NotAllowed(PortalError):
    """The signed-in person holds no right that opens this."""


class NotProven(PortalError):
    """The right is held, but it is too long ago that the person proved who they are."""


class FactorMissing(NotProven):
    """A role of the person asks for a second way to prove who they are, and they have none."""


class NotFound(PortalError):
    """There is no such thing, or it belongs to another organisation: no one can tell which."""


class Invalid(PortalError):
    """What was typed is wrong; `fields` explains every mistake, by field name."""

    def __init__(self, fields: Mapping[str, Text]) -> None:
        super().__init__(", ".join(f"{name}: {text.key}" for name, text in fields.items()))
        self.fields = dict(fields)


class TooMany(PortalError):
    """A limit was reached; try again after `retry_after_seconds` (at least 1)."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(f"retry after {retry_after_seconds} s")
        self.retry_after_seconds = max(1, retry_after_seconds)


class CannotStart(PortalError):
    """The portal cannot start; the message is for the operator and says what to do."""


class WrongSetting(CannotStart):
    """A setting is missing or wrong; the message is one sentence that says what to change."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal that must be remembered: returned, so that counters and audit commit."""

    why: Text
    field: str = ""
