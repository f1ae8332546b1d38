"""Who may do a use case, and with what: what `right_use_cases` is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.security.isolation.written import World

Arguments = Callable[[World], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Right:
    """Who may, with what. `kept` are arguments that no browser chooses, each with why."""

    asker: str
    arguments: Arguments = lambda _: {}
    kept: Mapping[str, str] = field(default_factory=dict)
    answers_nothing: str = ""  # why it neither answers nor changes anything in this world
    demo_door: bool = False  # for whoever tries demo mode, and outside the database
    own_grant: str = ""  # the argument with which everybody may change a grant of their own
    own_application: str = ""  # idem, by its number, an application
    stays_inside: str = ""  # why nobody over the network reads the answer


BEARER = "whoever holds a code that can be used may use it: that is what it is for"
NEW_MAIL = "nieuw@voorbeeld.example"
