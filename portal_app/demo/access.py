"""The people of the demo world who sign in, what they may do, and invitations."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import col, select

from portal_app.adapters import codes
from portal_app.brand import brand
from portal_app.demo.world import DemoInvitation, DemoPerson, world
from portal_app.models import Account, Basis, Grant, Invitation, Organisation, Person
from portal_app.names import name_of
from portal_app.permissions import CAPACITY_ROLES
from portal_app.services.invitations import digest
from portal_app.services.inviting import SERIAL, NewInvitation, invite
from portal_app.services.organisations import OrganisationNumber
from portal_app.settings import settings
from portal_app.unit_of_work import Work


def lay_people(
    work: Work, organisations: Mapping[str, int], password_hash: str
) -> Mapping[str, int]:
    """Make accounts with their grants and return the people by address.

    Who is a candidate already becomes an account of the same person.
    """
    laid: dict[str, int] = {}
    for one in world().person:
        since = work.now - timedelta(days=one.since_days_ago)
        person = work.session.exec(select(Person).where(Person.email == one.email)).first()
        if person is None:
            person = _person(one, since)
            work.session.add(person)
            work.session.flush()
        laid[one.email] = person.key
        work.session.add(
            Account(
                person_id=person.key,
                email=one.email,
                username=one.username or None,
                username_folded=one.username.casefold() or None,
                locale=one.locale,
                password_hash=password_hash,
                password_changed_at=since,
                created_at=since,
            )
        )
        work.session.flush()
        work.session.add_all(_grants(one, person.key, organisations, since))
    work.session.flush()
    return laid


def lay_invitations(
    work: Work, organisations: Mapping[str, int], people: Mapping[str, int]
) -> None:
    """Make the invitations; what was redeemed is what the grant rests on."""
    for one in world().invitation:
        organisation = work.session.get_one(Organisation, organisations[one.organisation])
        if one.is_mailed:
            invite(work, wanted=_wanted(one, organisation))
            continue
        invitation = _invitation(work, one, organisation.key, people)
        work.session.add(invitation)
        work.session.flush()
        if invitation.redeemed_by_id:
            _rest_on(work, invitation)


def printed_code(work: Work) -> str:
    """Return the code of the invitation that was mailed, or nothing once it is used."""
    mailed = [one.email for one in world().invitation if one.is_mailed]
    public_id = work.session.exec(
        select(Invitation.public_id).where(
            col(Invitation.email).in_(mailed),
            col(Invitation.redeemed_at).is_(None),
            col(Invitation.withdrawn_at).is_(None),
            Invitation.expires_at > work.now,
        )
    ).first()
    return codes.invitation_code(public_id, SERIAL) if public_id else ""


def _person(one: DemoPerson, created_at: datetime) -> Person:
    return Person(
        salutation=one.salutation,
        given_name=one.given_name,
        infix=one.infix,
        family_name=one.family_name,
        email=one.email,
        name_sort=name_of(one).name_sort,
        created_at=created_at,
    )


def _grants(
    one: DemoPerson, person_id: int, organisations: Mapping[str, int], at: datetime
) -> list[Grant]:
    if one.role is None:
        return []
    return [
        Grant(
            person_id=person_id,
            organisation_id=organisations[key] if key else None,
            capacity=brand.standard_capacity.code if one.role in CAPACITY_ROLES else "",
            role=one.role,
            basis=Basis.DEMO,
            granted_at=at,
            starts_at=at,
        )
        for key in one.organisations or ("",)
    ]


def _wanted(one: DemoInvitation, organisation: Organisation) -> NewInvitation:
    number = OrganisationNumber(organisation.trade_register, organisation.number, organisation.unit)
    return NewInvitation(
        organisation=number,
        organisation_name=organisation.name,
        role=one.role,
        email=one.email,
        given_name=one.given_name,
        infix=one.infix,
        family_name=one.family_name,
        locale=one.locale,
    )


def _invitation(
    work: Work, one: DemoInvitation, organisation_id: int, people: Mapping[str, int]
) -> Invitation:
    def ago(days: int | None) -> datetime | None:
        return None if days is None else work.now - timedelta(days=days)

    public_id = codes.invitation_id()
    created_at = work.now - timedelta(days=one.created_days_ago)
    return Invitation(
        organisation_id=organisation_id,
        public_id=public_id,
        code_digest=digest(codes.invitation_code(public_id, SERIAL)),
        role=one.role,
        email=one.email,
        given_name=one.given_name,
        infix=one.infix,
        family_name=one.family_name,
        locale=one.locale,
        created_at=created_at,
        expires_at=created_at + timedelta(days=settings.invitation_days),
        sent_at=ago(one.sent_days_ago),
        sends=0 if one.sent_days_ago is None else 1,
        opened_at=ago(one.opened_days_ago),
        redeemed_at=ago(one.redeemed_days_ago),
        redeemed_by_id=None if one.redeemed_days_ago is None else people[one.email],
        withdrawn_at=ago(one.withdrawn_days_ago),
    )


def _rest_on(work: Work, invitation: Invitation) -> None:
    grant = work.session.exec(
        select(Grant).where(
            Grant.person_id == invitation.redeemed_by_id,
            Grant.organisation_id == invitation.organisation_id,
        )
    ).one()
    grant.basis, grant.basis_id = Basis.INVITATION, invitation.key
    if invitation.redeemed_at:
        grant.granted_at = grant.starts_at = invitation.redeemed_at
    work.session.add(grant)
