"""Organisations, people, what they may do, and how they come in."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256

from portal_app import clock
from portal_app.adapters import passwords
from portal_app.models import (
    Account,
    Basis,
    BrowserSession,
    CompanyAccount,
    Grant,
    Invitation,
    Organisation,
    OrganisationCapacity,
    OrganisationCode,
    OrganisationCodeRoute,
    Owed,
    Person,
    Route,
    Salutation,
    TemporaryPurpose,
    TradeRegister,
)
from portal_app.names import PersonName, company_sort
from portal_app.permissions import Role
from portal_app.suspension import SuspensionReason
from tests.factories.writing import LONG_AGO, rewrite, serial, write
from tests.harness.stopped_clock import NOW

EMPLOYER, CANDIDATE_FOLLOWING = "employer", "candidate_following"
TRAINING_PROVIDER = "training_provider"
"""The capacities of the brand with which the tests run: the standard one, one that a company
switches on, and one that only the fund does."""
PASSWORD = "Zeven-Sloten4"  # of everybody in the tests
NUMBERS = ("1999000150", "1999000249", "1999000348", "1999000447", "1999000546")
"""Belgian enterprise numbers with right check digits, in a range that is never issued."""


def make_organisation(
    name: str = "Klimaatwerken De Smet",
    *,
    number: str = NUMBERS[0],
    unit: str = "Antwerpen",
    trade_register: TradeRegister = TradeRegister.KBO,
    capacities: Sequence[str] = (EMPLOYER,),
    code: str | None = None,
    rsin: str = "",
    closed_at: datetime | None = None,
) -> Organisation:
    """Make an organisation with its capacities, and its three letters when `code` is given."""
    made = write(
        Organisation(
            trade_register=trade_register,
            number=number,
            unit=unit,
            rsin=rsin,
            name=name,
            name_sort=company_sort(name),
            created_at=LONG_AGO,
            closed_at=closed_at,
        )
    )
    for capacity in capacities:
        write(
            OrganisationCapacity(organisation_id=made.key, capacity=capacity, activated_at=LONG_AGO)
        )
    if code:
        make_organisation_code(made, code)
    return made


def make_organisation_code(
    organisation: Organisation, code: str, *, routes: Sequence[Route] = ()
) -> OrganisationCode:
    """Give an organisation its three letters, active for `routes`."""
    made = write(OrganisationCode(organisation_id=organisation.key, code=code, created_at=LONG_AGO))
    for route in routes:
        write(
            OrganisationCodeRoute(
                organisation_id=organisation.key,
                organisation_code_id=made.key,
                route_id=route.key,
                activated_at=LONG_AGO,
            )
        )
    return made


def make_person(
    given_name: str = "Jan",
    family_name: str = "Peeters",
    *,
    infix: str = "",
    salutation: Salutation | None = None,
    birth_date: date | None = None,
    email: str | None = None,
    phone: str | None = None,
) -> Person:
    """Make a person without an account."""
    return write(
        Person(
            salutation=salutation,
            given_name=given_name,
            infix=infix,
            family_name=family_name,
            birth_date=birth_date,
            email=email,
            phone=phone,
            name_sort=PersonName(given_name, family_name, infix).name_sort,
            created_at=LONG_AGO,
        )
    )


def make_account(
    person: Person,
    *,
    email: str | None = None,
    username: str | None = None,
    password: str = PASSWORD,
    locale: str = "nl",
    blocked_at: datetime | None = None,
) -> Account:
    """Let a person sign in: with `email` (by default the person's own) or `username`."""
    address = email or person.email or f"persoon{person.key}@voorbeeld.example"
    return write(
        Account(
            person_id=person.key,
            email=address.casefold(),
            username=username,
            username_folded=username.casefold() if username else None,
            locale=locale,
            password_hash=_hash_of(password),
            password_changed_at=LONG_AGO,
            blocked_at=blocked_at,
            created_at=LONG_AGO,
        )
    )


def make_company_account(
    organisation: Organisation,
    account: Account,
    *,
    issued_at: datetime = NOW,
    expires_at: datetime = NOW + timedelta(days=31),
    made_by: Person | None = None,
) -> CompanyAccount:
    """Let an account wait to be activated for an organisation, with its password as codes."""
    account.temporary_hash, account.password_hash = account.password_hash, None
    account.temporary_purpose = TemporaryPurpose.ACTIVATION
    account.temporary_expires_at, account.password_changed_at = expires_at, None
    rewrite(account)
    return write(
        CompanyAccount(
            organisation_id=organisation.key,
            person_id=account.person_id,
            made_at=issued_at,
            made_by_id=made_by.key if made_by else None,
            issued_at=issued_at,
        )
    )


def make_grant(
    person: Person,
    role: Role,
    organisation: Organisation | None = None,
    *,
    capacity: str = "",
    basis: Basis = Basis.STAFF,
    starts_at: datetime = LONG_AGO,
    until: datetime | None = None,
    ended_at: datetime | None = None,
    ended_reason: str = "",
    suspended_why: SuspensionReason | None = None,
    suspended_by_fund: bool = False,
) -> Grant:
    """Let a person be something: for an organisation, or for the fund when none is given."""
    return write(
        Grant(
            person_id=person.key,
            organisation_id=organisation.key if organisation else None,
            capacity=capacity,
            role=role,
            basis=basis,
            granted_at=LONG_AGO,
            starts_at=starts_at,
            until=until,
            suspended_at=NOW if suspended_why else None,
            suspended_why=suspended_why,
            suspended_by_fund=suspended_by_fund,
            ended_at=ended_at,
            ended_reason=ended_reason,
        )
    )


def sign_in(
    person: Person,
    *,
    key: str | None = None,
    device: str = "Chrome, Windows",
    seen_at: datetime | None = None,
    expires_at: datetime | None = None,
    ended_at: datetime | None = None,
    owes: tuple[Owed, ...] = (),
    proven_at: datetime | None = None,
) -> str:
    """Sign a person in with a new browser and return its session key."""
    key = key or sha256(f"session {next(serial)}".encode()).hexdigest()
    started = clock.real_now()
    write(
        BrowserSession(
            token_digest=key,
            person_id=person.key,
            created_at=started,
            seen_at=seen_at or started,
            expires_at=expires_at or started + timedelta(hours=8),
            ended_at=ended_at,
            device=device,
            owes=owes,
            proven_at=proven_at or (None if Owed.PROOF in owes else started),
        )
    )
    return key


def make_visit(
    key: str,
    *,
    device: str = "Chrome, Windows",
    pending_invitation_id: int | None = None,
    goes_to_eherkenning: bool = False,
) -> BrowserSession:
    """Let a browser visit in which nobody is signed in."""
    started = clock.real_now()
    return write(
        BrowserSession(
            token_digest=key,
            created_at=started,
            seen_at=started,
            expires_at=started + timedelta(hours=24),
            device=device,
            pending_invitation_id=pending_invitation_id,
            goes_to_eherkenning=goes_to_eherkenning,
        )
    )


def make_invitation(  # whatever matters to a test
    organisation: Organisation,
    *,
    email: str = "uitgenodigd@voorbeeld.example",
    role: Role = Role.TRUSTED_CONTACT,
    given_name: str = "Nora",
    family_name: str = "Claes",
    public_id: str | None = None,
    code_digest: str | None = None,
    created_by: Person | None = None,
    capacity: str = "",
    appointed_by: int | None = None,
    expires_at: datetime = NOW + timedelta(days=14),
    sent_at: datetime | None = NOW,
    redeemed_at: datetime | None = None,
    withdrawn_at: datetime | None = None,
) -> Invitation:
    """Invite somebody; the code is what `code_digest` says, by default one nobody can know."""
    public_id = public_id or f"{next(serial):06d}"
    return write(
        Invitation(
            organisation_id=organisation.key,
            public_id=public_id,
            code_digest=code_digest or sha256(public_id.encode()).hexdigest(),
            role=role,
            email=email,
            given_name=given_name,
            family_name=family_name,
            created_at=NOW,
            created_by_id=created_by.key if created_by else None,
            capacity=capacity,
            appointing_grant_id=appointed_by,
            expires_at=expires_at,
            sent_at=sent_at,
            sends=1 if sent_at else 0,
            redeemed_at=redeemed_at,
            withdrawn_at=withdrawn_at,
        )
    )


@cache
def _hash_of(password: str) -> str:
    return passwords.hash_password(password)
