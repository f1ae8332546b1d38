"""What a finished application tells of people is kept for a while, and then erased."""

from datetime import timedelta

from sqlmodel import col, select, update

from portal_app.models import Application, ApplicationEvent
from portal_app.needs import Trusted
from portal_app.settings import settings
from portal_app.unit_of_work import Work, use_case

_AT_ONCE = 500


@use_case(Trusted, writes=True)
def erase(work: Work) -> int:
    """Erase what applications tell that were finished long enough ago; return how many.

    That somebody asked, what became of it and which colleagues decided stays. Doing so twice
    does nothing more; what does not fit in one transaction is for the next time.
    """
    before = work.now - timedelta(days=settings.application_kept_days)
    finished = work.session.exec(
        select(Application)
        .where(col(Application.finished_at) < before, col(Application.erased_at).is_(None))
        .order_by(col(Application.finished_at))
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for one in finished:
        one.name = one.name_sort = one.email = one.fingerprint = ""
        one.company, one.payload, one.erased_at = "", "{}", work.now
        work.session.add(one)
        work.note("applications.erased", about=("application", one.id))
    ids = [one.key for one in finished]
    work.session.exec(
        update(ApplicationEvent)
        .where(col(ApplicationEvent.application_id).in_(ids))
        .values(public_note="", internal_note="")
    )
    return len(finished)
