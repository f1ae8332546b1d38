"""Entering a company's bank account in a test, and what became of it."""

from datetime import timedelta

from portal_app.mails import letters
from portal_app.models import AuditEvent, BankAccount, OutboxMail, Person
from portal_app.permissions import Role
from portal_app.services import bank_accounts
from portal_app.services.bank_accounts import Accounts
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.harness.cast import acting_as
from tests.services import managing

IBAN, OTHER = "BE68539007547034", "NL91ABNA0417164300"


def enter(who, organisation, iban: str = IBAN, *, version: int = 0) -> bool:
    """Let somebody enter an account; True when it waits."""
    caller = who if isinstance(who, Browser) else acting_as(who)
    return run(
        bank_accounts.enter,
        caller,
        organisation_id=organisation.key,
        iban=iban,
        holder="De Smet bv",
        version=version,
    )


def accounts(who, organisation) -> Accounts:
    """Return what somebody sees."""
    return run(bank_accounts.accounts, acting_as(who), organisation_id=organisation.key)


def settled(name: str, organisation) -> Person:
    """Make a trusted contact who has been there for long."""
    person = managing.somebody(name)
    since = factories.NOW - timedelta(days=60)
    factories.make_grant(person, Role.TRUSTED_CONTACT, organisation, starts_at=since)
    return person


def the_account(iban: str = IBAN) -> BankAccount:
    """Return the newest account with a number."""
    return [one for one in factories.all_of(BankAccount) if one.iban == iban][-1]


def mailed(template: str) -> list[tuple[str, str]]:
    """Return to whom a letter went and which number it mentions."""
    return [
        (one.to, str(letters.read_values(one.values)["iban"]))
        for one in factories.all_of(OutboxMail)
        if one.template == template
    ]


def trail() -> list[str]:
    """Return what the trail says happened to accounts."""
    every = [one.action for one in factories.all_of(AuditEvent)]
    return [one for one in every if one.startswith("bank_accounts.")]
