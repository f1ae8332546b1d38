"""Asking one use case on somebody's behalf, and judging what came of it.

Everything runs through the one door, in a transaction of the test around the door's own: it
is rolled back after each question, so that every question finds the same world.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, get_origin, get_type_hints

from sqlalchemy import Connection, event, select

from portal_app import database, unit_of_work
from portal_app.errors import Invalid
from portal_app.models import Application, Grant, OutboxMail
from portal_app.unit_of_work import Caller
from tests.security.isolation.callers import Asker, caller_of
from tests.security.isolation.judging import Count, changed, shown
from tests.security.isolation.right_use_cases import RIGHT_PEOPLE
from tests.security.isolation.rows import Watch, everything
from tests.security.isolation.written import World

_WRITING = re.compile(r"\s*(?:WITH .*?)?(?:INSERT INTO|UPDATE|DELETE FROM) \"?(\w+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question came to."""

    answer: object = None
    error: Exception | None = None
    changed: tuple[str, ...] = ()  # tables of SOUTH

    @property
    def text(self) -> str:
        """Everything the asker could read in it."""
        if self.error is None:
            return repr(self.answer)
        fields = self.error.fields if isinstance(self.error, Invalid) else ""
        return f"{type(self.error).__name__}: {self.error} {fields}"


class Question:
    """A database in which questions are asked without leaving a trace."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.count = Count()
        self._watch = Watch(world, "south")
        self._written: set[str] = set()
        event.listen(database.engine(), "before_cursor_execute", self._note_writing)
        with database.engine().connect() as connection:
            self._watch.look(connection)

    def _note_writing(
        self, _connection: object, _cursor: object, statement: str, *_: object
    ) -> None:
        if written := _WRITING.match(statement):
            self._written.add(written[1])

    @contextmanager
    def _trial(self) -> Iterator[Connection]:
        with database.engine().connect() as connection:
            around: Any = connection  # stands in for the engine: the door's commit stays inside
            with connection.begin() as trial, database.using(around):
                yield connection
                if trial.is_active:
                    trial.rollback()

    def ask(self, use_case: Any, caller: Caller, arguments: Mapping[str, Any]) -> Outcome:
        """Run a use case and return what came of it; the world stays as it was."""
        self.count.calls += 1
        with self._trial() as connection:
            self._written.clear()
            try:
                answer = _carried_out(use_case, caller, arguments)
            except Exception as error:  # noqa: BLE001  # whatever it says is what is judged
                return Outcome(error=error)
            self.count.answered += 1
            changed = self._watch.changed(connection, self._written)
            mixed = (
                self._mixed_mails(connection, repr(arguments))
                if "outbox_mail" in self._written
                else []
            )
            return Outcome(answer, changed=(*changed, *mixed))

    def changes_anything(
        self,
        use_case: Any,
        caller: Caller,
        arguments: Mapping[str, Any],
    ) -> bool:
        """Tell whether running a use case leaves the database other than it was."""
        with self._trial() as connection:
            before = everything(connection)
            _carried_out(use_case, caller, arguments)
            return everything(connection) != before

    def judge(
        self,
        name: str,
        use_case: Any,
        asker: Asker,
        arguments: Mapping[str, Any],
        organisation: int | None = None,
    ) -> Outcome:
        """Ask on behalf of somebody, and note what they should not have seen or changed."""
        outcome = self.ask(use_case, caller_of(self.world, asker, organisation), arguments)
        sent = f"{arguments!r} org={organisation}"
        shows = shown(self.world, asker, sent, outcome.text)
        if shows and not self._stays_inside(name):
            self.count.found(name, asker, sent, shows)
        wrong = [table for table in outcome.changed if table not in asker.keeps]
        if wrong and not asker.is_staff and not self._is_own(name, asker, arguments):
            self.count.found(name, asker, sent, changed(wrong))
        return outcome

    def close(self) -> None:
        """Stop watching the engine."""
        event.remove(database.engine(), "before_cursor_execute", self._note_writing)

    def _mixed_mails(self, connection: Connection, sent: str) -> list[str]:
        """Return the new mails in which words of both organisations stand."""
        if "outbox_mail" not in self._written:
            return []
        table: Any = OutboxMail
        known = [*self.world.ids("north", "outbox_mail"), *self.world.ids("south", "outbox_mail")]
        new = connection.execute(select(table.__table__).where(table.id.not_in(known))).all()
        told = self.world.ledger.found_in(sent)
        owners = (
            {
                stamp.owner
                for value, stamp in self.world.ledger.found_in(repr(row)).items()
                if value not in told
            }
            for row in new
        )
        return ["a mail to another" for found in owners if {"north", "south"} <= found]

    def _is_own(self, name: str, asker: Asker, arguments: Mapping[str, Any]) -> bool:
        """Tell whether this asks to change what is the asker's own, which everybody may."""
        right, person = RIGHT_PEOPLE.get(name), self.world.people.get(asker.name)
        if right is None or person is None:
            return False
        if right.own_grant:
            whose = select(Grant.person_id).where(Grant.id == arguments[right.own_grant])
        elif right.own_application:
            number = arguments[right.own_application]
            whose = select(Application.person_id).where(Application.number == number)
        else:
            return False
        with database.engine().connect() as connection:
            return connection.execute(whose).scalar() == person.id

    def _stays_inside(self, name: str) -> bool:
        return name in RIGHT_PEOPLE and bool(RIGHT_PEOPLE[name].stays_inside)


def _carried_out(use_case: Any, caller: Caller, arguments: Mapping[str, Any]) -> object:
    if get_origin(get_type_hints(use_case).get("return")) is Iterator:
        return list(unit_of_work.run_through(use_case, caller, **arguments))
    return unit_of_work.run(use_case, caller, **arguments)
