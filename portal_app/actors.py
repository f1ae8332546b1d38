"""Who acts: what a browser's session and the grants of its person say at this moment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy import and_, bindparam, exists, label
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, or_, select

from portal_app.brand import offers
from portal_app.models import (
    Account,
    AuthenticatorApp,
    BrowserSession,
    Grant,
    Owed,
    Passkey,
)
from portal_app.permissions import (
    APPOINTS,
    MANAGER_ROLES,
    MODULE_OF,
    ROLE_RIGHTS,
    STAFF_ROLES,
    Right,
    Role,
)
from portal_app.settings import settings
from portal_app.tenant_net import EVERYWHERE, Scope

ACTIVE_GRANT = and_(
    col(Grant.ended_at).is_(None),
    col(Grant.starts_at) <= bindparam("now"),
    or_(col(Grant.until).is_(None), col(Grant.until) > bindparam("now")),
)
"""Holds for a grant that is active at `:now`."""
# Every event asks these, so they are made once, and who asks is found out in one statement.
_GRANTS = (
    select(Grant)
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
    label("grant_id", col(Grant.id)),
    col(Grant.organisation_id),
    col(Grant.role),
    col(Grant.capacity),
)
_WHO = (
    sa_select(*_ASKED)
    .join(Account, col(Account.person_id) == BrowserSession.person_id, isouter=True)
    .join(Grant, and_(col(Grant.person_id) == BrowserSession.person_id, ACTIVE_GRANT), isouter=True)
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

    def opens(self, right: Right) -> bool:
        """Tell whether this grant opens a right; nobody's does where the fund lacks its module."""
        module = MODULE_OF[right]
        return right in ROLE_RIGHTS[self.role] and (module is None or offers(module))


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
    held = tuple(
        HeldGrant(row.grant_id, row.organisation_id, row.role, row.capacity)
        for row in found
        if row.grant_id is not None
    )
    return cast("Asking", found[0]), held


def active_grants(session: Session, person_id: int, now: datetime) -> tuple[HeldGrant, ...]:
    """Return what a person may do at `now`, oldest grant first."""
    found = session.exec(_GRANTS, params={"person": person_id, "now": now})
    return tuple(_held_grant(grant) for grant in found)


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


def _held_grant(grant: Grant) -> HeldGrant:
    return HeldGrant(grant.key, grant.organisation_id, grant.role, grant.capacity)
