"""The one door to the database: one transaction, one acting person, one moment.

A use case is a function whose first argument is `Work` and that declares, with
`@use_case`, which right it needs. `run` opens the door for a browser, a job or an
operator alike: it begins the transaction (IMMEDIATE for a write), finds out who acts and
for which organisations, and commits when the use case returns or rolls back when it
raises. Use cases never commit, never read the clock and never see a row outside their
scope (`portal_app.tenant_net`).
"""

import json
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import wraps
from inspect import isgeneratorfunction
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from sqlmodel import Session

from portal_app import clock, database
from portal_app.actors import Actor, who_asks
from portal_app.errors import NotAllowed, NotFound, NotSignedIn
from portal_app.models import AuditEvent, Person
from portal_app.needs import Anyone, Need, Owing, ProvenLately, Trusted, check_proof, right_of
from portal_app.permissions import STAFF_ROLES, Right
from portal_app.settings import settings
from portal_app.tenant_net import EVERYWHERE, Everywhere, Scope, intersection

P = ParamSpec("P")
T = TypeVar("T")
Answer_co = TypeVar("Answer_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Browser:
    """A caller with a browser: the digest of its cookie, and the organisation of `?org=`."""

    session_key: str
    organisation: int | None = None
    device: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """The portal itself, doing what happens by itself."""

    name: str


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody at the console of the machine; may do everything."""

    name: str = "console"


Caller = Browser | Job | Operator


@dataclass(slots=True)
class Work:
    """What a use case works with.

    `now` is UTC by which the portal lives; `real_now` is the machine's, for protocols.
    """

    session: Session
    actor: Actor
    scope: Scope
    now: datetime
    real_now: datetime
    caller: Caller
    needs: Need | None = None  # of the use case
    after_commit: list[Callable[[], None]] = field(default_factory=list)

    @property
    def person_id(self) -> int:
        """The signed-in person; `NotSignedIn` for anyone else."""
        if self.actor.person_id is None:
            raise NotSignedIn
        return self.actor.person_id

    @property
    def browser(self) -> Browser:
        """The browser that asks; `NotSignedIn` for a job or an operator."""
        if not isinstance(self.caller, Browser):
            raise NotSignedIn
        return self.caller

    def holds(self, organisation_id: int, capacity: str) -> bool:
        """Tell whether the right holds in a capacity of an organisation; '': in all of it."""
        held = self.actor.holds(right_of(self.needs), organisation_id, capacity)
        return held and organisation_id in self.scope

    @property
    def today(self) -> date:
        """The day in Brussels."""
        return self.now.astimezone(clock.BRUSSELS).date()

    @contextmanager
    def enter(self, organisation_id: int) -> Generator[None]:
        """Work inside one more organisation, on the strength of a code the caller holds."""
        held = self.scope
        wider = held if isinstance(held, Everywhere) else held | {organisation_id}
        with self.within(wider):
            yield

    @contextmanager
    def everywhere(self) -> Generator[None]:
        """Look over all organisations, for a rule that spans them (such as a unique code)."""
        with self.within(EVERYWHERE):
            yield

    @contextmanager
    def within(self, scope: Scope, needs: Need | None = None) -> Generator[None]:
        """Work in another scope; what was written before and meanwhile is judged by its own."""
        before = self.scope, self.needs
        self.session.flush()
        self.scope, self.needs = scope, needs or self.needs
        self.session.info["scope"] = scope
        try:
            yield
            self.session.flush()
        finally:
            self.scope, self.needs = before
            self.session.info["scope"] = self.scope

    def note(
        self,
        action: str,
        *,
        about: tuple[str, int | None] = ("", None),
        organisation_id: int | None = None,
        **details: str | int | bool | None,
    ) -> None:
        """Write in the audit trail, in this transaction, that the actor did `action`."""
        self.session.add(
            AuditEvent(
                at=self.real_now,
                actor=self.actor.kind,
                actor_id=self.actor.person_id,
                organisation_id=organisation_id,
                action=action,
                about=about[0],
                about_id=about[1],
                details=json.dumps(details, ensure_ascii=False, sort_keys=True),
            )
        )


class UseCase(Protocol[P, Answer_co]):
    """A function that is guarded by `@use_case`."""

    needs: Need
    writes: bool
    __name__: str
    __qualname__: str

    def __call__(self, work: Work, /, *args: P.args, **kwargs: P.kwargs) -> Answer_co:
        """Do it."""
        ...


def use_case(
    needs: Need, *, writes: bool = False
) -> Callable[[Callable[Concatenate[Work, P], T]], UseCase[P, T]]:
    """Declare which right a use case needs, and whether it writes.

    The check runs before its first line. Called from another use case, the scope is the
    intersection of both: nesting never widens.
    """

    def declare(function: Callable[Concatenate[Work, P], T]) -> UseCase[P, T]:
        @wraps(function)
        def guarded(work: Work, /, *args: P.args, **kwargs: P.kwargs) -> T:
            with work.within(_allowed(work, needs), needs):
                return function(work, *args, **kwargs)

        @wraps(function)
        def guarded_rows(work: Work, /, *args: P.args, **kwargs: P.kwargs) -> Generator[object]:
            with work.within(_allowed(work, needs), needs):  # as long as rows are taken
                yield from cast("Iterable[object]", function(work, *args, **kwargs))

        made = cast("UseCase[P, T]", guarded_rows if isgeneratorfunction(function) else guarded)
        made.needs, made.writes = needs, writes
        return made

    return declare


def run(use_case: UseCase[P, T], caller: Caller, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a use case for `caller`, in a transaction of its own.

    Raises:
        PortalError: the use case refused; nothing of it was kept.
    """
    with Session(database.engine(), expire_on_commit=False) as session:
        session.info["writes"] = use_case.writes
        with session.begin():
            work = open_work(session, caller)
            answer = use_case(work, *args, **kwargs)
        for follow_up in work.after_commit:
            follow_up()
    return answer


def run_through(
    use_case: UseCase[P, Iterator[T]], caller: Caller, *args: P.args, **kwargs: P.kwargs
) -> Generator[T]:
    """Run a use case that gives rows one by one, in one transaction until the last.

    So the rows are of one moment, however long they take. Take them in one thread, and
    close the generator when the rest is not wanted. It only reads.

    Raises:
        PortalError: the use case refused, before the first row.
    """
    with Session(database.engine(), expire_on_commit=False) as session:
        session.info["writes"] = False
        with session.begin():
            yield from use_case(open_work(session, caller), *args, **kwargs)


def open_work(session: Session, caller: Caller) -> Work:
    """Find out who acts, and start working in `session`."""
    real, now = clock.real_now(), clock.now()
    session.info["scope"] = EVERYWHERE  # to find out who acts; narrowed before the use case
    return Work(session, _actor(session, caller, real, now), EVERYWHERE, now, real, caller)


def _allowed(work: Work, needs: Need) -> Scope:
    """Check the need and return the scope in which the use case works."""
    actor, inherited = work.actor, work.scope
    if isinstance(needs, ProvenLately):
        allowed = _allowed(work, needs.need)  # who may not at all is not asked for a proof
        check_proof(work.session, actor, needs, work.real_now)
        return allowed
    if needs is Trusted and not actor.is_trusted:
        raise NotAllowed
    if needs not in (Anyone, Trusted):
        if actor.person_id is None and not actor.is_trusted:
            raise NotSignedIn
        if actor.owes and not (isinstance(needs, Owing) and actor.owes in needs.owed):
            raise NotAllowed
    if not isinstance(needs, Right):
        return actor.own_scope() if inherited is EVERYWHERE else inherited
    held = actor.scope(needs)
    if not held:
        raise NotAllowed
    wished = work.caller.organisation if isinstance(work.caller, Browser) else None
    if wished is not None:
        if wished not in held:
            raise NotFound  # another tenant's thing does not exist
        held = frozenset({wished})
    return intersection(held, inherited)


def _actor(session: Session, caller: Caller, real: datetime, now: datetime) -> Actor:
    if isinstance(caller, Job):
        return Actor("job")
    if isinstance(caller, Operator):
        return Actor("operator")
    found = who_asks(session, caller.session_key, now)
    if found is None or found[0].ended_at is not None or found[0].expires_at <= real:
        return Actor("visitor")
    browser, grants = found
    if browser.person_id is None:
        return Actor("visitor", session_id=browser.session_id)
    is_staff = any(grant.role in STAFF_ROLES for grant in grants)
    idle = settings.staff_idle_minutes if is_staff else settings.idle_minutes
    if real - browser.seen_at > timedelta(minutes=idle):
        return Actor("visitor")
    return Actor(
        "person",
        browser.person_id,
        browser.session_id,
        browser.locale or "nl",
        grants,
        browser.owes[0] if browser.owes else None,
        browser.proven_at,
    )


def rights_changed(work: Work, person_id: int) -> None:
    """Let every open page of a person know, within seconds, that its grants changed."""
    person = work.session.get(Person, person_id)
    if person is not None:
        # The database counts: another change may be on its way at this moment.
        person.grants_version = Person.grants_version + 1
        work.session.add(person)
