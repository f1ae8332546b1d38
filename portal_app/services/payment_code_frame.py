"""What stands around the list of payment codes: the stock, and what can be chosen from."""

from dataclasses import dataclass

from sqlalchemy import select as sa_select
from sqlmodel import col, func, select

from portal_app.models import CodeBatch, CodeState, PaymentCode, Profile
from portal_app.permissions import Right
from portal_app.reading_payment_codes import CodeStatus
from portal_app.services import organisations
from portal_app.services.organisations import OrganisationSight
from portal_app.services.payment_code_rows import expired_batches
from portal_app.unit_of_work import Work, use_case

FEW_LEFT = 10
"""Below this many usable codes the page says so."""
MOST_ORGANISATIONS = 500
"""How many organisations staff can choose from in the filter; keywords find the others."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the list, whatever filters are set."""

    stock: dict[CodeStatus, int] | None  # of one's own organisations; for staff of a chosen one
    profiles: tuple[str, ...]
    organisations: tuple[OrganisationSight, ...]
    may_export: bool
    may_manage: bool


@use_case(Right.PAYMENT_CODES_SEE)
def frame(work: Work, *, organisation_id: int | None = None) -> Frame:
    """Return what stands around the list."""
    in_scope = select(CodeBatch.organisation_id).distinct()
    having_codes = work.session.exec(in_scope.limit(MOST_ORGANISATIONS)).all()
    mine = work.scope if isinstance(work.scope, frozenset) else frozenset[int]()
    profiles = work.session.exec(
        select(Profile.name)
        .where(col(Profile.id).in_(select(CodeBatch.profile_id)))
        .order_by(Profile.name)
        .distinct()
    ).all()
    return Frame(
        _stock(work, organisation_id),
        tuple(profiles),
        organisations.sights(work, set(having_codes).union(mine)),
        bool(work.actor.scope(Right.PAYMENT_CODES_EXPORT)),
        bool(work.actor.scope(Right.PAYMENT_CODES_MANAGE)),
    )


def _stock(work: Work, organisation_id: int | None) -> dict[CodeStatus, int] | None:
    if organisation_id is None and not isinstance(work.scope, frozenset):
        return None  # 'do I have enough?' is a question about one's own
    of_it = [] if organisation_id is None else [PaymentCode.organisation_id == organisation_id]
    used, usable, inactive = (
        [*of_it, PaymentCode.state == state]
        for state in (CodeState.USED, CodeState.USABLE, CodeState.INACTIVE)
    )
    # Each count walks a piece of one index; grouping all of them takes three times as long.
    counts = [
        select(func.count()).select_from(PaymentCode).where(*conditions).scalar_subquery()
        for conditions in (used, usable, inactive, [*usable, expired_batches(work)])
    ]
    asked = sa_select(*counts)  # SQLModel's own cannot say how many columns there are
    used, usable, inactive, expired = work.session.execute(asked).one()  # pyright: ignore[reportDeprecated]
    return {
        CodeStatus.USED: used,
        CodeStatus.USABLE: usable - expired,
        CodeStatus.INACTIVE: inactive,
        CodeStatus.EXPIRED: expired,
    }
