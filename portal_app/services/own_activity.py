"""What happened lately to one's own account, out of the audit trail."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from portal_app.models import AuditEvent, BrowserSession, Grant
from portal_app.needs import SignedIn
from portal_app.unit_of_work import Work, use_case

LATELY = 20
TOLD = (
    "sign_in.done",
    "sign_in.failed",
    "registration.done",
    "accounts.provided",
    "passwords.changed",
    "password_reset.asked",
    "password_reset.withdrawn",
    "factors.app_added",
    "factors.app_replaced",
    "factors.app_removed",
    "factors.passkey_added",
    "factors.passkey_removed",
    "factors.passkey_restored",
    "factors.codes_made",
    "factors.code_used",
    "factors.all_removed",
    "factors.failed",
    "profile.saved",
    "profile.address_changed",
    "sessions.signed_out",
    "sessions.ended_elsewhere",
    "sessions.ended_others",
    "grants.given",
    "grants.ended",
    "candidates.unlinked",
    "candidates.linked_again",
)
"""The actions that are told to the person whom they concern, each with a sentence of its own."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened."""

    action: str
    at: datetime


@use_case(SignedIn)
def lately(work: Work) -> tuple[Happening, ...]:
    """List the last things that concern the person, newest first."""
    mine = col(AuditEvent.about_id)
    sessions = select(BrowserSession.id).where(BrowserSession.person_id == work.person_id)
    grants = select(Grant.id).where(Grant.person_id == work.person_id)
    found = [
        *_about(work, "person", mine == work.person_id),
        *_about(work, "browser_session", mine.in_(sessions)),
        *_about(work, "grant", mine.in_(grants)),
    ]
    found.sort(key=lambda event: (event.at, event.key), reverse=True)
    return tuple(Happening(event.action, event.at) for event in found[:LATELY])


def _about(work: Work, what: str, is_mine: ColumnElement[bool]) -> list[AuditEvent]:
    return list(
        work.session.exec(
            select(AuditEvent)
            .where(AuditEvent.about == what, is_mine, col(AuditEvent.action).in_(TOLD))
            .order_by(col(AuditEvent.at).desc(), col(AuditEvent.id).desc())
            .limit(LATELY)
        )
    )
