"""What is mailed to whoever invited somebody."""

from portal_app.brand import brand
from portal_app.models import Account, Invitation, Organisation, Person
from portal_app.names import name_of
from portal_app.services import access_letters, outbox
from portal_app.unit_of_work import Work


def ask_whoever_invited(work: Work, invitation: Invitation) -> None:
    """Mail that the holder of an expired code asks for another."""
    to, locale, name = _whoever_invited(work, invitation)
    outbox.post(
        work,
        to=to,
        template="invitation_asked",
        locale=locale,
        values={
            "name": name,
            "person": name_of(invitation).full or invitation.email,
            "company": work.session.get_one(Organisation, invitation.organisation_id).name,
            "role": access_letters.role_said(invitation.role, invitation.capacity, locale),
            "public_id": invitation.public_id,
            "expired": invitation.expires_at,
            "overview": access_letters.listed_at(invitation, tab="expired"),
        },
        about=("invitation_asked", invitation.id),
        cause=f"invitation-asked-{invitation.id}-{work.today.isoformat()}",
    )


def tell_whoever_invited(work: Work, invitation: Invitation, account: Account) -> None:
    """Mail that an account of another address redeemed an invitation."""
    to, locale, name = _whoever_invited(work, invitation)
    outbox.post(
        work,
        to=to,
        template="invitation_redeemed",
        locale=locale,
        values={
            "name": name,
            "person": name_of(work.session.get_one(Person, account.person_id)).full,
            "company": work.session.get_one(Organisation, invitation.organisation_id).name,
            "role": access_letters.role_said(invitation.role, invitation.capacity, locale),
            "invited": invitation.email,
            "redeemed_by": account.email,
            "at": work.now,
            "overview": access_letters.listed_at(invitation),
        },
        about=("redeemed_invitation", invitation.id),  # not the state of the invitation's own mail
        cause=f"invitation-redeemed-{invitation.id}",
    )


def _whoever_invited(work: Work, invitation: Invitation) -> tuple[str, str, str]:
    """Return address, language and name; of an invitation made at the console the helpdesk's."""
    account = work.session.get(Account, invitation.created_by_id or 0)
    person = work.session.get(Person, invitation.created_by_id or 0)
    if account is None or person is None:
        return brand.contact.email, brand.home_language, brand.contact.helpdesk
    return account.email, account.locale, name_of(person).full
