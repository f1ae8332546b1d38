"""Changing one's own password, of one's own will or because a temporary one demands it."""

from dataclasses import dataclass
from datetime import datetime

from portal_app.models import Account, BrowserSession, Person
from portal_app.names import name_of
from portal_app.services import invitations, outbox, sessions
from portal_app.services.sign_in import landing_of
from portal_app.unit_of_work import WithAnyPassword, Work, use_case


@dataclass(frozen=True, slots=True)
class OwnPassword:
    """What the new password must differ from, and what it may not contain."""

    login: str
    names: tuple[str, ...]  # given name and family name, without infix
    password_hash: str | None
    temporary_hash: str | None
    temporary_expires_at: datetime | None
    changed_at: datetime | None
    must_change: bool


@use_case(WithAnyPassword)
def own(work: Work) -> OwnPassword:
    """Return what is needed to judge a new password of the person that asks."""
    account = work.session.get_one(Account, work.person_id)
    person = work.session.get_one(Person, work.person_id)
    return OwnPassword(
        account.username or account.email,
        (person.given_name, person.family_name),
        account.password_hash,
        account.temporary_hash,
        account.temporary_expires_at,
        account.password_changed_at,
        work.actor.must_change_password,
    )


@use_case(WithAnyPassword, writes=True)
def change(work: Work, *, password_hash: str, new_key: str) -> str:
    """Keep the new password, end the temporary one and every other session, rotate this one.

    The old password was compared before, outside the transaction. Returns where a person
    arrives who could go nowhere before: what waited for the new password goes on.
    """
    account = work.session.get_one(Account, work.person_id)
    account.password_hash, account.password_changed_at = password_hash, work.now
    account.temporary_hash = account.temporary_purpose = account.temporary_expires_at = None
    work.session.add(account)
    browser = work.session.get_one(BrowserSession, work.actor.session_id)
    browser.token_digest, browser.must_change_password = new_key, False
    work.session.add(browser)
    sessions.end_others(work, account.person_id, "password")
    person = work.session.get_one(Person, account.person_id)
    outbox.post(
        work,
        to=account.email,
        template="password_changed",
        locale=account.locale,
        values={"name": name_of(person).full, "at": work.now, "device": browser.device},
        about=("person", account.person_id),
    )
    work.note("passwords.changed", about=("person", account.person_id))
    waits = invitations.settle_pending(work, browser, account)
    return "/uitnodiging" if waits else landing_of(work, account.person_id)
