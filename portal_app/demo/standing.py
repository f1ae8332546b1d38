"""Whether the demo world is there, and what is in it: asked at every start, so it loads little."""

from dataclasses import dataclass

from sqlmodel import func, select

from portal_app.models import AuditEvent, Enrolment, Organisation, PaymentCode, Person
from portal_app.needs import Trusted
from portal_app.unit_of_work import Operator, Work, run, use_case

LOADED = "demo.loaded"


@dataclass(frozen=True, slots=True)
class Contents:
    """How much there is in the world."""

    organisations: int
    enrolments: int
    payment_codes: int


def described(*, loaded_now: bool) -> str:
    """Say what was done, and what there is."""
    there = run(contents, Operator())
    done = "The demo world was loaded" if loaded_now else "The demo world is there"
    return (
        f"{done}: {there.organisations} organisations, {there.enrolments} enrolments, "
        f"{there.payment_codes} payment codes."
    )


def has_place() -> bool:
    """Tell whether the demo world can be loaded: nothing is there yet."""
    return not run(is_in_use, Operator())


def is_there() -> bool:
    """Tell whether the demo world was loaded before."""
    return run(is_loaded, Operator())


@use_case(Trusted)
def is_loaded(work: Work) -> bool:
    """Tell whether the world was loaded before."""
    loaded = select(AuditEvent.id).where(AuditEvent.action == LOADED)
    return work.session.exec(loaded).first() is not None


@use_case(Trusted)
def is_in_use(work: Work) -> bool:
    """Tell whether there is an organisation or a person: then the demo world has no place."""
    tables = (Organisation, Person)
    return any(work.session.exec(select(table.id).limit(1)).first() for table in tables)


@use_case(Trusted)
def contents(work: Work) -> Contents:
    """Count what there is."""
    numbers = [
        work.session.exec(select(func.count()).select_from(table)).one()
        for table in (Organisation, Enrolment, PaymentCode)
    ]
    return Contents(*numbers)
