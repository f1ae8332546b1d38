"""Who an applicant is, established by two members of staff before anything comes of it.

The first chooses a person and writes how they know; the second agrees, and with that the
outcome of the kind follows in the same transaction, or sends it back.
"""

from collections.abc import Callable, Mapping

from portal_app.applications import ApplicationKind, ApplicationState, IdentityPayload
from portal_app.errors import Invalid, Text
from portal_app.models import Account, Application
from portal_app.needs import ProvenLately
from portal_app.permissions import Right
from portal_app.services import (
    activation_codes,
    address_applications,
    applications,
    lost_factors,
)
from portal_app.services.applications import Notes
from portal_app.unit_of_work import Work, use_case

_STATE = ApplicationState
OUTCOMES: Mapping[ApplicationKind, Callable[[Work, Application, int], None]] = {
    ApplicationKind.ADDRESS_FORGOTTEN: address_applications.tell,
    ApplicationKind.ADDRESS_CHANGED: address_applications.have_confirmed,
    ApplicationKind.LOST_FACTOR: lost_factors.take_away,
    ApplicationKind.ACTIVATION_CODES: activation_codes.issue,
}
"""What comes of it; each moves the application on, and names whoever agreed."""

_KNOWN = frozenset({ApplicationKind.LOST_FACTOR})
"""Kinds of which it is known whom they are about: the applicant proved the password."""


@use_case(ProvenLately(Right.IDENTITY_CHECK, with_factor=True), writes=True)
def check(work: Work, *, number: str, version: int, person_id: int, how: str) -> None:
    """Say who the applicant is, as the first of two; `how` is for the second to judge.

    Raises:
        Invalid: it has moved on since, it is nobody with an account, or it is whoever asks.
        NotFound: there is no such application.
    """
    application = applications.open_one(work, number)
    is_another = application.kind in _KNOWN and person_id != application.person_id
    if is_another or work.session.get(Account, person_id) is None:
        raise Invalid({"person": Text("errors.application_person_empty")})
    if person_id == work.actor.person_id:
        raise Invalid({"person": Text("errors.application_oneself")})
    applications.move(
        work,
        application,
        _STATE.CHECKED,
        version=version,
        notes=Notes(internal=how),
        person_id=person_id,
        checked_by_id=work.person_id,
        assignee_id=None,
    )


@use_case(Right.IDENTITY_CHECK, writes=True)
def disagree(work: Work, *, number: str, version: int, why: str) -> None:
    """Send an application back that somebody else, or oneself, took for checked.

    Raises:
        Invalid: it has moved on since.
        NotFound: there is no such application.
    """
    application = applications.open_one(work, number, state=_STATE.CHECKED)
    applications.move(
        work,
        application,
        _STATE.IN_PROGRESS,
        version=version,
        notes=Notes(internal=why),
        person_id=application.person_id if application.kind in _KNOWN else None,
        checked_by_id=None,
        assignee_id=work.person_id,
    )


@use_case(ProvenLately(Right.IDENTITY_CHECK, with_factor=True), writes=True)
def agree(work: Work, *, number: str, version: int) -> None:
    """Agree with who the applicant is, as the second of two, and do what was asked for.

    Raises:
        Invalid: it has moved on since, one is the first oneself, it is about oneself, or
            the outcome of its kind cannot be.
        NotFound: there is no such application.
    """
    application, _ = applications.open_asking(work, number, IdentityPayload)
    if work.actor.person_id in (application.checked_by_id, application.person_id):
        raise Invalid({"": Text("errors.application_same_person")})
    OUTCOMES[application.kind](work, application, version)
