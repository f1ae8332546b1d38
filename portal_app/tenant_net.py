"""The net under every query: rows of another organisation do not exist.

A net, not the design: use cases still name their organisations. It holds for select,
get, joins, counts, bulk update and delete, and for every new or changed row. A session
without a scope may do nothing at all. What would slip past is refused: a table instead of
its model, raw SQL, insert(), an update() by primary keys or of the owner.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Table, event, false, inspect
from sqlalchemy.orm import (
    ORMExecuteState,
    Session,
    UOWTransaction,
    with_loader_criteria,
)
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session as ModelSession
from sqlmodel import col

from portal_app.models import Organisation
from portal_app.models.base import OwnedByOrganisation


class Everywhere:
    """The scope of staff, jobs and operators: every organisation."""

    def __contains__(self, _organisation_id: object) -> bool:
        return True

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return "EVERYWHERE"


EVERYWHERE: Final = Everywhere()
Scope = frozenset[int] | Everywhere


def intersection(one: Scope, other: Scope) -> Scope:
    """Return what lies in both scopes."""
    if isinstance(one, Everywhere):
        return other
    return one if isinstance(other, Everywhere) else one & other


class OutsideScope(RuntimeError):
    """Code of ours reached outside its scope: a mistake, never a user's doing."""


def _owned() -> dict[Table, type[Any]]:
    tables: tuple[type[Any], ...] = (Organisation, *OwnedByOrganisation.__subclasses__())
    return {cast("Table", inspect(table).local_table): table for table in tables}


_OWNED = _owned()
_touched: WeakKeyDictionary[object, list[type[Any]]] = WeakKeyDictionary()
"""What was found in statements that are made once and asked often."""


@event.listens_for(ModelSession, "do_orm_execute")
def narrow(execution: ORMExecuteState) -> None:
    """Narrow the owned tables that a statement touches to the organisations in scope.

    What cannot be narrowed is refused, unless the scope is everywhere.
    """
    if "scope" not in execution.session.info:
        message = "A query outside the one door: use unit_of_work.run."
        raise OutsideScope(message)
    scope: Scope = execution.session.info["scope"]
    if scope is EVERYWHERE:
        return
    touched = _touched.get(execution.statement)
    if touched is None:
        touched = _touched[execution.statement] = _owned_tables_in(execution)
    if not touched:
        return
    _refuse_writes_nobody_judges(execution)
    execution.statement = execution.statement.options(
        *(
            with_loader_criteria(table, _within(table, scope), include_aliases=True)
            for table in touched
        )
    )


@lru_cache(maxsize=1000)
def _within(table: type[Any], scope: Scope) -> ColumnElement[bool]:
    if isinstance(scope, Everywhere) or not scope:
        return false()
    owner = col(Organisation.id if table is Organisation else table.organisation_id)
    if len(scope) == 1:  # nearly always; a list is written out again for every statement
        return owner == next(iter(scope))
    return owner.in_(sorted(scope))


def _owned_tables_in(execution: ORMExecuteState) -> list[type[Any]]:
    found: set[Table] = set()
    narrowed: set[object] = set()  # named as a model, so that the net reaches it
    bare: set[object] = set()  # named by its columns only
    for element in visitors.iterate(cast("Any", execution.statement)):
        match element.__visit_name__:
            case "textclause":
                message = "Raw SQL slips past the net: select the model."
                raise OutsideScope(message)
            case "table" if element in _OWNED:
                found.add(cast("Table", element))
                if _is_of_a_model(element):
                    narrowed.add(element)
            case "column":
                seen = narrowed if _is_of_a_model(element) else bare
                seen.add(cast("Any", element).table)
            case _:
                pass
    tables = {getattr(named, "element", named) for named in bare - narrowed}  # of an alias
    if found and (tables & _OWNED.keys() or not execution.is_orm_statement):
        message = "A table of an organisation slips past the net: select the model."
        raise OutsideScope(message)
    return [_OWNED[table] for table in found]


def _is_of_a_model(element: Any) -> bool:  # noqa: ANN401  # any part of a statement
    return "parententity" in element._annotations  # noqa: SLF001  # there is no public way to tell


def _refuse_writes_nobody_judges(execution: ORMExecuteState) -> None:
    if execution.is_insert:
        message = "insert() slips past the net: add the rows to the session."
        raise OutsideScope(message)
    if not execution.is_update:
        return
    given = execution.parameters or {}
    set_here: Mapping[Any, object] = getattr(execution.statement, "_values", None) or {}
    owners = [*given, *(getattr(column, "name", column) for column in set_here)]
    if not isinstance(given, Mapping) or "organisation_id" in owners:
        message = "update() may not move rows: change them in the session."
        raise OutsideScope(message)


@event.listens_for(ModelSession, "before_flush")
def refuse_foreign_rows(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Refuse a new or changed row of an organisation outside the scope."""
    scope: Scope = session.info.get("scope", frozenset[int]())
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, OwnedByOrganisation) and row.organisation_id not in scope:
            message = f"{type(row).__name__} of organisation {row.organisation_id} is out of scope."
            raise OutsideScope(message)
