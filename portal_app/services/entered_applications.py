"""Applications that staff enter for whoever calls, by the use cases of the forms themselves.

Each is entered by whoever decides its kind, and goes on as any other: entering establishes
nothing, so what turns on identity still takes two who look.
"""

from dataclasses import dataclass

from sqlmodel import select

from portal_app.applications import RULES, ApplicationKind
from portal_app.errors import Invalid
from portal_app.models import Account, Application
from portal_app.permissions import Right
from portal_app.services import (
    access_applications,
    activation_codes,
    address_applications,
    applications,
    phone_callers,
)
from portal_app.services.access_applications import AskedAccess
from portal_app.services.activation_codes import AskedCodes
from portal_app.services.address_applications import AskedAddress
from portal_app.unit_of_work import Work, use_case

KINDS = (
    ApplicationKind.ADDRESS_CHANGED,
    ApplicationKind.ADDRESS_FORGOTTEN,
    ApplicationKind.ACTIVATION_CODES,
    ApplicationKind.ACCESS,
)
"""What can be asked without an account, and so by somebody on the phone."""


@dataclass(frozen=True, slots=True)
class Start:
    """What can be entered, and what is known of a caller who was established."""

    kinds: tuple[ApplicationKind, ...]
    given_name: str = ""
    family_name: str = ""
    locale: str = ""


@use_case(Right.APPLICATIONS_SEE)
def start(work: Work, *, person_id: int = 0) -> Start:
    """Tell what whoever asks can enter; `person_id` is of a caller, filled in once established.

    Raises:
        NotFound: there is no such person.
    """
    kinds = tuple(kind for kind in KINDS if applications.may_decide(work, kind))
    if not person_id or not work.actor.scope(Right.IDENTITY_CHECK):
        return Start(kinds)
    try:
        person = phone_callers.must_be_established(work, person_id)
    except Invalid:  # what is known of them may not be shown yet
        return Start(kinds)
    account = work.session.get(Account, person_id)
    family_name = f"{person.infix} {person.family_name}".strip()
    return Start(kinds, person.given_name, family_name, account.locale if account else "")


@use_case(Right.IDENTITY_CHECK, writes=True)
def enter_address(work: Work, *, asked: AskedAddress) -> str:
    """Enter that an address was forgotten or has changed, and return the number."""
    return _entered(work, asked.kind, address_applications.ask(work, asked=asked))


@use_case(Right.IDENTITY_CHECK, writes=True)
def enter_codes(work: Work, *, asked: AskedCodes) -> str:
    """Enter that new codes are asked for the account of a company, and return the number."""
    number = activation_codes.ask(work, asked=asked)
    return _entered(work, ApplicationKind.ACTIVATION_CODES, number)


@use_case(Right.INVITATIONS_MANAGE, writes=True)
def enter_access(work: Work, *, asked: AskedAccess) -> str:
    """Enter that a company asks for access, and return the number."""
    return _entered(work, ApplicationKind.ACCESS, access_applications.ask(work, asked=asked))


def _entered(work: Work, kind: ApplicationKind, number: str) -> str:
    made = work.session.exec(select(Application.id).where(Application.number == number)).one()
    work.note(
        "applications.entered",
        about=("application", made),
        kind=kind.value,
        needs_two=RULES[kind].needs_two,
    )
    return number
