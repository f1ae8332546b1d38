"""Browsers and who is signed in with them: beginning, carrying over, ending.

All times here are the machine's, not the demo clock's: a session is a protocol.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, cast

from sqlalchemy import and_, bindparam
from sqlalchemy import select as sa_select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select, update

from portal_app.actors import ACTIVE_GRANT, active_grants
from portal_app.errors import NotFound
from portal_app.models import Account, BrowserSession, Grant, Owed, Person
from portal_app.needs import Anyone, SignedIn
from portal_app.permissions import STAFF_ROLES
from portal_app.services import factors
from portal_app.settings import settings
from portal_app.unit_of_work import Browser, Work, use_case


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What the gate must know of a browser session on every event."""

    person_id: int | None
    is_staff: bool
    ended: bool
    reason: str | None  # why it ended: 'signed_out', 'elsewhere', 'password', 'expired', 'idle'
    grants_version: int
    seconds_left: int | None = None  # until it ends by itself; None for a visitor
    can_stay: bool = False  # whether working on puts that off


@dataclass(frozen=True, slots=True)
class Device:
    """A browser in which the person is signed in."""

    id: int
    label: str
    signed_in_at: datetime
    seen_at: datetime
    is_this_one: bool


class _Standing(Protocol):
    person_id: int | None
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    ended_reason: str | None


_STANDING = (  # columns, made once: asked before every event, and once a second for open tabs
    sa_select(
        col(BrowserSession.token_digest),
        col(BrowserSession.person_id),
        col(BrowserSession.seen_at),
        col(BrowserSession.expires_at),
        col(BrowserSession.ended_at),
        col(BrowserSession.ended_reason),
        col(Person.grants_version),
        col(Grant.role),
    )
    .join(Person, col(Person.id) == BrowserSession.person_id, isouter=True)
    .join(Grant, and_(col(Grant.person_id) == BrowserSession.person_id, ACTIVE_GRANT), isouter=True)
    .where(col(BrowserSession.token_digest).in_(bindparam("keys", expanding=True)))
)


@use_case(Anyone)
def facts(work: Work, *, session_keys: Collection[str]) -> Mapping[str, SessionFacts]:
    """Tell how browser sessions stand; a key without a row is not in the answer."""
    asked = {"keys": list(session_keys), "now": work.now}
    answer: dict[str, SessionFacts] = {}
    for row in work.session.execute(_STANDING, asked):  # pyright: ignore[reportDeprecated]
        # A row for each role that the person has.
        if row.token_digest not in answer or row.role in STAFF_ROLES:
            standing, version = cast("_Standing", row), row.grants_version or 0
            is_staff = row.role in STAFF_ROLES
            answer[row.token_digest] = _facts(work, standing, version, is_staff=is_staff)
    return answer


@use_case(Anyone, writes=True)
def touch(work: Work) -> None:
    """Remember that the browser that asks is in use; a session that has ended stays so."""
    if work.actor.person_id is None:
        return
    work.session.exec(
        update(BrowserSession)
        .where(
            col(BrowserSession.id) == work.actor.session_id,
            col(BrowserSession.seen_at) < work.real_now,
        )
        .values(seen_at=work.real_now)
    )


@use_case(Anyone, writes=True)
def sign_out(work: Work) -> None:
    """End the session of the browser that asks; signing out twice does nothing more."""
    browser = work.session.get(BrowserSession, work.actor.session_id or 0)
    if browser is not None and browser.person_id is not None:
        _end(work, browser, "signed_out")
        work.note("sessions.signed_out", about=("browser_session", browser.id))


@use_case(SignedIn, writes=True)
def leave_to_another(work: Work, *, new_key: str) -> None:
    """Sign out of a browser in which an invitation waits; it waits on, under a new key."""
    browser = work.session.get_one(BrowserSession, work.actor.session_id)
    waiting, browser.pending_invitation_id = browser.pending_invitation_id, None
    sign_out(work)
    following = _first_visit(work, replace(work.browser, session_key=new_key), _soon_over(work))
    following.pending_invitation_id = waiting
    work.session.add(following)


@use_case(SignedIn)
def devices(work: Work) -> tuple[Device, ...]:
    """List where the person is signed in, last used first."""
    found = work.session.exec(_live_of(work.person_id).order_by(col(BrowserSession.seen_at).desc()))
    is_staff = work.actor.is_staff
    return tuple(
        Device(
            browser.key,
            browser.device,
            browser.created_at,
            browser.seen_at,
            browser.id == work.actor.session_id,
        )
        for browser in found
        if not _facts(work, browser, 0, is_staff=is_staff).ended
    )


@use_case(SignedIn, writes=True)
def end_device(work: Work, *, device_id: int) -> None:
    """End one of the person's own sessions elsewhere.

    Raises:
        NotFound: it is not a session of this person.
    """
    browser = work.session.get(BrowserSession, device_id)
    if browser is None or browser.person_id != work.person_id:
        raise NotFound
    _end(work, browser, "elsewhere")
    work.note("sessions.ended_elsewhere", about=("browser_session", browser.id))


@use_case(SignedIn, writes=True)
def end_other_devices(work: Work) -> int:
    """End all of the person's sessions but this one, and return how many."""
    return end_others(work, work.person_id, "elsewhere")


