"""What letters say about who manages access, and the one to whoever lost a role."""

from portal_app.brand import brand
from portal_app.errors import Text
from portal_app.models import Account, Grant, Invitation, Organisation, Person
from portal_app.names import name_of
from portal_app.permissions import Role
from portal_app.services import outbox
from portal_app.unit_of_work import Work


def role_said(role: Role, capacity: str, locale: str) -> Text:
    """Name a role, with the capacity in which it holds."""
    named = Text(f"roles.{role.value}")
    offered = brand.capacity(capacity)
    if offered is None:
        return named
    names: dict[str, str] = {**offered.name}
    return Text("mails.role_in_capacity", {"role": named, "capacity": names[locale]})


def listed_at(invitation: Invitation, *, tab: str = "") -> str:
    """Return the page on which whoever invited finds it: staff's, or that of their company."""
    if invitation.appointing_grant_id is not None:
        return f"/toegang?org={invitation.organisation_id}&tab=uitnodigingen"
    return f"/beheer/uitnodigingen{'?tab=' if tab else ''}{tab}"


def tell_of_end(work: Work, grant: Grant) -> None:
    """Write to whoever lost a role; somebody without an account cannot be reached."""
    account = work.session.get(Account, grant.person_id)
    if account is None or grant.organisation_id is None:
        return
    person = work.session.get_one(Person, grant.person_id)
    organisation = work.session.get_one(Organisation, grant.organisation_id)
    by = work.session.get(Person, work.actor.person_id or 0)
    outbox.post(
        work,
        to=account.email,
        template="access_ended",
        locale=account.locale,
        values={
            "name": name_of(person).full,
            "company": organisation.name,
            "role": role_said(grant.role, grant.capacity, account.locale),
            "by": name_of(by).full if by else brand.organisation,
            "at": work.now,
        },
        about=("grant", grant.id),
        cause=f"access-ended-{grant.id}",
    )
