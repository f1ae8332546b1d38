"""Organisations: found by number × unit, made when new."""

from dataclasses import dataclass
from typing import Self

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from portal_app.brand import brand
from portal_app.errors import Text
from portal_app.models import Organisation, OrganisationCapacity, OrganisationCode
from portal_app.models.access import TradeRegister
from portal_app.names import company_sort
from portal_app.needs import SignedIn
from portal_app.permissions import Right
from portal_app.reading_numbers import named_apart, shown_unit
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class OrganisationNumber:
    """What tells one organisation from all others (M-33, X-13)."""

    trade_register: TradeRegister
    number: str  # digits only
    unit: str  # province (BE) or branch number (NL); may be empty for NL

    @classmethod
    def belgian(cls, number: str, province: str) -> Self:
        """Name a Belgian company."""
        return cls(TradeRegister.KBO, number, province)

    @classmethod
    def dutch(cls, number: str, branch: str) -> Self:
        """Name a Dutch company, or one branch of it."""
        return cls(TradeRegister.KVK, number, branch)


@dataclass(frozen=True, slots=True)
class OrganisationSight:
    """An organisation as people see it."""

    id: int
    name: str
    number: str
    unit: str
    code: str  # three letters, or empty

    @property
    def detail(self) -> Text | str:
        """Its unit and number, which set two of the same name apart."""
        if not self.unit:
            return self.number
        return Text("shell.unit_and_number", {"unit": shown_unit(self.unit), "number": self.number})

    def apart_by(self, detail: str) -> Text | str:
        """Name it with what sets two of the same name apart: its unit, or a code."""
        return named_apart(self.name, detail)


@use_case(SignedIn)
def mine(work: Work) -> tuple[OrganisationSight, ...]:
    """List the organisations for which the person holds a grant, by name; staff: none."""
    if work.actor.is_staff:
        return ()
    ids = {grant.organisation_id for grant in work.actor.grants if grant.organisation_id}
    return sights(work, ids)


@use_case(Right.INVITATIONS_MANAGE)
def find(work: Work, *, number: OrganisationNumber) -> OrganisationSight | None:
    """Find an organisation by its number, for a form that is being filled in."""
    found = by_number(work, number)
    return sights(work, {found.key})[0] if found else None


def in_scope(work: Work) -> tuple[OrganisationSight, ...]:
    """Return the organisations of the actor's own grants for which the use case's right is held."""
    ids = {
        grant.organisation_id
        for grant in work.actor.grants
        if grant.organisation_id is not None and grant.organisation_id in work.scope
    }
    return sights(work, ids)


def with_code(work: Work, most: int) -> tuple[OrganisationSight, ...]:
    """Return organisations that candidates can name by a code, by that code's letters."""
    ids = work.session.exec(
        select(OrganisationCode.organisation_id)
        .where(col(OrganisationCode.ended_at).is_(None))
        .order_by(OrganisationCode.code)
        .limit(most)
    )
    return sights(work, set(ids))


def sights(work: Work, ids: set[int]) -> tuple[OrganisationSight, ...]:
    """Return organisations as people see them, by name."""
    found = work.session.exec(
        select(Organisation, OrganisationCode.code)
        .join(
            OrganisationCode,
            (col(OrganisationCode.organisation_id) == Organisation.id)
            & col(OrganisationCode.ended_at).is_(None),
            isouter=True,
        )
        .where(col(Organisation.id).in_(ids))
        .order_by(Organisation.name_sort, Organisation.unit)
    )
    seen = {
        one.key: OrganisationSight(one.key, one.name, one.number, one.unit, code or "")
        for one, code in found
    }
    return tuple(seen.values())


def by_number(work: Work, number: OrganisationNumber) -> Organisation | None:
    """Return the organisation with this number, or None."""
    return work.session.exec(
        select(Organisation).where(
            Organisation.trade_register == number.trade_register,
            Organisation.number == number.number,
            Organisation.unit == number.unit,
        )
    ).first()


def found_or_made(
    work: Work, number: OrganisationNumber, name: str, *, waits: bool = False
) -> tuple[Organisation, bool]:
    """Return the organisation with this number, made with its standard capacity when new.

    One that `waits` gets that capacity with the first grant. Two at once make one: the
    constraint decides, the loser finds the winner's.
    """
    found = by_number(work, number)
    if found is not None:
        return found, False
    made = Organisation(
        trade_register=number.trade_register,
        number=number.number,
        unit=number.unit,
        name=name,
        name_sort=company_sort(name),
        created_at=work.now,
    )
    try:
        with work.session.begin_nested():
            work.session.add(made)
            work.session.flush()
            if not waits:
                work.session.add(_standard_capacity(work, made.key))
    except IntegrityError:
        winner = by_number(work, number)
        if winner is None:
            raise
        return winner, False
    work.note(
        "organisations.made", about=("organisation", made.id), organisation_id=made.id, name=name
    )
    return made, True


def _standard_capacity(work: Work, organisation_id: int) -> OrganisationCapacity:
    return OrganisationCapacity(
        organisation_id=organisation_id,
        capacity=brand.standard_capacity.code,
        activated_at=work.now,
        activated_by_id=work.actor.person_id,
    )
