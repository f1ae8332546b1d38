"""Proving with eHerkenning that one may represent a company, and becoming its manager (W).

What is asked of the broker, and what its answer is worth, is decided outside the transactions
by `adapters.oidc` and `adapters.mandates`. Times are the machine's, as in every protocol.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlmodel import col, select, update

from portal_app.adapters import codes
from portal_app.adapters.mandates import Mandate
from portal_app.eherkenning import Level, Outcome
from portal_app.errors import NotFound
from portal_app.models import BrowserSession, EherkenningTry
from portal_app.needs import Anyone, SignedIn
from portal_app.oidc_settings import oidc_settings
from portal_app.permissions import Role
from portal_app.services import consents, sessions
from portal_app.services.eherkenning_proofs import (
    MANAGERS,
    REPRESENTED,
    become_manager,
    represented,
)
from portal_app.unit_of_work import Work, use_case

_JUDGED_WITHIN = 6  # times what a broker may take for one answer: at most five, and our own work


class Arrival(StrEnum):
    """How a browser came back from the broker."""

    GOES_ON = "goes_on"  # what it brought may be exchanged, once
    SEEN = "seen"  # it came back before, or too late
    STRANGE = "strange"  # nobody here began this


@dataclass(frozen=True, slots=True)
class Company:
    """A company that was proven, and what the person is there, or is to be."""

    name: str
    number: str
    unit: str
    role: Role


@dataclass(frozen=True, slots=True)
class Result:
    """How a try ended."""

    reference: str
    outcome: Outcome | None  # None: what came back is being judged at this moment
    level: Level | None
    number: str  # of the company that was named; empty unless it came that far
    branch: str
    companies: tuple[Company, ...]


@use_case(Anyone, writes=True)
def wish(work: Work) -> bool:
    """Remember that this browser goes to eHerkenning; tell whether somebody is signed in."""
    browser = sessions.visit(work)
    browser.goes_to_eherkenning = True
    work.session.add(browser)
    return work.actor.person_id is not None


@use_case(Anyone)
def is_wished(work: Work) -> bool:
    """Tell whether this browser goes to eHerkenning as soon as somebody is signed in."""
    browser = sessions.known_visit(work)
    return browser is not None and browser.goes_to_eherkenning


@use_case(Anyone, writes=True)
def drop_wish(work: Work) -> None:
    """Let whoever signs in here arrive where they would have without eHerkenning."""
    browser = sessions.known_visit(work)
    if browser is not None:
        browser.goes_to_eherkenning = False
        work.session.add(browser)


@use_case(SignedIn, writes=True)
def begin(work: Work) -> str | None:
    """Begin a try for a browser that wished so, and return its reference; None without a wish.

    A refresh finds the same try, as long as nobody came back from it.
    """
    browser = work.session.get_one(BrowserSession, work.actor.session_id)
    if not browser.goes_to_eherkenning:
        return work.session.exec(
            select(EherkenningTry.reference)
            .where(
                EherkenningTry.browser_session_id == browser.id,
                col(EherkenningTry.returned_at).is_(None),
                EherkenningTry.expires_at > work.real_now,
            )
            .order_by(col(EherkenningTry.id).desc())
        ).first()
    browser.goes_to_eherkenning = False
    made = EherkenningTry(
        reference=codes.try_reference(),
        browser_session_id=browser.key,
        person_id=work.person_id,
        started_at=work.real_now,
        expires_at=work.real_now + timedelta(minutes=oidc_settings.minutes),
    )
    work.session.add_all((browser, made))
    work.session.flush()
    work.note("eherkenning.begun", about=("eherkenning_try", made.id))
    return made.reference


@use_case(Anyone, writes=True)
def come_back(work: Work, *, reference: str) -> Arrival:
    """Take up a try again: once, in time, and in the browser that began it."""
    tried = _by_reference(work, reference)
    if tried is None or not _is_own(work, tried):
        work.note("eherkenning.strange_return", about=("eherkenning_try", tried and tried.id))
        return Arrival.STRANGE
    first = work.session.exec(
        update(EherkenningTry)
        .where(col(EherkenningTry.id) == tried.id, col(EherkenningTry.returned_at).is_(None))
        .values(returned_at=work.real_now)
        .execution_options(synchronize_session=False)
    )
    if first.rowcount != 1:
        return Arrival.SEEN
    work.session.refresh(tried)
    if tried.expires_at <= work.real_now:
        _end(work, tried, Outcome.EXPIRED)
        return Arrival.SEEN
    return Arrival.GOES_ON


@use_case(SignedIn, writes=True)
def fail(work: Work, *, reference: str, outcome: Outcome) -> None:
    """End a try of one's own that came back without a mandate.

    Raises:
        NotFound: it is not one's own, did not come back, or has ended.
    """
    _end(work, _under_way(work, reference), outcome)


@use_case(SignedIn, writes=True)
def settle(work: Work, *, reference: str, mandate: Mandate) -> None:
    """End a try of one's own with the mandate that came of it.

    The first of a company becomes its main access manager, the next one co-manager, and the first
    is told, or asked where the operator wants that. Who is one of them stays what they are.

    Raises:
        NotFound: it is not one's own, did not come back, or has ended.
    """
    tried = _under_way(work, reference)
    tried.level = mandate.level
    tried.subject_kind, tried.subject, tried.branch = mandate.kind, mandate.number, mandate.branch
    if mandate.level.rank < oidc_settings.least_level.rank:
        _end(work, tried, Outcome.LEVEL_TOO_LOW)
        return
    with work.everywhere():
        stands_for = represented(work, mandate.kind, mandate.number, mandate.branch, lock=True)
        if stands_for:
            outcome, tried.proof_id = become_manager(work, mandate, stands_for)
        else:
            outcome = _unknown(work, mandate)
    _end(work, tried, outcome)


@use_case(SignedIn)
def result(work: Work, *, reference: str) -> Result:
    """Tell how a try of one's own ended; one that stopped halfway did not reach the broker.

    Raises:
        NotFound: it is not one's own, or nobody came back from it.
    """
    tried = _by_reference(work, reference)
    if tried is None or tried.person_id != work.person_id or tried.returned_at is None:
        raise NotFound
    return Result(
        tried.reference,
        tried.outcome or (Outcome.UNREACHABLE if _is_given_up(work, tried) else None),
        tried.level,
        tried.subject,
        tried.branch,
        _companies(work, tried),
    )


def _is_given_up(work: Work, tried: EherkenningTry) -> bool:
    longest = timedelta(seconds=_JUDGED_WITHIN * oidc_settings.seconds)
    return tried.returned_at is not None and tried.returned_at + longest <= work.real_now


def _unknown(work: Work, mandate: Mandate) -> Outcome:
    elsewhere = mandate.branch and represented(work, mandate.kind, mandate.number, "")
    return Outcome.UNKNOWN_BRANCH if elsewhere else Outcome.UNKNOWN_COMPANY


def _companies(work: Work, tried: EherkenningTry) -> tuple[Company, ...]:
    if tried.outcome not in REPRESENTED or tried.subject_kind is None:
        return ()
    roles = {
        grant.organisation_id: grant.role for grant in work.actor.grants if grant.role in MANAGERS
    }
    with work.everywhere():
        found = represented(work, tried.subject_kind, tried.subject, tried.branch)
        if tried.outcome is Outcome.ASKED:
            asked = Role.CO_MAIN_ACCESS_MANAGER
            roles = {one.key: asked for one in found if consents.is_asked(work, one.key)}
    return tuple(
        Company(one.name, one.number, one.unit, roles[one.key]) for one in found if one.key in roles
    )


def _by_reference(work: Work, reference: str) -> EherkenningTry | None:
    return work.session.exec(
        select(EherkenningTry).where(EherkenningTry.reference == reference)
    ).first()


def _is_own(work: Work, tried: EherkenningTry) -> bool:
    return (tried.browser_session_id, tried.person_id) == (
        work.actor.session_id,
        work.actor.person_id,
    )


def _under_way(work: Work, reference: str) -> EherkenningTry:
    tried = work.session.exec(
        select(EherkenningTry).where(EherkenningTry.reference == reference).with_for_update()
    ).first()
    if tried is None or not _is_own(work, tried) or tried.returned_at is None or tried.outcome:
        raise NotFound
    return tried


def _end(work: Work, tried: EherkenningTry, outcome: Outcome) -> None:
    tried.outcome = outcome
    work.session.add(tried)
    work.note("eherkenning.ended", about=("eherkenning_try", tried.id), outcome=outcome.value)
