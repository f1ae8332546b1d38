"""Who acts: what a browser's session and the grants of its person say at this moment."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Protocol, cast

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, label
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, or_, select

from portal_app.brand import Capacity, carriers, offers
from portal_app.models import (
    Account,
    AuthenticatorApp,
    BrowserSession,
    Grant,
    OrganisationCapacity,
    Owed,
    Passkey,
)
from portal_app.permissions import (
    APPOINTS,
    MANAGER_ROLES,
    MODULE_OF,
    OWN_ROLES,
    ROLE_RIGHTS,
    STAFF_ROLES,
    Right,
    Role,
)
from portal_app.settings import settings
from portal_app.tenant_net import EVERYWHERE, Scope


def stands_at(
    now: datetime | BindParameter[datetime], of: type[Grant] = Grant
) -> ColumnElement[bool]:
    """Return what a grant meets that has begun and not ended, suspended or not."""
    return and_(
        col(of.ended_at).is_(None),
        col(of.starts_at) <= now,
        or_(col(of.until).is_(None), col(of.until) > now),
    )


def is_active_at(
    now: datetime | BindParameter[datetime], of: type[Grant] = Grant
) -> ColumnElement[bool]:
    """Return what a grant meets that opens what it is for."""
    return and_(stands_at(now, of), col(of.suspended_at).is_(None))


_NOW: BindParameter[datetime] = bindparam("now")
STANDING_GRANT = stands_at(_NOW)
"""Holds for a grant that somebody has at `:now`: it takes its place, and may be suspended."""
ACTIVE_GRANT = is_active_at(_NOW)
"""Holds for a grant that opens what it is for at `:now`."""
_IS_ON = and_(
    col(OrganisationCapacity.organisation_id) == col(Grant.organisation_id),
    col(OrganisationCapacity.ended_at).is_(None),
)
_HELD: tuple[Any, ...] = (
    label("grant_id", col(Grant.id)),
    col(Grant.organisation_id),
    col(Grant.role),
    col(Grant.capacity),
    label("is_on", col(OrganisationCapacity.capacity)),
)
# Every event asks these, so they are made once, and who asks is found out in one statement.
_GRANTS = (
    sa_select(*_HELD)
    .select_from(Grant)
    .join(OrganisationCapacity, _IS_ON, isouter=True)
    .where(col(Grant.person_id) == bindparam("person"), ACTIVE_GRANT)
    .order_by(col(Grant.id))
)
_ASKED: tuple[Any, ...] = (  # columns: making objects of them takes longer than asking
    label("session_id", col(BrowserSession.id)),
    col(BrowserSession.person_id),
    col(BrowserSession.seen_at),
    col(BrowserSession.expires_at),
    col(BrowserSession.ended_at),
    col(BrowserSession.owes),
    col(BrowserSession.proven_at),
    col(Account.locale),
    *_HELD,
)
_WHO = (
    sa_select(*_ASKED)
    .join(Account, col(Account.person_id) == BrowserSession.person_id, isouter=True)
    .join(Grant, and_(col(Grant.person_id) == BrowserSession.person_id, ACTIVE_GRANT), isouter=True)
    .join(OrganisationCapacity, _IS_ON, isouter=True)
    .where(col(BrowserSession.token_digest) == bindparam("key"))
    .order_by(col(Grant.id))
)

_HAS_FACTOR = select(
    or_(
        exists().where(
            col(AuthenticatorApp.person_id) == bindparam("person"),
            col(AuthenticatorApp.confirmed_at).is_not(None),
            col(AuthenticatorApp.ended_at).is_(None),
        ),
        exists().where(
            col(Passkey.person_id) == bindparam("person"), col(Passkey.ended_at).is_(None)
        ),
    )
)


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A grant that is active now."""

    id: int
    organisation_id: int | None
    role: Role
    capacity: str
    active: frozenset[str]  # the capacities that are on for the organisation

    def opens(self, right: Right) -> bool:
        """Tell whether this grant opens a right.

        Nobody's does where the fund lacks its module, and a company's only while a capacity
        that bundles it is on.
        """
        module = MODULE_OF[right]
        is_there = module is None or offers(module)
        return right in ROLE_RIGHTS[self.role] and is_there and self.lacks(right) is None

    def carrier(self, right: Right) -> Capacity | None:
        """Return the capacity that is on and carries a right here; None when none has to."""
        return next((one for one in self._carriers(right) if self.has_on(one)), None)

    def lacks(self, right: Right) -> Capacity | None:
        """Return the capacity that would carry a right here, were it on; None when none has to."""
        able = self._carriers(right)
        return able[0] if able and self.carrier(right) is None else None

    def has_on(self, capacity: Capacity) -> bool:
        """Tell whether a capacity is on for the organisation."""
        return capacity.standard or capacity.code in self.active

    def _carriers(self, right: Right) -> tuple[Capacity, ...]:
        module = MODULE_OF[right]
        if module is None or self.role in STAFF_ROLES or self.role in OWN_ROLES:
            return ()
        return carriers(module)


