"""Changing one's own password, of one's own will or because a temporary one demands it."""

from dataclasses import dataclass
from datetime import datetime

from portal_app.errors import NotSignedIn
from portal_app.models import Account, BrowserSession, Owed, Person
from portal_app.names import name_of
from portal_app.needs import Owing
from portal_app.services import outbox, password_reset, sessions
from portal_app.services.sign_in import arrival
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class OwnPassword:
    """What the new password must differ from, and what it may not contain."""

    person_id: int
    login: str
    names: tuple[str, ...]  # given name and family name, without infix
    password_hash: str | None
    temporary_hash: str | None
    temporary_expires_at: datetime | None  # of the one that opened this session
    changed_at: datetime | None
    must_change: bool
    activates: bool  # the account of a company
    mailed_digest: str = ""  # of the temporary password that opened this session, if one did


@use_case(Owing(Owed.PASSWORD, Owed.ACTIVATION))
def own(work: Work) -> OwnPassword:
    """Return what is needed to judge a new password of the person that asks."""
    return of_account(work, work.session.get_one(Account, work.person_id))


@use_case(Owing(Owed.PASSWORD), writes=True)
def change(work: Work, *, password_hash: str, new_key: str) -> str:
    """Keep the new password, end the temporary one and every other session, rotate this one.

    The old password was compared before, outside the transaction. Returns where a person
    arrives who could go nowhere before: what waited for the new password goes on.

    Raises:
        NotSignedIn: the temporary password that opened this session was withdrawn just now.
    """
    account = work.session.get_one(Account, work.person_id, with_for_update=True)
    browser = work.session.get_one(BrowserSession, work.actor.session_id)
    keep(work, account, password_hash, browser.device)
    browser.token_digest = new_key
    browser.owes = tuple(one for one in browser.owes if one is not Owed.PASSWORD)
    work.session.add(browser)
    return arrival(work, browser, account)


def keep(work: Work, account: Account, password_hash: str, device: str) -> None:
    """Keep a new password, end every temporary one and every session but the caller's."""
    if not password_reset.finish(work, account.person_id):
        raise NotSignedIn
    account.password_hash, account.password_changed_at = password_hash, work.now
    account.temporary_hash = account.temporary_purpose = account.temporary_expires_at = None
    work.session.add(account)
    sessions.end_others(work, account.person_id, "password")
    person = work.session.get_one(Person, account.person_id)
    outbox.post(
        work,
        to=account.email,
        template="password_changed",
        locale=account.locale,
        values={"name": name_of(person).full, "at": work.now, "device": device},
        about=("person", account.person_id),
    )
    work.note("passwords.changed", about=("person", account.person_id))


def of_account(work: Work, account: Account) -> OwnPassword:
    """Return what is needed to judge a new password of an account."""
    person = work.session.get_one(Person, account.person_id)
    mailed = password_reset.of_session(work)
    return OwnPassword(
        account.person_id,
        account.username or account.email,
        (person.given_name, person.family_name),
        account.password_hash,
        account.temporary_hash,
        mailed.expires_at if mailed else account.temporary_expires_at,
        account.password_changed_at,
        work.actor.owes is Owed.PASSWORD,
        work.actor.owes is Owed.ACTIVATION,
        mailed.password_digest if mailed else "",
    )
