"""The staff's side of invitations: make, send again, withdraw."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from portal_app.adapters import codes
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Account, Grant, Invitation, Organisation, Person
from portal_app.names import name_of
from portal_app.permissions import INVITABLE_ROLES, Right, Role
from portal_app.services import access_letters, grants, outbox
from portal_app.services.invitation_list import in_tab
from portal_app.services.invitations import digest
from portal_app.services.organisations import OrganisationNumber, found_or_made
from portal_app.settings import settings
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """A form that was read and found right."""

    organisation: OrganisationNumber
    organisation_name: str  # used when the organisation is new
    role: Role
    email: str  # casefolded
    given_name: str = ""
    infix: str = ""
    family_name: str = ""
    locale: str = "nl"
    capacity: str = ""  # in which the role is held; empty: the organisation as a whole
    until: datetime | None = None  # the end of what is given


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation was made; the code is shown this once."""

    id: int
    code: str
    organisation: str
    organisation_is_new: bool
    expires_at: datetime


SERIAL = 1
"""Which code of the invitation is mailed: a resend carries the same one."""


@use_case(Right.INVITATIONS_MANAGE, writes=True)
def invite(work: Work, *, wanted: NewInvitation) -> Invited:
    """Make an invitation, the organisation when it is new, and put the mail in the outbox.

    Raises:
        Invalid: the person already has this role there (staff give a role without a mail,
            M-10), an open invitation for the same waits already, or the name is missing of
            an organisation that is new.
    """
    if wanted.role not in INVITABLE_ROLES:
        raise Invalid({"role": Text("errors.role_empty")})
    organisation, is_new = found_or_made(work, wanted.organisation, wanted.organisation_name)
    if is_new and not wanted.organisation_name:
        raise Invalid({"organisation_name": Text("errors.organisation_name_empty")})
    _refuse_doubles(work, organisation.key, wanted)
    invitation, code = make(work, organisation, wanted)
    return Invited(invitation.key, code, organisation.name, is_new, invitation.expires_at)


def make(
    work: Work, organisation: Organisation, wanted: NewInvitation, *, by_grant: int | None = None
) -> tuple[Invitation, str]:
    """Write and mail an invitation inside another use case; return it with its code.

    `by_grant` is the grant on which an appointment rests.
    """
    public_id = codes.invitation_id()
    code = codes.invitation_code(public_id, SERIAL)
    invitation = Invitation(
        organisation_id=organisation.key,
        public_id=public_id,
        code_digest=digest(code),
        role=wanted.role,
        capacity=wanted.capacity,
        until=wanted.until,
        appointing_grant_id=by_grant,
        email=wanted.email,
        given_name=wanted.given_name,
        infix=wanted.infix,
        family_name=wanted.family_name,
        locale=wanted.locale,
        created_at=work.now,
        created_by_id=work.actor.person_id,
        expires_at=_expiry(work, wanted.until),
    )
    work.session.add(invitation)
    work.session.flush()
    _mail(work, invitation, organisation)
    work.note(
        "invitations.made",
        about=("invitation", invitation.id),
        organisation_id=organisation.id,
        role=wanted.role.value,
        capacity=wanted.capacity,
    )
    return invitation, code


@use_case(Right.INVITATIONS_MANAGE, writes=True)
def send_again(work: Work, *, invitation_id: int) -> None:
    """Mail the same code once more, and let it live 14 days from now.

    Raises:
        NotFound: no such invitation, or it was redeemed or withdrawn.
    """
    resend(work, open_one(work, invitation_id))


@use_case(Right.INVITATIONS_MANAGE, writes=True)
def withdraw(work: Work, *, invitation_id: int) -> None:
    """Withdraw an invitation: its code opens nothing any more.

    Raises:
        NotFound: no such invitation, or it was redeemed or withdrawn.
    """
    grants.take_back(work, open_one(work, invitation_id))


def resend(work: Work, invitation: Invitation) -> None:
    """Mail the same code once more inside another use case, and let it live anew."""
    invitation.expires_at = _expiry(work, invitation.until)
    _mail(work, invitation, work.session.get_one(Organisation, invitation.organisation_id))
    work.note(
        "invitations.sent_again",
        about=("invitation", invitation.id),
        organisation_id=invitation.organisation_id,
    )


def open_one(work: Work, invitation_id: int) -> Invitation:
    """Find an invitation that was neither redeemed nor withdrawn, and hold on to it.

    Raises:
        NotFound: there is no such one in scope.
    """
    invitation = work.session.exec(
        select(Invitation).where(Invitation.id == invitation_id).with_for_update()
    ).first()
    if invitation is None or invitation.redeemed_at or invitation.withdrawn_at:
        raise NotFound
    return invitation


def _expiry(work: Work, until: datetime | None) -> datetime:
    usual = work.now + timedelta(days=settings.invitation_days)
    return min(usual, until) if until else usual


def _mail(work: Work, invitation: Invitation, organisation: Organisation) -> None:
    inviter = work.session.get(Person, work.actor.person_id or 0)
    invitation.sent_at, invitation.sends = work.now, invitation.sends + 1
    work.session.add(invitation)
    outbox.post(
        work,
        to=invitation.email,
        template="invitation",
        locale=invitation.locale,
        values={
            "company": organisation.name,
            "role": access_letters.role_said(
                invitation.role, invitation.capacity, invitation.locale
            ),
            "name": name_of(invitation).full,
            "inviter": name_of(inviter).full if inviter else "",
            "expires": invitation.expires_at,
        },
        secrets={"code": codes.invitation_code(invitation.public_id, SERIAL)},
        about=("invitation", invitation.id),
        cause=f"invitation-{invitation.id}-{invitation.sends}",
    )


def _refuse_doubles(work: Work, organisation_id: int, wanted: NewInvitation) -> None:
    # Of two at once the second waits here, until it can see what the first made.
    work.session.exec(
        select(Organisation.id).where(Organisation.id == organisation_id).with_for_update()
    )
    holds = work.session.exec(
        select(Grant.id)
        .join(Account, col(Account.person_id) == Grant.person_id)
        .where(
            Account.email == wanted.email,
            Grant.organisation_id == organisation_id,
            col(Grant.ended_at).is_(None),
        )
    ).first()
    if holds is not None:
        raise Invalid({"email": Text("invitations.wrong_already_there")})
    waits = work.session.exec(
        select(Invitation.id).where(
            Invitation.email == wanted.email,
            Invitation.organisation_id == organisation_id,
            Invitation.role == wanted.role,
            in_tab("open", work.now),
        )
    ).first()
    if waits is not None:
        raise Invalid({"email": Text("invitations.wrong_waits_already")})
