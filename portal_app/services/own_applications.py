"""All that somebody asked of the fund, for whoever is signed in.

Their own are those that they sent while signed in, and those that are answered at the address with
which they sign in. What a stranger asked in their name, from elsewhere, is not among them.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, func, or_, select

from portal_app.applications import (
    AccessPayload,
    ApplicationKind,
    ApplicationState,
    CompanyPayload,
)
from portal_app.errors import NotFound, Refused
from portal_app.models import Account, Application
from portal_app.needs import SignedIn
from portal_app.services import application_replies, application_timeline, applications
from portal_app.services.application_timeline import SHOWN_AS, Timeline
from portal_app.unit_of_work import Work, use_case

_PROVEN = (
    ApplicationKind.ROLE,
    ApplicationKind.CAPACITY,
    ApplicationKind.LOST_FACTOR,
    ApplicationKind.CO_MANAGER,
)
"""Kinds that are asked by whoever they are about."""


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One application; the company is empty when it is about none."""

    number: str
    kind: ApplicationKind
    state: ApplicationState
    company: str
    unit: str
    submitted_at: datetime
    due_at: datetime | None  # while an answer is to come


@dataclass(frozen=True, slots=True)
class OwnList:
    """One page, the newest first, and how many there are."""

    rows: tuple[OwnRow, ...]
    total: int


@use_case(SignedIn)
def listed(work: Work, *, page: int = 1, size: int = 25) -> OwnList:
    """List one's own applications."""
    mine = _mine(work)
    total = work.session.exec(select(func.count()).select_from(Application).where(mine)).one()
    found = work.session.exec(
        select(Application)
        .where(mine)
        .order_by(col(Application.id).desc())
        .offset((page - 1) * size)
        .limit(size)
    )
    return OwnList(tuple(_row(one) for one in found), total)


@use_case(SignedIn)
def one(work: Work, *, number: str) -> Timeline:
    """Show what happened to one of one's own.

    Raises:
        NotFound: it is none of theirs.
    """
    return application_timeline.timeline(work, _own(work, number))


@use_case(SignedIn, writes=True)
def answer(work: Work, *, number: str, text: str) -> Refused | None:
    """Answer what was asked about one of one's own.

    Raises:
        NotFound: it is none of theirs.
    """
    return application_replies.answered(work, _own(work, number, to_write=True), text)


@use_case(SignedIn, writes=True)
def withdraw(work: Work, *, number: str) -> Refused | None:
    """Take one of one's own back, for good; twice does nothing more.

    Raises:
        NotFound: it is none of theirs.
    """
    return application_replies.withdrawn(work, _own(work, number, to_write=True))


def _mine(work: Work) -> ColumnElement[bool]:
    account = work.session.get_one(Account, work.person_id)
    asked = and_(col(Application.person_id) == work.person_id, col(Application.kind).in_(_PROVEN))
    return or_(asked, col(Application.email) == account.email)


def _own(work: Work, number: str, *, to_write: bool = False) -> Application:
    wanted = select(Application).where(Application.number == number, _mine(work))
    found = work.session.exec(wanted.with_for_update() if to_write else wanted).first()
    if found is None:
        raise NotFound
    return found


def _row(application: Application) -> OwnRow:
    state = SHOWN_AS.get(application.state, application.state)
    waits = state in (ApplicationState.SUBMITTED, ApplicationState.IN_PROGRESS)
    waits = waits and application.kind is not ApplicationKind.CO_MANAGER  # not for the fund
    told = applications.payload_of(application) if application.company else None
    return OwnRow(
        application.number,
        application.kind,
        state,
        application.company,
        told.unit if isinstance(told, AccessPayload | CompanyPayload) else "",
        application.submitted_at,
        application.due_at if waits else None,
    )
