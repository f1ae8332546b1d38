"""Invitations: made by staff, mailed, opened, and redeemed once.

Opening a link never changes what an invitation is worth: mail scanners open links too.
Redeeming is one conditional UPDATE in the transaction that makes the grant.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, select, update

from portal_app.adapters.secret_keys import keyed_digest
from portal_app.clock import BRUSSELS
from portal_app.errors import Refused, Text
from portal_app.models import Account, BrowserSession, Invitation, Organisation, Person
from portal_app.names import name_of
from portal_app.needs import Anyone, SignedIn
from portal_app.permissions import Role
from portal_app.reading_dates import shown
from portal_app.services import access_limits, sessions, taking_up
from portal_app.services.invitation_letters import ask_whoever_invited, tell_whoever_invited
from portal_app.settings import settings
from portal_app.unit_of_work import Work, use_case


class InvitationState(StrEnum):
    """Where an invitation is; derived, never stored."""

    WAITING = "waiting"  # not sent yet
    SENT = "sent"
    OPENED = "opened"
    REDEEMED = "redeemed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Sight:
    """What the holder of a code is shown before joining."""

    organisation: str
    unit: str
    role: Role
    inviter: str  # empty when the portal itself invited
    expires_at: datetime
    email: str  # prefilled in registration; the holder of the code may see it
    given_name: str
    infix: str
    family_name: str
    is_for_another_address: bool = False  # than that of whoever is signed in
    capacity: str = ""  # in which the role holds; empty: the organisation as a whole


def digest(code: str) -> str:
    """Return what finds an invitation back by its code, as it is mailed."""
    return keyed_digest("invitation", code)


def state_of(invitation: Invitation, now: datetime) -> InvitationState:
    """Tell where an invitation is at `now`."""
    if invitation.withdrawn_at:
        return InvitationState.WITHDRAWN
    if invitation.redeemed_at:
        return InvitationState.REDEEMED
    if invitation.expires_at <= now:
        return InvitationState.EXPIRED
    if invitation.opened_at:
        return InvitationState.OPENED
    return InvitationState.SENT if invitation.sent_at else InvitationState.WAITING


@use_case(Anyone, writes=True)
def present(work: Work, *, code: str) -> Refused | Sight:
    """Take a code that was typed and confirmed ('Doorgaan'), and keep it with this browser.

    It is not consumed: that happens when the grant is made.
    """
    with work.everywhere():
        invitation = work.session.exec(
            select(Invitation).where(Invitation.code_digest == digest(code))
        ).first()
        if invitation is None:
            return Refused(Text("invitations.wrong_unknown"), "code")
        refusal = _why_not(work, invitation)
        if refusal is not None:
            return refusal
        if invitation.opened_at is None:
            invitation.opened_at = work.now
            work.session.add(invitation)
        browser = sessions.visit(work)
        browser.pending_invitation_id = invitation.id
        work.session.add(browser)
        return _sight(work, invitation)


@use_case(Anyone, writes=True)
def ask_for_another(work: Work, *, code: str) -> Refused | None:
    """Tell whoever invited that the holder of an expired code asks for a new invitation.

    Once a day for one code; for a code that is not expired, what is wrong with it.
    """
    with work.everywhere():
        invitation = work.session.exec(
            select(Invitation).where(Invitation.code_digest == digest(code))
        ).first()
        if invitation is None:
            return Refused(Text("invitations.wrong_unknown"), "code")
        if state_of(invitation, work.now) is not InvitationState.EXPIRED:
            still_good = Refused(Text("invitations.wrong_not_expired"), "code")
            return _why_not(work, invitation) or still_good
        ask_whoever_invited(work, invitation)
        work.note(
            "invitations.asked_again",
            about=("invitation", invitation.id),
            organisation_id=invitation.organisation_id,
        )
        return None


@use_case(Anyone)
def waiting(work: Work) -> Sight | None:
    """Show the invitation that waits in this browser; None when there is none any more."""
    browser = sessions.known_visit(work)
    return pending(work, browser) if browser else None


@use_case(Anyone)
def over(work: Work) -> Text | None:
    """Tell why what waits in this browser cannot be redeemed any more; None when it can."""
    browser = sessions.known_visit(work)
    with work.everywhere():
        invitation = _pending_row(work, browser) if browser else None
        refused = _why_not(work, invitation) if invitation else None
        return refused.why if refused else None


@use_case(SignedIn, writes=True)
def accept(work: Work) -> Refused | Sight:
    """Redeem the waiting invitation for the signed-in account, with the person's consent."""
    browser = sessions.visit(work)
    with work.everywhere():
        invitation = _pending_row(work, browser)
        if invitation is None:
            return Refused(Text("invitations.wrong_unknown"), "code")
        account = work.session.get_one(Account, work.person_id)
        if settings.strict_invited_address and account.email != invitation.email:
            return Refused(Text("invitations.wrong_other_address"), "code")
        refusal = _why_not(work, invitation)
        return refusal or _redeem(work, browser, invitation, account)


