"""Activating the account of a company: the first sign-in of who was appointed (S-03 ... S-07)."""

from portal_app.adapters.secret_keys import same
from portal_app.errors import NotSignedIn, Refused, Text
from portal_app.models import Account, Basis, BrowserSession, Owed, Person
from portal_app.needs import Owing
from portal_app.permissions import Role
from portal_app.services import (
    access_limits,
    company_accounts,
    grants,
    national_numbers,
    passwords,
)
from portal_app.services.sign_in import arrival
from portal_app.unit_of_work import Work, use_case

NUMBER_OF_ANOTHER = Refused(Text("errors.national_number_of_another"), "national_number")


@use_case(Owing(Owed.ACTIVATION), writes=True)
def is_of_the_appointed(work: Work, *, national_number: str) -> bool:
    """Tell whether a national register number is that of the person who was appointed.

    A wrong one is written down, without the number.
    """
    is_theirs = _is_theirs(work, national_number)
    if not is_theirs:
        work.note("activation.number_wrong", about=("person", work.person_id))
    return is_theirs


@use_case(Owing(Owed.ACTIVATION), writes=True)
def activate(
    work: Work, *, password_hash: str, national_number: str, new_key: str
) -> str | Refused:
    """Keep the new password and make the person main access manager; return where they arrive.

    The old password was compared before, outside the transaction. Of two at once one activates.

    Raises:
        NotSignedIn: it was activated elsewhere, or withdrawn, just now.
    """
    account = work.session.get_one(
        Account, work.person_id, with_for_update=True, populate_existing=True
    )
    company = company_accounts.waiting_of(work, work.person_id)
    if company is None or not account.awaits_activation:
        raise NotSignedIn
    browser = work.session.get_one(BrowserSession, work.actor.session_id, populate_existing=True)
    if browser.ended_at is not None:  # new codes were made, which ended what the old ones opened
        raise NotSignedIn
    expires = account.temporary_expires_at
    if expires is None or expires <= work.now:
        return Refused(Text("errors.activation_expired"))
    if not _is_theirs(work, national_number):
        return NUMBER_OF_ANOTHER
    organisation_id = company.organisation_id
    with work.enter(organisation_id):
        if not access_limits.take(work, organisation_id) or not access_limits.has_room(
            work, organisation_id, Role.MAIN_ACCESS_MANAGER, ""
        ):
            return Refused(Text("errors.activation_place_taken"))
        company.activated_at = work.now
        work.session.add(company)
        grants.add(
            work,
            account.person_id,
            organisation_id,
            Role.MAIN_ACCESS_MANAGER,
            Basis.COMPANY_ACCOUNT,
            company.key,
        )
    passwords.keep(work, account, password_hash, browser.device)
    browser.token_digest = new_key
    browser.owes = tuple(one for one in browser.owes if one is not Owed.ACTIVATION)
    work.session.add(browser)
    work.note(
        "company_accounts.activated",
        about=("company_account", company.id),
        organisation_id=organisation_id,
    )
    return arrival(work, browser, account)


def _is_theirs(work: Work, national_number: str) -> bool:
    """Compare with the number of the person; a fund that asks none has none to compare."""
    known = work.session.get_one(Person, work.person_id).national_number_digest
    return not known or same(known, national_numbers.digest(national_number))
