"""How tests make the account of a company, and sign in with its codes."""

from portal_app.adapters import codes
from portal_app.models import (
    Account,
    CompanyAccount,
    OrganisationCapacity,
    OutboxMail,
    TradeRegister,
)
from portal_app.services import (
    activation,
    activation_codes,
    application_handling,
    company_accounts,
    identity_checks,
    sign_in,
)
from portal_app.services.activation_codes import AskedCodes
from portal_app.services.company_accounts import NewCompanyAccount
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import Browser
from tests import factories
from tests.services.applying import mails, said, version

NUMBER = "85073003328"
NORA = "nora.claes@novak.example"
COMPANY = OrganisationNumber(TradeRegister.KBO, "1999000744", "Luik")
BOSS = "zaakvoerder@novak.example"
HERE, INSIDE, NEW = (Browser(key * 64, None, "Firefox, Linux") for key in "vsn")


def make(run_as, by, **changes) -> CompanyAccount:
    """Let staff make the account of a company that nobody knew, for Nora."""
    usual = {
        "organisation": COMPANY,
        "organisation_name": "Chauffage Novak srl",
        "given_name": "Nora",
        "infix": "",
        "family_name": "Claes",
        "email": NORA,
        "locale": "fr",
        "national_number": NUMBER,
        "username": codes.login_name(),
        "password": "kX4?mQz9RtpL7wPb",
        "password_hash": "hash of the temporary one",
    }
    run_as(by, company_accounts.make, wanted=NewCompanyAccount(**usual | changes))
    return company_account()


def company_account() -> CompanyAccount:
    return factories.all_of(CompanyAccount)[-1]


def account_of(company: CompanyAccount) -> Account:
    return next(one for one in factories.all_of(Account) if one.person_id == company.person_id)


def letters() -> tuple[OutboxMail, OutboxMail]:
    """Return the last message with the user name, and the last one with the password."""
    return mails("company_account_name")[-1], mails("company_account_password")[-1]


def username() -> str:
    return str(said(letters()[0])["username"])


def enter(run_as, company: CompanyAccount, key: str = INSIDE.session_key) -> Browser:
    """Sign in with the codes, as the route does once it has compared the password."""
    run_as(HERE, sign_in.begin, person_id=company.person_id, new_key=key, with_temporary=True)
    return Browser(key, None, "Firefox, Linux")


def activate(run_as, caller: Browser = INSIDE, **changes):
    usual = {
        "password_hash": "hash of her own",
        "national_number": NUMBER,
        "new_key": NEW.session_key,
    }
    return run_as(caller, activation.activate, **usual | changes)


def capacities_of(organisation_id: int) -> list[str]:
    return [
        one.capacity
        for one in factories.all_of(OrganisationCapacity)
        if one.organisation_id == organisation_id and one.ended_at is None
    ]


def ask(run_as, **changes) -> str:
    """Ask new codes for the account, as who is responsible for the company."""
    usual = {
        "company_number": COMPANY.number,
        "given_name": "Nora",
        "family_name": "Claes",
        "asker": "Paul Novak",
        "email": BOSS,
        "phone": "+3225550100",
        "locale": "nl",
    }
    return run_as(HERE, activation_codes.ask, asked=AskedCodes(**usual | changes))


def checked(cast, run_as, number: str, person_id: int) -> None:
    """Let one member of staff establish whose account it is; a second one must agree."""
    run_as(cast.sam, application_handling.take, number=number, version=version())
    run_as(
        cast.sam,
        identity_checks.check,
        number=number,
        version=version(),
        person_id=person_id,
        how="Teruggebeld op het nummer in het handelsregister.",
    )