@use_case(Anyone, writes=True)
def forget(work: Work) -> None:
    """Put the waiting invitation aside; the code still works."""
    browser = sessions.visit(work)
    browser.pending_invitation_id = None
    work.session.add(browser)


@use_case(Anyone)
def asker_is_signed_in(work: Work) -> bool:
    """Tell whether somebody is signed in with the browser that asks."""
    return work.actor.person_id is not None


def pending(work: Work, browser: BrowserSession) -> Sight | None:
    """Show the invitation that waits in `browser`, when it can still be redeemed."""
    with work.everywhere():
        invitation = _pending_row(work, browser)
        if invitation is None or _why_not(work, invitation) is not None:
            return None
        return _sight(work, invitation)


def settle_pending(work: Work, browser: BrowserSession, account: Account) -> bool:
    """Redeem what waits for this very address.

    True when its page has something to say instead: it asks for consent, or tells what became
    of the invitation meanwhile.
    """
    with work.everywhere():
        invitation = _pending_row(work, browser)
        if invitation is None or invitation.redeemed_by_id == account.person_id:
            return False
        if _why_not(work, invitation) is not None or invitation.email != account.email:
            return True
        return isinstance(_redeem(work, browser, invitation, account), Refused)


def _redeem(
    work: Work, browser: BrowserSession, invitation: Invitation, account: Account
) -> Refused | Sight:
    access_limits.take(work, invitation.organisation_id)  # others take their turn
    refusal = taking_up.why_not(work, invitation, account.person_id)
    if refusal is not None:
        return refusal
    done = work.session.exec(
        update(Invitation)
        .where(
            col(Invitation.id) == invitation.id,
            col(Invitation.redeemed_at).is_(None),
            col(Invitation.withdrawn_at).is_(None),
            col(Invitation.expires_at) > work.now,
        )
        .values(redeemed_at=work.now, redeemed_by_id=account.person_id)
    )
    if done.rowcount != 1:
        return Refused(Text("invitations.wrong_used"), "code")
    browser.pending_invitation_id = None
    work.session.add(browser)
    taking_up.give(work, invitation, account.person_id)
    work.note(
        "invitations.redeemed",
        about=("invitation", invitation.id),
        organisation_id=invitation.organisation_id,
        other_address=invitation.email != account.email,
    )
    if invitation.email != account.email:
        tell_whoever_invited(work, invitation, account)
    return _sight(work, invitation)


def _why_not(work: Work, invitation: Invitation) -> Refused | None:
    match state_of(invitation, work.now):
        case InvitationState.REDEEMED if invitation.redeemed_by_id == work.actor.person_id:
            return Refused(Text("invitations.wrong_used_by_you"), "code")
        case InvitationState.REDEEMED:
            return Refused(Text("invitations.wrong_used"), "code")
        case InvitationState.WITHDRAWN:
            return Refused(Text("invitations.wrong_withdrawn"), "code")
        case InvitationState.EXPIRED:
            day = shown(invitation.expires_at.astimezone(BRUSSELS).date())
            return Refused(Text("invitations.wrong_expired", {"day": day}), "code")
        case _:
            return taking_up.why_not(work, invitation, work.actor.person_id)


def _pending_row(work: Work, browser: BrowserSession) -> Invitation | None:
    if browser.pending_invitation_id is None:
        return None
    return work.session.get(Invitation, browser.pending_invitation_id)


def _sight(work: Work, invitation: Invitation) -> Sight:
    organisation = work.session.get_one(Organisation, invitation.organisation_id)
    inviter = work.session.get(Person, invitation.created_by_id or 0)
    asker = work.session.get(Account, work.actor.person_id or 0)
    return Sight(
        organisation.name,
        organisation.unit,
        invitation.role,
        name_of(inviter).full if inviter else "",
        invitation.expires_at,
        invitation.email,
        invitation.given_name,
        invitation.infix,
        invitation.family_name,
        is_for_another_address=asker is not None and asker.email != invitation.email,
        capacity=invitation.capacity,
    )
