"""Rows for a test to start from: plain functions, with everything that matters as an argument.

Each writes in a transaction of its own and returns the row. They go around the use cases
on purpose: a test of one use case does not depend on another.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import count
from typing import TypeVar

from sqlalchemy import inspect
from sqlmodel import Session, SQLModel, col, select

from portal_app import clock, database
from portal_app.adapters import passwords
from portal_app.models import (
    Account,
    Attempt,
    Basis,
    BrowserSession,
    CodeBatch,
    CodeState,
    Enrolment,
    Grant,
    Invitation,
    LinkedVia,
    Organisation,
    OrganisationCapacity,
    OrganisationCode,
    OrganisationCodeRoute,
    OrganisationLink,
    PaymentCode,
    Person,
    Profile,
    Result,
    Route,
    Salutation,
    Step,
    StepKind,
    TradeRegister,
)
from portal_app.names import PersonName
from portal_app.permissions import Capacity, Role
from portal_app.tenant_net import EVERYWHERE
from tests.harness.stopped_clock import NOW

PASSWORD = "Zeven-Sloten4"  # of everybody in the tests
LONG_AGO = NOW - timedelta(days=60)
LONG_AGO_DAY = LONG_AGO.date()
NUMBERS = ("1999000150", "1999000249", "1999000348", "1999000447", "1999000546")
"""Belgian enterprise numbers with right check digits, in a range that is never issued."""

_Row = TypeVar("_Row", bound=SQLModel)
_serial = count(1)


def make_organisation(
    name: str = "Klimaatwerken De Smet",
    *,
    number: str = NUMBERS[0],
    unit: str = "Antwerpen",
    trade_register: TradeRegister = TradeRegister.KBO,
    capacities: Sequence[Capacity] = (Capacity.EMPLOYER,),
    code: str | None = None,
    closed_at: datetime | None = None,
) -> Organisation:
    """Make an organisation with its capacities, and its three letters when `code` is given."""
    made = write(
        Organisation(
            trade_register=trade_register,
            number=number,
            unit=unit,
            name=name,
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
            ended_at=ended_at,
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
    must_change_password: bool = False,
) -> str:
    """Sign a person in with a new browser and return its session key."""
    key = key or sha256(f"session {next(_serial)}".encode()).hexdigest()
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
            must_change_password=must_change_password,
        )
    )
    return key


def make_invitation(  # noqa: PLR0913  # whatever matters to a test
    organisation: Organisation,
    *,
    email: str = "uitgenodigd@voorbeeld.example",
    role: Role = Role.TRUSTED_CONTACT,
    given_name: str = "Nora",
    family_name: str = "Claes",
    public_id: str | None = None,
    code_digest: str | None = None,
    created_by: Person | None = None,
    expires_at: datetime = NOW + timedelta(days=14),
    sent_at: datetime | None = NOW,
    redeemed_at: datetime | None = None,
    withdrawn_at: datetime | None = None,
) -> Invitation:
    """Invite somebody; the code is what `code_digest` says, by default one nobody can know."""
    public_id = public_id or f"{next(_serial):06d}"
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
            expires_at=expires_at,
            sent_at=sent_at,
            sends=1 if sent_at else 0,
            redeemed_at=redeemed_at,
            withdrawn_at=withdrawn_at,
        )
    )


def make_route(
    name: str = "Vakmanschap CO",
    *,
    code: str = "vakmanschap-co",
    steps: Sequence[StepKind] = (
        StepKind.REGISTRATION,
        StepKind.THEORY_TEST,
        StepKind.PRACTICAL_EXAM,
        StepKind.CERTIFICATE,
    ),
    profiles: Sequence[str] = ("Monteur Service & Onderhoud",),
    validity_months: int | None = 60,
) -> Route:
    """Make a route with its steps and profiles."""
    made = write(Route(code=code, name=name, validity_months=validity_months))
    for position, kind in enumerate(steps):
        write(Step(route_id=made.key, position=position, kind=kind))
    for profile in profiles:
        write(Profile(route_id=made.key, name=profile))
    return made


def steps_of(route: Route) -> tuple[Step, ...]:
    """Return the steps of a route, in order."""
    with _everywhere() as session:
        chosen = select(Step).where(Step.route_id == route.id).order_by(col(Step.position))
        return tuple(session.exec(chosen))


def profiles_of(route: Route) -> tuple[Profile, ...]:
    """Return the profiles of a route, in the order in which they were made."""
    with _everywhere() as session:
        chosen = select(Profile).where(Profile.route_id == route.id).order_by(col(Profile.id))
        return tuple(session.exec(chosen))


def make_enrolment(
    person: Person,
    route: Route,
    *,
    profile: Profile | None = None,
    registered_on: date = LONG_AGO_DAY,
    reference: str = "",
    valid_until: date | None = None,
    stopped_at: datetime | None = None,
) -> Enrolment:
    """Enrol a person on a route, in its first profile unless told otherwise."""
    return write(
        Enrolment(
            person_id=person.key,
            route_id=route.key,
            profile_id=(profile or profiles_of(route)[0]).key,
            reference=reference,
            registered_on=registered_on,
            valid_until=valid_until,
            stopped_at=stopped_at,
        )
    )


def make_attempt(
    enrolment: Enrolment,
    step: Step,
    result: Result = Result.PASSED,
    *,
    number: int = 1,
    on: date | None = LONG_AGO_DAY,
    superseded: bool = False,
) -> Attempt:
    """Let a candidate have a go at a step."""
    return write(
        Attempt(
            enrolment_id=enrolment.key,
            step_id=step.key,
            number=number,
            result=result,
            on=on,
            recorded_at=NOW,
            superseded=superseded,
        )
    )


def make_link(
    person: Person,
    organisation: Organisation,
    *,
    via: LinkedVia = LinkedVia.IMPORT,
    linked_at: datetime = LONG_AGO,
    ended_at: datetime | None = None,
) -> OrganisationLink:
    """Let an organisation follow a person."""
    return write(
        OrganisationLink(
            organisation_id=organisation.key,
            person_id=person.key,
            via=via,
            linked_at=linked_at,
            ended_at=ended_at,
        )
    )


def make_batch(
    organisation: Organisation,
    profile: Profile,
    *,
    number: str | None = None,
    reference: str = "",
    contact: Person | None = None,
    created_at: datetime = LONG_AGO,
    expires_at: datetime | None = None,
) -> CodeBatch:
    """Make a batch, still without payment codes."""
    return write(
        CodeBatch(
            organisation_id=organisation.key,
            number=number or f"{next(_serial):06d}",
            contact_person_id=contact.key if contact else None,
            profile_id=profile.key,
            reference=reference,
            created_at=created_at,
            expires_at=expires_at,
        )
    )


def make_code(
    batch: CodeBatch,
    *,
    code: str | None = None,
    state: CodeState = CodeState.USABLE,
    used_by: Person | None = None,
    used_at: datetime | None = None,
) -> PaymentCode:
    """Add a payment code to a batch."""
    code = code or f"TEST-0000-0000-{next(_serial):04d}"
    return write(
        PaymentCode(
            organisation_id=batch.organisation_id,
            batch_id=batch.key,
            profile_id=batch.profile_id,
            code=code,
            state=state,
            created_at=batch.created_at,
            used_at=used_at or (NOW if state is CodeState.USED else None),
            used_by_id=used_by.key if used_by else None,
            search=f"{code} {code.replace('-', '')} {batch.reference} {batch.number}".casefold(),
        )
    )


def write(row: _Row) -> _Row:
    """Write a row of any organisation, in a transaction of its own, and return it."""
    with _everywhere() as session, session.begin():
        session.add(row)
    return row


def all_of(table: type[_Row]) -> list[_Row]:
    """Return the rows of a table, oldest first."""
    with _everywhere() as session:
        return list(session.exec(select(table).order_by(*inspect(table).primary_key)))


def _everywhere() -> Session:
    session = Session(database.engine(), expire_on_commit=False)
    session.info["scope"] = EVERYWHERE
    return session


@cache
def _hash_of(password: str) -> str:
    return passwords.hash_password(password)
