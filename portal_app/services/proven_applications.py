"""What was asked for a company, and is settled by a proof of it (X-21)."""

from collections.abc import Sequence

from sqlmodel import and_, col, or_, select

from portal_app.applications import AccessPayload, ApplicationKind, ApplicationState, CompanyPayload
from portal_app.models import Account, Application, Organisation
from portal_app.services import applications
from portal_app.services.applications import Notes
from portal_app.unit_of_work import Work

_PROVEN = "proven"  # `applications.reason_proven` in the history, `own_proven` in the mail


def settle(work: Work, person_id: int, companies: Sequence[Organisation]) -> None:
    """Finish what a new manager of companies had asked the fund for them, and mail it.

    That is their access, asked with the address of the account, and roles for themselves: who
    manages a company may do what any role there does. What a colleague decides at this
    very moment is left to that colleague.
    """
    email = work.session.get_one(Account, person_id).email
    found = work.session.exec(
        select(Application)
        .where(
            or_(
                and_(
                    col(Application.kind) == ApplicationKind.ACCESS,
                    col(Application.email) == email,
                ),
                and_(
                    col(Application.kind) == ApplicationKind.ROLE,
                    col(Application.person_id) == person_id,
                ),
            ),
            col(Application.company_number).in_({one.number for one in companies}),
            col(Application.finished_at).is_(None),
        )
        .order_by(col(Application.id))
        # A colleague takes the application first and the company next; here it is the other way
        # round, and whoever waited would wait for ever.
        .with_for_update(skip_locked=True)
    ).all()
    for one in found:
        if any(_is_about(one, company) for company in companies):
            applications.move(
                work,
                one,
                ApplicationState.DONE,
                version=one.version,
                notes=Notes(reason=_PROVEN),
                by_applicant=True,
            )
            applications.tell_of_change(work, one, _PROVEN)


def _is_about(application: Application, company: Organisation) -> bool:
    match applications.payload_of(application):
        case CompanyPayload(organisation_id=organisation_id):
            return organisation_id == company.key
        case AccessPayload(trade_register=register, number=number, unit=unit):
            known = (company.trade_register.value, company.number, company.unit)
            return (register, number, unit) == known
        case _:
            return False
