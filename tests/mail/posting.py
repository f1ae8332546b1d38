"""Mails for the tests of those who send them."""

from sqlmodel import col, select

from portal_app.models import OutboxMail
from portal_app.needs import Anyone, Trusted
from portal_app.services import outbox
from portal_app.unit_of_work import Job, Work, run, use_case

JOB = Job("test")
CODE = "482915"


@use_case(Anyone, writes=True)
def _post(work: Work, *, to: str) -> int:
    return outbox.post(
        work,
        to=to,
        template="verification_code",
        locale="nl",
        values={"purpose": "register", "minutes": 15},
        secrets={"code": CODE},
    )


@use_case(Trusted)
def _mails(work: Work) -> list[OutboxMail]:
    return list(work.session.exec(select(OutboxMail).order_by(col(OutboxMail.id))))


def post(*names: str) -> None:
    """Post a verification code to each name at voorbeeld.example."""
    for name in names:
        run(_post, JOB, to=f"{name}@voorbeeld.example")


def mails() -> list[OutboxMail]:
    """Return the outbox, oldest first."""
    return run(_mails, JOB)
