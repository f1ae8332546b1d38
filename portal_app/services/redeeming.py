"""Redeeming a payment code: one conditional UPDATE, with all that belongs to it (V-16).

Its public screen comes later; the use case is already the only way to use a code.
"""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, or_, select, update

from portal_app.brand import Module, offers
from portal_app.errors import NotAllowed, Refused, Text
from portal_app.models import (
    CodeBatch,
    CodeState,
    Enrolment,
    LinkedVia,
    OrganisationLink,
    PaymentCode,
    Person,
    Profile,
)
from portal_app.names import folded, name_of
from portal_app.needs import SignedIn
from portal_app.reading_codes import normalise_payment_code, typing_error_hint
from portal_app.services import progress
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class Redeemed:
    """A code was used: the candidate is enrolled."""

    enrolment_id: int
    profile: str


@use_case(SignedIn, writes=True)
def redeem(work: Work, *, code: str, profile_id: int) -> Redeemed | Refused:
    """Use a code for the signed-in person, to be enrolled in a profile.

    The profile must be the code's. The organisation behind the code may follow the
    candidate from now on. Of fifty at once, one succeeds.

    Raises:
        NotAllowed: this fund has no payment codes.
    """
    if not offers(Module.PAYMENT_CODES):
        raise NotAllowed
    with work.everywhere():
        return _redeem(work, normalise_payment_code(code), profile_id)


def _redeem(work: Work, code: str, profile_id: int) -> Redeemed | Refused:
    # One at a time for each person: two codes at once would enrol somebody twice.
    work.session.get_one(Person, work.person_id, with_for_update=True)
    found = work.session.exec(
        select(PaymentCode, CodeBatch)
        .join(CodeBatch, col(CodeBatch.id) == PaymentCode.batch_id)
        .where(PaymentCode.code == code)
    ).first()
    if found is None:
        return Refused(typing_error_hint(code) or Text("payment_codes.wrong_unknown"), "code")
    held, batch = found
    refusal = _why_not(work, held, batch, profile_id)
    if refusal is not None:
        return refusal
    won = work.session.exec(
        update(PaymentCode)
        .where(
            col(PaymentCode.id) == held.id,
            col(PaymentCode.state) == CodeState.USABLE,
            col(PaymentCode.used_at).is_(None),
            col(PaymentCode.batch_id).in_(
                select(CodeBatch.id).where(
                    or_(col(CodeBatch.expires_at).is_(None), col(CodeBatch.expires_at) > work.now)
                )
            ),
        )
        .values(state=CodeState.USED, used_at=work.now, used_by_id=work.person_id)
        .execution_options(synchronize_session=False)
    )
    work.session.refresh(held)
    if won.rowcount != 1:  # somebody was first: who used it, or staff who made it inactive
        lost = _why_not(work, held, batch, profile_id)
        return lost or Refused(Text("payment_codes.wrong_used"), "code")
    return _enrol(work, held, batch)


def _why_not(work: Work, held: PaymentCode, batch: CodeBatch, profile_id: int) -> Refused | None:
    if held.state is CodeState.USED:
        by_you = held.used_by_id == work.person_id
        return Refused(Text(f"payment_codes.wrong_used{'_by_you' if by_you else ''}"), "code")
    if held.state is CodeState.INACTIVE:
        return Refused(Text("payment_codes.wrong_inactive"), "code")
    if batch.expires_at is not None and batch.expires_at <= work.now:
        return Refused(Text("payment_codes.wrong_expired"), "code")
    if held.profile_id != profile_id:
        name = work.session.get_one(Profile, held.profile_id).name
        return Refused(Text("payment_codes.wrong_profile", {"profile": name}), "code")
    enrolled = work.session.exec(
        select(Enrolment.id).where(
            Enrolment.person_id == work.person_id,
            Enrolment.profile_id == profile_id,
            col(Enrolment.stopped_at).is_(None),
        )
    ).first()
    if enrolled is not None:
        return Refused(Text("payment_codes.wrong_enrolled"), "code")
    return None


def _enrol(work: Work, held: PaymentCode, batch: CodeBatch) -> Redeemed:
    person = work.session.get_one(Person, work.person_id)
    profile = work.session.get_one(Profile, held.profile_id)
    enrolment = Enrolment(
        person_id=person.key,
        route_id=profile.route_id,
        profile_id=profile.key,
        registered_on=work.today,
    )
    work.session.add(enrolment)
    work.session.flush()
    held.enrolment_id = enrolment.id
    name = name_of(person).listed
    held.search = f"{held.search} {folded(name)}"[:500]
    work.session.add(held)
    if batch.organisation_code_id is not None:
        _link(work, person.key, batch)
    progress.rebuild_person(work, person.key)
    work.note(
        "payment_codes.redeemed",
        about=("payment_code", held.id),
        organisation_id=held.organisation_id,
    )
    return Redeemed(enrolment.key, profile.name)


def _link(work: Work, person_id: int, batch: CodeBatch) -> None:
    try:
        with work.session.begin_nested():
            work.session.add(
                OrganisationLink(
                    organisation_id=batch.organisation_id,
                    person_id=person_id,
                    via=LinkedVia.PAYMENT_CODE,
                    organisation_code_id=batch.organisation_code_id,
                    linked_at=work.now,
                )
            )
    except IntegrityError:  # linked already: nothing more to do
        return
    work.note("links.made", organisation_id=batch.organisation_id, via=LinkedVia.PAYMENT_CODE.value)
