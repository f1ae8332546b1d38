"""Two organisations that must not know of each other, and the people around them.

NORTH asks, SOUTH is asked after. Each has everything a portal can hold; a candidate whom both
follow ('shared') came to SOUTH with a payment code of SOUTH.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from unittest.mock import patch

from portal_app import clock, database, unit_of_work
from portal_app.adapters import codes
from portal_app.models import (
    Account,
    BankAccount,
    BrowserSession,
    ChallengePurpose,
    CodeState,
    Enrolment,
    LinkedVia,
    Organisation,
    Owed,
    Person,
    Result,
    Route,
    TradeRegister,
)
from portal_app.needs import Trusted
from portal_app.permissions import CAPACITY_ROLES, Role
from portal_app.services import appointing, inviting, progress, redeeming
from portal_app.services.invitations import digest
from portal_app.suspension import SuspensionReason
from portal_app.unit_of_work import Browser, Operator, Work, use_case
from tests import factories
from tests.factories import NOW
from tests.harness.databases import MIGRATED, Template
from tests.harness.stopped_clock import StoppedClock
from tests.security.isolation.asked_for import ask_the_fund
from tests.security.isolation.proofs import challenge
from tests.security.isolation.sentinels import Ledger
from tests.security.isolation.stamping import Stamping
from tests.security.isolation.traces import leave_traces
from tests.security.isolation.written import World

SEED = 20260302
ROLES = {
    "manager": Role.ORGANISATION_MANAGER,
    "contact": Role.TRUSTED_CONTACT,
    "user": Role.USER,
    "member": Role.MEMBER,
    "main": Role.MAIN_ACCESS_MANAGER,
    "local": Role.ACCESS_MANAGER,
}
_SOON = NOW + timedelta(days=10)


_built: dict[str, World] = {}


def build() -> World:
    """Write the world in the portal's own database."""
    with patch.object(clock, "real_now", StoppedClock()):
        return _build()


def _build() -> World:
    world = World(Stamping(Ledger(SEED)))
    route = factories.make_route()
    world.profile = factories.profiles_of(route)[0]
    for owner in ("north", "south"):
        _organisation(world, owner, route)
    _fund(world)
    _shared(world, route)
    _strangers(world)
    unit_of_work.run(_project, Operator())
    _built[database.engine().dialect.name] = world
    return world


def present() -> World:
    """Return the world that stands in the portal's own database."""
    return _built[database.engine().dialect.name]


WORLD = Template("isolation", MIGRATED, build)
"""A database that starts with the world."""


def grow() -> None:
    """Let SOUTH have more of everything; nobody of NORTH may notice."""
    world = present()
    route = factories.all_of(Route)[0]
    for _ in range(3):
        _candidates(world, "south", route, world.people["south.manager"])


GROWN = Template("isolation grown", WORLD, grow)
"""The same world in which SOUTH has more."""


def _organisation(world: World, owner: str, route: Route) -> None:
    following = (factories.EMPLOYER, factories.CANDIDATE_FOLLOWING)
    with world.stamping.of(owner):
        made = factories.make_organisation(
            capacities=following, trade_register=TradeRegister.KVK, code=None
        )
        world.organisations[owner] = made
        code = factories.make_organisation_code(made, "AAA", routes=[route])
        world.codes_of_organisations[owner] = code.code
        for name, role in ROLES.items():
            with _person(world, f"{owner}.{name}") as person:
                inside = factories.CANDIDATE_FOLLOWING if role in CAPACITY_ROLES else ""
                grant = factories.make_grant(person, role, made, capacity=inside)
        factories.make_review(made, [grant], kept_by=world.people[f"{owner}.main"])
        with _person(world, f"{owner}.paused") as paused:
            factories.make_grant(
                *(paused, Role.USER, made),
                capacity=factories.CANDIDATE_FOLLOWING,
                suspended_why=SuspensionReason.ABSENT,
            )
        with _person(world, f"{owner}.former") as former:
            factories.make_grant(former, Role.ORGANISATION_MANAGER, made, ended_at=NOW)
        with _person(world, f"{owner}.revoked") as revoked:
            factories.make_grant(
                revoked,
                Role.USER,
                made,
                capacity=factories.CANDIDATE_FOLLOWING,
                ended_at=NOW,
                ended_reason=appointing.BY_A_MANAGER,
            )
        with _person(world, f"{owner}.appointed") as appointed:
            _appoint(made, appointed)
        _bank_accounts(made)
        manager = world.people[f"{owner}.manager"]
        _candidates(world, owner, route, manager)
        _invitations(world, owner, manager)
        leave_traces(owner, world)
        ask_the_fund(owner, world)


def _bank_accounts(organisation: Organisation) -> None:
    """Give an organisation an account; that of a branch of it waits for a second person."""
    branch = factories.make_organisation(trade_register=TradeRegister.KVK, code=None)
    for owner, confirmed_at in ((organisation, NOW), (branch, None)):
        account = BankAccount(organisation_id=owner.key, iban="", holder="", proposed_at=NOW)
        account.confirmed_at = confirmed_at
        factories.write(account)


def _appoint(organisation: Organisation, person: Person) -> None:
    """Let somebody wait to activate the account of an organisation."""
    (account,) = (one for one in factories.all_of(Account) if one.person_id == person.id)
    factories.make_company_account(organisation, account)
    (browser,) = (one for one in factories.all_of(BrowserSession) if one.person_id == person.id)
    browser.owes = (Owed.ACTIVATION,)
    factories.rewrite(browser)


