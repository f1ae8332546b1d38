"""What letters say about who manages access, and those to whoever's role changes."""

from collections.abc import Mapping

from portal_app.brand import brand
from portal_app.errors import Text
from portal_app.mails.letters import Value
from portal_app.models import Account, Grant, Invitation, Organisation, Person
from portal_app.names import name_of
from portal_app.permissions import Role
from portal_app.services import outbox
from portal_app.suspension import SuspensionReason
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
    _tell(work, grant, "access_ended", {}, f"access-ended-{grant.id}")


def tell_of_change(work: Work, grant: Grant, role: Role, capacity: str) -> None:
    """Write to whoever has another role in place of this one."""
    account = work.session.get(Account, grant.person_id)
    said = role_said(role, capacity, account.locale) if account else ""
    _tell(work, grant, "access_changed", {"new_role": said}, f"access-changed-{grant.id}")


def tell_of_return(work: Work, grant: Grant) -> None:
    """Write to whoever was given back a role that had been taken away."""
    _tell(work, grant, "access_returned", {}, f"access-returned-{grant.id}")


def tell_of_suspension(work: Work, grant: Grant, why: SuspensionReason) -> None:
    """Write to whoever's role opens nothing for a while, with the reason."""
    values = {"why": Text(f"mails.suspended_{why.value}")}
    _tell(work, grant, "access_suspended", values)


def tell_of_resumption(work: Work, grant: Grant) -> None:
    """Write to whoever's role opens again what it did."""
    _tell(work, grant, "access_resumed", {})


def _tell(
    work: Work,
    grant: Grant,
    template: str,
    values: Mapping[str, Value],
    cause: str | None = None,
) -> None:
    account = work.session.get(Account, grant.person_id)
    if account is None or grant.organisation_id is None:
        return
    person = work.session.get_one(Person, grant.person_id)
    organisation = work.session.get_one(Organisation, grant.organisation_id)
    by = work.session.get(Person, work.actor.person_id or 0)
    outbox.post(
        work,
        to=account.email,
        template=template,
        locale=account.locale,
        values={
            "name": name_of(person).full,
            "company": organisation.name,
            "role": role_said(grant.role, grant.capacity, account.locale),
            "by": name_of(by).full if by else brand.organisation,
            "at": work.now,
            **values,
        },
        about=("grant", grant.id),
        cause=cause,
    )
