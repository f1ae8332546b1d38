"""Home: who one is here, and what one may do: tiles from grants."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import func, select

from portal_app.models import Account, Owed, PaymentCode, Person, ProgressRow
from portal_app.names import name_of
from portal_app.needs import Owing, SignedIn
from portal_app.permissions import Right, Role
from portal_app.reading_payment_codes import CodeFilter, CodeStatus
from portal_app.services import (
    access_review_rounds,
    application_queue,
    bank_accounts,
    elsewhere,
    organisations,
)
from portal_app.services.access_review_rounds import OpenReview
from portal_app.services.candidate_filters import Attention, asks_for, in_organisation
from portal_app.services.organisations import OrganisationSight
from portal_app.services.payment_code_rows import conditions_of
from portal_app.services.places import PLACES, opened_by
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class Held:
    """A role that the person holds for an organisation, or for the fund."""

    organisation_id: int | None
    role: Role


@dataclass(frozen=True, slots=True)
class Myself:
    """The signed-in person, as every page of the app shows it."""

    person_id: int
    login: str
    given_name: str
    name: str
    initials: str
    is_staff: bool
    owes: Owed | None  # before anything else opens
    organisations: tuple[OrganisationSight, ...]
    roles: tuple[Held, ...]
    tiles: tuple[str, ...]  # for the wished organisation, else over all
    elsewhere: tuple[str, ...]  # the brand's tiles and rubrics, idem
    now: datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """What asks for attention, and how many payment codes can be used; None: not theirs to see."""

    attention: Mapping[Attention, int] = field(default_factory=dict[Attention, int])
    usable_codes: int | None = None
    applications: int | None = None  # that staff have to deal with
    accounts: tuple[int, ...] = ()  # companies whose bank account waits for them
    review: OpenReview | None = None  # of who has access, that they sign off


@use_case(Owing(*Owed))
def myself(work: Work, *, organisation_id: int | None = None) -> Myself:
    """Tell who is signed in, and which tiles open for `organisation_id` (None: for any)."""
    person = work.session.get_one(Person, work.person_id)
    account = work.session.get(Account, work.person_id)
    seen = () if work.actor.owes else organisations.mine(work)
    chosen = organisation_id if organisation_id in {one.id for one in seen} else None
    return Myself(
        person.key,
        account.email if account else "",
        person.given_name,
        name_of(person).full,
        name_of(person).initials,
        work.actor.is_staff,
        work.actor.owes,
        seen,
        tuple(Held(grant.organisation_id, grant.role) for grant in work.actor.grants),
        opened_by(
            {place.right for place in PLACES if _opens(work, place.right, chosen)},
            is_staff=work.actor.is_staff,
        ),
        () if work.actor.owes else tuple(elsewhere.openers(work, chosen)),
        work.now,
    )


@use_case(Right.CANDIDATES_SEE)
def attention(work: Work, *, organisation_id: int | None = None) -> dict[Attention, int]:
    """Count the candidates that ask for attention, by why they do."""
    mine = in_organisation(organisation_id)
    return {
        one: work.session.exec(
            select(func.count()).select_from(ProgressRow).where(*mine, asks_for(one, work.today))
        ).one()
        for one in Attention
    }


@use_case(Right.PAYMENT_CODES_SEE)
def usable_codes(work: Work, *, organisation_id: int | None = None) -> int:
    """Count the payment codes that can be used today."""
    wanted = CodeFilter(status=CodeStatus.USABLE, organisation_id=organisation_id)
    return work.session.exec(
        select(func.count()).select_from(PaymentCode).where(*conditions_of(work, wanted))
    ).one()


@use_case(SignedIn)
def figures(work: Work, *, organisation_id: int | None = None) -> Figures:
    """Count what the first page tells somebody of an organisation, or of the fund."""
    mine = {grant.organisation_id for grant in work.actor.grants}
    if work.actor.is_staff:
        decides = _opens(work, Right.APPLICATIONS_SEE, None)
        return Figures(applications=application_queue.to_do(work) if decides else None)
    if organisation_id not in mine | {None}:
        return Figures()
    asks: Mapping[Attention, int] = {}
    usable = None
    if _opens(work, Right.CANDIDATES_SEE, organisation_id):
        asks = attention(work, organisation_id=organisation_id)
    if _opens(work, Right.PAYMENT_CODES_SEE, organisation_id):
        usable = usable_codes(work, organisation_id=organisation_id)
    accounts: tuple[int, ...] = ()
    if _opens(work, Right.ORGANISATION_EDIT, organisation_id):
        accounts = bank_accounts.to_confirm(work, organisation_id)
    review: OpenReview | None = None
    if _opens(work, Right.ACCESS_GIVE, organisation_id):
        review = access_review_rounds.open_for(work, organisation_id)
    return Figures(asks, usable, accounts=accounts, review=review)


def _opens(work: Work, right: Right, organisation_id: int | None) -> bool:
    scope = work.actor.scope(right)
    return organisation_id in scope if organisation_id is not None else bool(scope)