def end_others(work: Work, person_id: int, reason: str) -> int:
    """End the person's sessions but the caller's own, inside another use case."""
    ended = 0
    for browser in work.session.exec(_live_of(person_id)).all():
        if browser.id != work.actor.session_id:
            _end(work, browser, reason)
            ended += 1
    if ended:
        work.note("sessions.ended_others", about=("person", person_id), number=ended, why=reason)
    return ended


def end_one(work: Work, session_id: int | None, reason: str) -> None:
    """End a session, if there is one, inside another use case."""
    browser = work.session.get(BrowserSession, session_id or 0)
    if browser is not None:
        _end(work, browser, reason)


def visit(work: Work) -> BrowserSession:
    """Return the row of the browser that asks, made when there is none yet.

    A pre-session lives 24 hours; after that it starts empty again.
    """
    asking = work.browser
    found = work.session.exec(_row_of(asking)).first()
    lives_until = _soon_over(work)
    if found is None:
        return _first_visit(work, asking, lives_until)
    if found.person_id is None and (found.expires_at <= work.real_now or found.ended_at):
        found.created_at, found.expires_at, found.ended_at = work.real_now, lives_until, None
        found.draft, found.pending_invitation_id, found.goes_to_eherkenning = "", None, False
    work.session.add(found)
    work.session.flush()
    return found


def _soon_over(work: Work) -> datetime:
    return work.real_now + timedelta(hours=settings.presession_hours)


def _first_visit(work: Work, asking: Browser, lives_until: datetime) -> BrowserSession:
    made = BrowserSession(
        token_digest=asking.session_key,
        created_at=work.real_now,
        seen_at=work.real_now,
        expires_at=lives_until,
        device=asking.device,
    )
    try:
        with work.session.begin_nested():
            work.session.add(made)
    except IntegrityError:  # the same browser asked twice at once
        return work.session.exec(_row_of(asking)).one()
    return made


def begin(
    work: Work, person_id: int, new_key: str, *, with_temporary: bool = False
) -> BrowserSession:
    """Sign a person in under a new key, owing what is due first; what was under way goes along."""
    before = visit(work)
    waits = work.session.get_one(Account, person_id).awaits_activation
    first = [Owed.ACTIVATION] if waits else [Owed.PASSWORD] if with_temporary else []
    due = {*factors.owed_at_sign_in(work, person_id), *first}
    owes = tuple(one for one in Owed if one in due)
    staff = any(
        grant.role in STAFF_ROLES for grant in active_grants(work.session, person_id, work.now)
    )
    hours = settings.staff_absolute_hours if staff else settings.absolute_hours
    signed_in = BrowserSession(
        token_digest=new_key,
        person_id=person_id,
        created_at=work.real_now,
        seen_at=work.real_now,
        expires_at=work.real_now + timedelta(hours=hours),
        device=work.browser.device,
        owes=owes,
        proven_at=None if Owed.PROOF in owes else work.real_now,
        pending_invitation_id=before.pending_invitation_id,
        goes_to_eherkenning=before.goes_to_eherkenning,
    )
    before.pending_invitation_id, before.draft, before.goes_to_eherkenning = None, "", False
    _end(work, before, "rotated")
    live = work.session.exec(_live_of(person_id).order_by(col(BrowserSession.seen_at))).all()
    for oldest in live[: max(0, len(live) + 1 - settings.sessions_per_person)]:
        _end(work, oldest, "elsewhere")
    work.session.add(signed_in)
    work.session.flush()
    return signed_in


def _row_of(asking: Browser):  # noqa: ANN202  # sqlmodel's own select type
    return select(BrowserSession).where(BrowserSession.token_digest == asking.session_key)


def _live_of(person_id: int):  # noqa: ANN202  # sqlmodel's own select type
    return select(BrowserSession).where(
        BrowserSession.person_id == person_id, col(BrowserSession.ended_at).is_(None)
    )


def _end(work: Work, browser: BrowserSession, reason: str) -> None:
    if browser.ended_at is None:
        browser.ended_at, browser.ended_reason = work.real_now, reason
        work.session.add(browser)


def _facts(
    work: Work, browser: _Standing | BrowserSession, version: int, *, is_staff: bool
) -> SessionFacts:
    if browser.person_id is None:
        gone = browser.ended_at is not None
        return SessionFacts(None, False, gone, browser.ended_reason, 0)  # noqa: FBT003
    idle = timedelta(minutes=settings.staff_idle_minutes if is_staff else settings.idle_minutes)
    reason = browser.ended_reason
    if reason is None and browser.expires_at <= work.real_now:
        reason = "expired"
    elif reason is None and work.real_now - browser.seen_at > idle:
        reason = "idle"
    ends_idle = browser.seen_at + idle
    left = min(browser.expires_at, ends_idle) - work.real_now
    return SessionFacts(
        person_id=browser.person_id,
        is_staff=is_staff,
        ended=reason is not None,
        reason=reason,
        grants_version=version,
        seconds_left=max(0, round(left.total_seconds())),
        can_stay=ends_idle < browser.expires_at,
    )


def known_visit(work: Work) -> BrowserSession | None:
    """Return the row of the browser that asks, without making one."""
    found = work.session.exec(_row_of(work.browser)).first()
    if found is None or found.ended_at is not None or found.expires_at <= work.real_now:
        return None
    return found