@dataclass(frozen=True, slots=True)
class Actor:
    """On whose behalf something is done."""

    kind: str  # person, visitor, job, operator
    person_id: int | None = None
    session_id: int | None = None
    locale: str = "nl"
    grants: tuple[HeldGrant, ...] = ()
    owes: Owed | None = None  # before the session opens anything else
    proven_at: datetime | None = None  # when the person last proved who they are

    @property
    def is_trusted(self) -> bool:
        """Whether this is the portal itself or its operator, not somebody over the network."""
        return self.kind in ("job", "operator")

    @property
    def is_staff(self) -> bool:
        """Whether the person works for the fund."""
        return any(grant.role in STAFF_ROLES for grant in self.grants)

    def own_scope(self) -> Scope:
        """Tell for which organisations the actor holds any grant at all."""
        if self.owes:
            return frozenset()
        if self.is_trusted or self.is_staff:
            return EVERYWHERE
        return frozenset(
            grant.organisation_id for grant in self.grants if grant.organisation_id is not None
        )

    def holds(self, right: Right | None, organisation_id: int, capacity: str) -> bool:
        """Tell whether a right holds in a capacity of an organisation; '' is the whole of it.

        A grant for the whole holds in each capacity, one for a capacity in that alone.
        """
        if self.is_trusted:
            return True
        reaching = self.reaching(organisation_id, capacity)
        return right is not None and any(grant.opens(right) for grant in reaching)

    def reaching(self, organisation_id: int, capacity: str) -> tuple[HeldGrant, ...]:
        """Return the grants that hold in a capacity of an organisation."""
        if self.owes:
            return ()
        return tuple(
            grant
            for grant in self.grants
            if grant.role in STAFF_ROLES
            or (grant.organisation_id == organisation_id and grant.capacity in ("", capacity))
        )

    def appoints(self, organisation_id: int, capacity: str) -> frozenset[Role]:
        """Return the roles that the actor gives and ends in a capacity of an organisation."""
        reaching = self.reaching(organisation_id, capacity)
        return frozenset(role for grant in reaching for role in APPOINTS.get(grant.role, ()))

    def scope(self, right: Right) -> Scope:
        """Tell for which organisations the actor holds `right`; empty when for none."""
        if self.is_trusted:
            return EVERYWHERE
        if self.owes:
            return frozenset()
        held: set[int] = set()
        for grant in self.grants:
            if grant.opens(right):
                if grant.role in STAFF_ROLES:
                    return EVERYWHERE
                if grant.organisation_id is not None:
                    held.add(grant.organisation_id)
        return frozenset(held)


class Asking(Protocol):
    """A browser, and the language of its person."""

    session_id: int
    person_id: int | None
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    owes: tuple[Owed, ...]
    proven_at: datetime | None
    locale: str | None


def who_asks(
    session: Session, session_key: str, now: datetime
) -> tuple[Asking, tuple[HeldGrant, ...]] | None:
    """Find a browser, and what its person may do at `now`."""
    asked = {"key": session_key, "now": now}
    found = session.execute(_WHO, asked).all()  # pyright: ignore[reportDeprecated]
    if not found:
        return None
    return cast("Asking", found[0]), _held(row for row in found if row.grant_id is not None)


def active_grants(session: Session, person_id: int, now: datetime) -> tuple[HeldGrant, ...]:
    """Return what a person may do at `now`, oldest grant first.

    Of an organisation out of scope no capacity is seen but the standard one.
    """
    asked = {"person": person_id, "now": now}
    return _held(session.execute(_GRANTS, asked))  # pyright: ignore[reportDeprecated]


def person_as_actor(session: Session, person_id: int, now: datetime) -> Actor:
    """Return a person as who acts, with what they may do at `now` and no more."""
    return Actor("person", person_id, grants=active_grants(session, person_id, now))


def asks_for_factor(grants: Collection[HeldGrant]) -> bool:
    """Tell whether a role among these asks for a second way to prove who one is."""
    roles = {grant.role for grant in grants}
    return bool(
        (settings.asks_staff_for_a_factor and roles & STAFF_ROLES)
        or (settings.factor_for_managers and roles & MANAGER_ROLES)
    )


def has_factor(session: Session, person_id: int) -> bool:
    """Tell whether a person has a second way; codes on paper are none of their own."""
    return bool(session.exec(_HAS_FACTOR, params={"person": person_id}).one())


def _held(found: Iterable[Any]) -> tuple[HeldGrant, ...]:
    """Make grants of rows: one for each capacity that is on where it holds."""
    grants = (tuple(rows) for _, rows in groupby(found, key=lambda row: row.grant_id))
    return tuple(
        HeldGrant(
            rows[0].grant_id,
            rows[0].organisation_id,
            rows[0].role,
            rows[0].capacity,
            frozenset(row.is_on for row in rows if row.is_on is not None),
        )
        for rows in grants
    )
