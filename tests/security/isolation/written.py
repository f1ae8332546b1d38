"""What was written of the world, by name and by whose it is."""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass, field, fields, replace
from typing import Self

from portal_app.models import Organisation, Person, Profile
from tests.security.isolation.sentinels import Ledger
from tests.security.isolation.stamping import Stamping


@dataclass
class World:
    """What was written: people by name, things by organisation, and every sentinel."""

    stamping: Stamping
    people: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    batches: dict[str, str] = field(default_factory=dict)
    tries: dict[str, str] = field(default_factory=dict)
    applications: dict[str, str] = field(default_factory=dict)
    questions: dict[str, int] = field(default_factory=dict)
    codes_of_organisations: dict[str, str] = field(default_factory=dict)
    profile: Profile | None = None

    @property
    def ledger(self) -> Ledger:
        """The sentinels."""
        return self.stamping.ledger

    def turned(self) -> Self:
        """Return the same world with SOUTH in the place of NORTH: what its own people would ask."""
        stamping = copy(self.stamping)
        stamping.ids = defaultdict(
            list, {(_other(owner), table): ids for (owner, table), ids in self.stamping.ids.items()}
        )
        by_name = {
            part.name: {_other(name): value for name, value in getattr(self, part.name).items()}
            for part in fields(self)
            if isinstance(getattr(self, part.name), dict)
        }
        return replace(self, stamping=stamping, **by_name)

    def ids(self, owner: str, table: str) -> list[int]:
        """Return the numbers of an organisation's rows in a table, in order of writing."""
        return self.stamping.ids[owner, table]

    def first(self, owner: str, table: str) -> int:
        """Return the number of an organisation's first row in a table."""
        return self.ids(owner, table)[0]

    def batch(self, owner: str) -> str:
        """Return the number of an organisation's first batch of payment codes."""
        return self.batches[owner]

    def codes_of(self, owner: str) -> list[str]:
        """Return an organisation's codes, of every kind and in every state."""
        return [code for name, code in self.codes.items() if name.startswith(f"{owner}.")]

    def dead_codes_of(self, owner: str) -> list[str]:
        """Return an organisation's codes that open nothing any more."""
        live = (f"{owner}.usable", f"{owner}.invitation.open", f"{owner}.withdrawal")
        return [
            code
            for name, code in self.codes.items()
            if name.startswith(f"{owner}.") and name not in live
        ]

    def words_of(self, owner: str) -> list[str]:
        """Return one of an organisation's sentinels for each column."""
        by_column: dict[str, str] = {}
        for value, stamp in self.ledger.values_of(owner).items():
            by_column.setdefault(stamp.column, value)
        return list(by_column.values())

    def organisation(self, owner: str) -> int:
        """Return the number of an organisation."""
        return self.organisations[owner].key


def _other(name: str) -> str:
    owner, dot, rest = name.partition(".")
    return {"north": "south", "south": "north"}.get(owner, owner) + dot + rest