def _candidates(world: World, owner: str, route: Route, manager: Person) -> None:
    organisation = world.organisations[owner]
    profile = factories.profiles_of(route)[0]
    steps = factories.steps_of(route)
    with world.stamping.of(owner, people="candidates"):
        batch = factories.make_batch(organisation, profile, contact=manager)
        world.batches.setdefault(owner, batch.number)
        old = factories.make_batch(organisation, profile, contact=manager, expires_at=NOW)
        for number in range(3):
            person = factories.make_person()
            enrolment = factories.make_enrolment(person, route, valid_until=_SOON.date())
            factories.make_attempt(enrolment, steps[0])
            result = (Result.PASSED, Result.FAILED, Result.PLANNED)[number]
            factories.make_attempt(enrolment, steps[1], result)
            factories.make_link(person, organisation)
            code = factories.make_code(batch, state=CodeState.USED, used_by=person)
            code.enrolment_id = enrolment.id
            factories.rewrite(code)
        gone = factories.make_person()
        factories.make_enrolment(gone, route)
        factories.make_link(gone, organisation, ended_at=NOW - timedelta(days=1))
        unused = factories.make_code(batch)
        world.codes[f"{owner}.usable"] = unused.code
        world.codes[f"{owner}.used"] = code.code
        inactive = factories.make_code(batch, state=CodeState.INACTIVE)
        world.codes[f"{owner}.inactive"] = inactive.code
        world.codes[f"{owner}.expired"] = factories.make_code(old).code


def _invitations(world: World, owner: str, manager: Person) -> None:
    ends = {
        "open": {},
        "redeemed": {"redeemed_at": NOW},
        "withdrawn": {"withdrawn_at": NOW},
        "expired": {"expires_at": NOW},
    }
    for name, end in ends.items():
        public_id = codes.invitation_id()
        code = codes.invitation_code(public_id, inviting.SERIAL)
        factories.make_invitation(
            world.organisations[owner],
            public_id=public_id,
            code_digest=world.ledger.keep(
                digest(code), world.stamping.stamp("invitation", "code_digest")
            ),
            created_by=manager,
            **({"expires_at": _SOON} | end),
        )
        world.codes[f"{owner}.invitation.{name}"] = code
    factories.make_invitation(
        world.organisations[owner],
        role=Role.USER,
        capacity=factories.CANDIDATE_FOLLOWING,
        appointed_by=world.stamping.ids[owner, "access_grant"][list(ROLES).index("main")],
        expires_at=_SOON,
    )


def _fund(world: World) -> None:
    with world.stamping.of("fund"):
        for name, role in (("staff", Role.STAFF), ("admin", Role.ADMINISTRATOR)):
            with _person(world, f"fund.{name}") as person:
                factories.make_grant(person, role)


def _shared(world: World, route: Route) -> None:
    """Let both follow one candidate, who came with a payment code of SOUTH."""
    with world.stamping.of("shared", people="candidates"), _person(world, "shared.candidate"):
        pass
    person = world.people["shared.candidate"]
    with world.stamping.of("south"):
        batch = factories.make_batch(world.organisations["south"], world.profile)
        batch.organisation_code_id = world.first("south", "organisation_code")
        factories.rewrite(batch)
        code = factories.make_code(batch)
    browser = Browser(world.sessions["shared.candidate"])
    unit_of_work.run(redeeming.redeem, browser, code=code.code, profile_id=world.profile.key)
    world.stamping.ids["shared", "enrolment"] = [
        row.key for row in factories.all_of(Enrolment) if row.person_id == person.id
    ]
    with world.stamping.of("north"):
        factories.make_link(person, world.organisations["north"], via=LinkedVia.IMPORT)


def _strangers(world: World) -> None:
    """Make people without any organisation, and browsers without a person."""
    waiting = world.first("north", "invitation")
    with world.stamping.of("nobody"), _person(world, "nobody.candidate"):
        (browser,) = (
            row
            for row in factories.all_of(BrowserSession)
            if row.token_digest == world.sessions["nobody.candidate"]
        )
        browser.pending_invitation_id = waiting
        factories.rewrite(browser)
    with world.stamping.of("nobody", persona="nobody.invited"):
        key = sha256(b"nobody.invited").hexdigest()
        browser = factories.make_visit(key, pending_invitation_id=waiting, goes_to_eherkenning=True)
        world.sessions["nobody.invited"] = browser.token_digest
        challenge(browser, ChallengePurpose.REGISTER, verified_at=clock.real_now())
    with world.stamping.of("nobody", persona="nobody.proven"):
        browser = factories.make_visit(sha256(b"nobody.proven").hexdigest())
        world.sessions["nobody.proven"] = browser.token_digest
        proof = challenge(browser, ChallengePurpose.RESET, verified_at=clock.real_now())
        proof.email = world.emails["nobody.candidate"]
        factories.rewrite(proof)
    for ended in ("ended", "expired"):
        with world.stamping.of("south", persona=f"south.{ended}"):
            over = clock.real_now() - timedelta(minutes=1)
            world.sessions[f"south.{ended}"] = factories.sign_in(
                world.people["south.manager"],
                key=sha256(ended.encode()).hexdigest(),
                **({"ended_at": over} if ended == "ended" else {"expires_at": over}),
            )


@contextmanager
def _person(world: World, name: str) -> Iterator[Person]:
    """Make a person with an account and a browser; what follows is the person's own too."""
    owner = name.partition(".")[0]
    people = "candidates" if owner in ("shared", "nobody") else "colleagues"
    with world.stamping.of(owner, people=people, persona=name):
        person = factories.make_person()
        world.emails[name] = factories.make_account(person, username="").email
        world.people[name] = person
        key = sha256(name.encode()).hexdigest()
        world.sessions[name] = factories.sign_in(person, key=key)
        yield person


@use_case(Trusted, writes=True)
def _project(work: Work) -> None:
    for person in factories.all_of(Person):
        progress.rebuild_person(work, person.key)
