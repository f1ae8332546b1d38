"""What an attack comes to: how much was asked, who saw what is not theirs, what SOUTH lost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from portal_app import database
from tests.security.isolation.callers import Asker
from tests.security.isolation.rows import Watch
from tests.security.isolation.written import World


@dataclass(frozen=True, slots=True)
class Finding:
    """A leak or a wrong write."""

    what: str
    asker: str
    arguments: str
    evidence: str

    def __str__(self) -> str:
        return f"{self.what} asked by {self.asker} with {self.arguments[:300]}: {self.evidence}"


@dataclass
class Count:
    """How much was asked and found."""

    calls: int = 0
    answered: int = 0  # not refused
    findings: list[Finding] = field(default_factory=list)

    def found(self, what: str, asker: Asker, arguments: str, evidence: str) -> None:
        """Note a finding."""
        self.findings.append(Finding(what, asker.name, arguments, evidence))


def shown(world: World, asker: Asker, told: str, *heard: str) -> str:
    """Say what somebody heard that is not theirs and that they had not said themselves."""
    own_words = world.ledger.found_in(told)
    seen = {
        str(stamp)
        for value, stamp in world.ledger.found_in(*heard).items()
        if value not in own_words and not asker.may_see(stamp)
    }
    return f"shows {', '.join(sorted(seen)[:6])}" if seen else ""


def changed(tables: Iterable[str]) -> str:
    """Say in which tables of SOUTH something changed."""
    return f"changes {', '.join(tables)} of SOUTH"


class Judge:
    """Hears what a running portal answers to everybody, and watches SOUTH meanwhile."""

    def __init__(self, world: World) -> None:
        self.count = Count()
        self._world = world
        self._watch = Watch(world, "south")

    def one_by_one(self, askers: Iterable[Asker]) -> Iterator[Asker]:
        """Yield the askers; none answers for what came before their turn."""
        for asker in askers:
            with database.engine().connect() as connection:
                self._watch.look(connection)
            yield asker

    def hear(self, what: str, asker: Asker, told: str, *heard: str, sent: str = "") -> None:
        """Note what an answer shows to somebody who `told` the portal so much."""
        if evidence := shown(self._world, asker, told, *heard):
            self.count.found(what, asker, sent, evidence)

    def look(self, what: str, asker: Asker) -> None:
        """Note what somebody has changed; staff may."""
        if asker.is_staff:
            return
        with database.engine().connect() as connection:
            tables = self._watch.changed(connection)
            if wrong := [table for table in tables if table not in asker.keeps]:
                self.count.found(what, asker, "", changed(wrong))
                self._watch.look(connection)
