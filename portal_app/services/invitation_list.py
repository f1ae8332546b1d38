"""The list of invitations that staff look through."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased, join
from sqlmodel import col, func, or_, select

from portal_app.models import Invitation, MailState, Organisation, OutboxMail, Person
from portal_app.names import name_of
from portal_app.permissions import Right, Role
from portal_app.services import outbox
from portal_app.services.counting import count_tabs
from portal_app.services.invitations import InvitationState, state_of
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One invitation in the list of staff."""

    id: int
    public_id: str
    person: str
    listed: str  # family name first
    email: str
    organisation: str
    unit: str
    role: Role
    state: InvitationState
    created_at: datetime
    sent_at: datetime | None
    expires_at: datetime
    opened_at: datetime | None
    redeemed_at: datetime | None
    redeemed_by: str
    mail: str  # how far the last mail is: waiting, sent, failed; empty without mail
    inviter: str  # empty when it was made at the console


@dataclass(frozen=True, slots=True)
class InvitationList:
    """One page of invitations, how many there are in this tab, and in every tab."""

    rows: tuple[InvitationRow, ...]
    total: int
    counts: dict[str, int]


TABS = ("open", "redeemed", "expired", "withdrawn", "undelivered")
"""The tabs of the list: open ones can still be redeemed."""


@use_case(Right.INVITATIONS_MANAGE)
def overview(
    work: Work, *, tab: str = "open", words: str = "", page: int = 1, size: int = 25
) -> InvitationList:
    """List invitations, newest first; `words` find person, address, company and public id."""
    wanted = _matching(words)
    tabs = {name: (in_tab(name, work.now),) for name in TABS}
    counts = count_tabs(work, join(Invitation, Organisation), wanted, tabs)
    chosen = tab if tab in TABS else "open"
    redeemers = aliased(Person)
    found = work.session.exec(
        select(Invitation, Organisation, Person, redeemers)
        .join(Organisation)
        .join(Person, col(Person.id) == Invitation.created_by_id, isouter=True)
        .join(redeemers, col(redeemers.id) == Invitation.redeemed_by_id, isouter=True)
        .where(*wanted, *tabs[chosen])
        .order_by(col(Invitation.created_at).desc(), col(Invitation.id).desc())
        .offset((page - 1) * size)
        .limit(size)
    ).all()
    mails = outbox.statuses(work, "invitation", [invitation.key for invitation, *_ in found])
    rows = tuple(
        InvitationRow(
            invitation.key,
            invitation.public_id,
            name_of(invitation).full,
            name_of(invitation).listed,
            invitation.email,
            organisation.name,
            organisation.unit,
            invitation.role,
            state_of(invitation, work.now),
            invitation.created_at,
            invitation.sent_at,
            invitation.expires_at,
            invitation.opened_at,
            invitation.redeemed_at,
            name_of(redeemer).full if redeemer else "",
            mails[invitation.key].state.value if invitation.key in mails else "",
            name_of(inviter).full if inviter else "",
        )
        for invitation, organisation, inviter, redeemer in found
    )
    return InvitationList(rows, counts[chosen], counts)


def _matching(words: str) -> list[ColumnElement[bool]]:
    return [
        or_(
            col(Invitation.email).icontains(word, autoescape=True),
            col(Invitation.family_name).icontains(word, autoescape=True),
            col(Invitation.given_name).icontains(word, autoescape=True),
            col(Invitation.public_id).icontains(word, autoescape=True),
            col(Organisation.name).icontains(word, autoescape=True),
            col(Organisation.number).icontains(word, autoescape=True),
        )
        for word in words.split()[:6]
    ]


def in_tab(tab: str, now: datetime) -> ColumnElement[bool]:
    """Return what an invitation in a tab meets."""
    redeemed = col(Invitation.redeemed_at).is_not(None)
    withdrawn = col(Invitation.withdrawn_at).is_not(None)
    expired = col(Invitation.expires_at) <= now
    match tab:
        case "redeemed":
            return redeemed
        case "withdrawn":
            return withdrawn
        case "expired":
            return ~redeemed & ~withdrawn & expired
        case "undelivered":
            return ~redeemed & ~withdrawn & _was_not_delivered()
        case _:
            return ~redeemed & ~withdrawn & ~expired


def _was_not_delivered() -> ColumnElement[bool]:
    """Return whether the last mail about an invitation was given up."""
    last = (
        select(func.max(OutboxMail.id))
        .where(OutboxMail.about == "invitation", col(OutboxMail.about_id) == Invitation.id)
        .correlate(Invitation)
        .scalar_subquery()
    )
    return (
        select(OutboxMail.id)
        .where(OutboxMail.id == last, OutboxMail.state == MailState.FAILED)
        .correlate(Invitation)
        .exists()
    )
