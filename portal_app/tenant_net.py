"""The net under every query: rows of another organisation do not exist.

A net, not the design: use cases still name their organisations. It holds for select,
get, joins, counts, bulk update and delete, and for every new or changed row. A session
without a scope may do nothing at all; raw SQL is banned by the linter, because it would
slip past.
"""

from typing import Any, Final

from sqlalchemy import Table, event, false
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


class OutsideScope(RuntimeError):
    """Code of ours reached outside its scope: a mistake, never a user's doing."""


def _owned() -> dict[Table, type[Any]]:
    tables: tuple[type[Any], ...] = (Organisation, *OwnedByOrganisation.__subclasses__())
    return {table.__table__: table for table in tables}


_OWNED = _owned()


@event.listens_for(ModelSession, "do_orm_execute")
def narrow(execution: ORMExecuteState) -> None:
    """Narrow the owned tables that a statement touches to the organisations in scope."""
    if "scope" not in execution.session.info:
        message = "A query outside the one door: use unit_of_work.run."
        raise OutsideScope(message)
    scope: Scope = execution.session.info["scope"]
    if scope is EVERYWHERE or not (
        execution.is_select or execution.is_update or execution.is_delete
    ):
        return
    touched = _owned_tables_in(execution.statement)
    if not touched:
        return
    if not execution.is_orm_statement:
        message = "A Core statement on an owned table slips past the net: select the model."
        raise OutsideScope(message)
    execution.statement = execution.statement.options(
        *(
            with_loader_criteria(table, _within(table, scope), include_aliases=True)
            for table in touched
        )
    )


def _within(table: type[Any], scope: Scope) -> ColumnElement[bool]:
    if isinstance(scope, Everywhere) or not scope:
        return false()
    owner = Organisation.id if table is Organisation else table.organisation_id
    return col(owner).in_(sorted(scope))


def _owned_tables_in(statement: Any) -> list[type[Any]]:  # noqa: ANN401  # any executable
    found = {
        element
        for element in visitors.iterate(statement)
        if isinstance(element, Table) and element in _OWNED
    }
    return [_OWNED[table] for table in found]


@event.listens_for(ModelSession, "before_flush")
def refuse_foreign_rows(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Refuse a new or changed row of an organisation outside the scope."""
    scope: Scope = session.info.get("scope", frozenset[int]())
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, OwnedByOrganisation) and row.organisation_id not in scope:
            message = f"{type(row).__name__} of organisation {row.organisation_id} is out of scope."
            raise OutsideScope(message)
