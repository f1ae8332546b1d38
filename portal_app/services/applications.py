"""Applications: how one comes in, and the one way in which it goes on.

A move is one conditional UPDATE on the number of the row, its state and its version, with the
event, the trail and the mails in the same transaction: of two who move it at the same time one
does, and the other hears that it has moved on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select, update

from portal_app.adapters import codes
from portal_app.adapters.secret_keys import keyed_digest, same
from portal_app.applications import (
    FINISHED,
    PAYLOADS,
    RULES,
    ApplicationKind,
    ApplicationState,
    Payload,
)
from portal_app.clock import BRUSSELS
from portal_app.errors import Invalid, NotFound, Text
from portal_app.mails.letters import Value
from portal_app.models import Application, ApplicationEvent
from portal_app.names import PersonName
from portal_app.services import outbox
from portal_app.settings import settings
from portal_app.tenant_net import Everywhere
from portal_app.unit_of_work import Work

TIMELINE = "timeline"
"""What the key opens that every mail to the applicant carries."""

Asked = TypeVar("Asked")

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class NewApplication:
    """A form that was read and found right."""

    kind: ApplicationKind
    name: PersonName
    email: str  # where the applicant is reached
    locale: str
    payload: Payload
    company: str = ""
    company_number: str = ""
    person_id: int | None = None  # whom it is about, when the applicant proved that
    same: str = ""  # what makes it the same; else all that was typed


@dataclass(frozen=True, slots=True)
class Notes:
    """What is written with a move: for the applicant, and for colleagues."""

    public: str = ""
    internal: str = ""
    reason: str = ""


NO_NOTES = Notes()


def submit(work: Work, new: NewApplication, *, letter: str = "application_received") -> str:
    """Keep an application, tell the applicant that it came, and return its number.

    The very same that is still open is not kept twice: its number comes back, without a mail.
    """
    fingerprint = _fingerprint(new)
    application = Application(
        number=codes.application_number(),
        kind=new.kind,
        state=ApplicationState.SUBMITTED,
        needs_two=RULES[new.kind].needs_two,
        fingerprint=fingerprint,
        name=new.name.listed[:240],
        name_sort=new.name.name_sort,
        email=new.email,
        company=new.company,
        company_number=new.company_number,
        locale=new.locale,
        person_id=new.person_id,
        payload=new.payload.model_dump_json(),
        submitted_at=work.now,
        due_at=due(work.now),
    )
    try:
        with work.session.begin_nested():
            work.session.add(application)
    except IntegrityError:
        known = work.session.exec(
            select(Application.number).where(
                Application.fingerprint == fingerprint, col(Application.finished_at).is_(None)
            )
        ).first()
        if known is None:
            raise
        return known
    _happened(work, application, None, NO_NOTES)
    # Nothing of what was typed stands in it: a stranger chose where it goes.
    told = {"name": "", "due": application.due_at.astimezone(BRUSSELS).date()}
    write_to_applicant(work, application, letter, told)
    return application.number


def open_one(work: Work, number: str, *, state: ApplicationState | None = None) -> Application:
    """Return an application that whoever asks may work on, in the state that was looked at.

    Raises:
        Invalid: it is not in `state` any more.
        NotFound: there is none, or its kind is decided by others.
    """
    found = work.session.exec(
        select(Application)
        .where(Application.number == number)
        .execution_options(populate_existing=True)
    ).first()
    if found is None or not may_decide(work, found.kind):
        raise NotFound
    if state is not None and found.state is not state:
        raise Invalid({"": Text("errors.application_moved_on")})
    return found


def open_asking(work: Work, number: str, asked: type[Asked]) -> tuple[Application, Asked]:
    """Return an application that whoever asks may work on, and what it asks for.

    Raises:
        NotFound: there is none, it asks for something else, or its kind is decided by others.
    """
    application = open_one(work, number)
    payload = payload_of(application)
    if not isinstance(payload, asked):
        raise NotFound
    return application, payload


def may_decide(work: Work, kind: ApplicationKind) -> bool:
    """Tell whether whoever asks sees applications of a kind, of whomever, and works on them."""
    return isinstance(work.actor.scope(RULES[kind].decides), Everywhere)


def by_key(work: Work, key: str, purpose: str, *, to_write: bool = False) -> Application | None:
    """Return the application that a mailed key opens for `purpose`, or None."""
    number = codes.application_of(key)
    if not number or not same(codes.application_key(number, purpose), key):
        return None
    wanted = select(Application).where(Application.number == number)
    return work.session.exec(wanted.with_for_update() if to_write else wanted).first()


def payload_of(application: Application) -> Payload | None:
    """Read what an application holds; None once that was erased."""
    if application.erased_at is not None:
        return None
    return PAYLOADS[application.kind].model_validate_json(application.payload)


def move(
    work: Work,
    application: Application,
    to: ApplicationState,
    *,
    version: int,
    notes: Notes = NO_NOTES,
    by_applicant: bool = False,
    **changes: object,
) -> None:
    """Bring an application to a state, with what changes along with it.

    `version` is the one that was looked at when this was decided. The applicant is whoever has
    the key that was mailed, signed in or not.

    Raises:
        Invalid: it has moved on since, or this state does not follow the one it is in.
        NotFound: the move is for others to make.
    """
    rule, before = RULES[application.kind], application.state
    right = None if by_applicant else rule.moves.get(before, {}).get(to)
    follows = to in rule.own_moves.get(before, ()) if by_applicant else right is not None
    if not follows or version != application.version:
        raise Invalid({"": Text("errors.application_moved_on")})
    if right is not None and not work.actor.scope(right):
        raise NotFound
    ends = {"finished_at": work.now} if to in FINISHED else {}
    _change(work, application, version, state=to, **ends, **changes)
    _happened(work, application, before, notes, by_applicant=by_applicant)


def change(work: Work, application: Application, *, version: int, **changes: object) -> None:
    """Change something of an application that stays in its state, such as who has it in hand.

    Raises:
        Invalid: it has moved on since.
    """
    _change(work, application, version, **changes)
    _happened(work, application, application.state, NO_NOTES)


def write_to_applicant(
    work: Work,
    application: Application,
    template: str,
    values: Mapping[str, Value],
    *,
    secrets: Mapping[str, str] | None = None,
) -> None:
    """Post a letter to where the applicant is reached, with the way to the timeline."""
    outbox.post(
        work,
        to=application.email,
        template=template,
        locale=application.locale,
        values={
            "number": application.number,
            "kind": Text(f"applications.kind_{application.kind.value}"),
            **values,
        },
        secrets={
            "timeline": codes.application_key(application.number, TIMELINE),
            **(secrets or {}),
        },
        about=("application", application.id),
    )


def tell_of_change(work: Work, application: Application, what: str) -> None:
    """Mail the applicant what the timeline says from now on, where no other letter does."""
    news = {"name": "", "what": Text(f"applications.own_{what}")}
    write_to_applicant(work, application, "application_moved", news)


def due(at: datetime) -> datetime:
    """Return the end of the working day by which an answer was promised."""
    day, left = at.astimezone(BRUSSELS).date(), settings.application_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return datetime.combine(day, time(23, 59), BRUSSELS).astimezone(at.tzinfo)


def _change(work: Work, application: Application, version: int, **changes: Any) -> None:
    changed = work.session.exec(
        update(Application)
        .where(
            col(Application.id) == application.id,
            col(Application.state) == application.state,
            col(Application.version) == version,
        )
        .values(version=version + 1, **changes)
    )
    if changed.rowcount != 1:
        raise Invalid({"": Text("errors.application_moved_on")})
    work.session.refresh(application)


def _happened(
    work: Work,
    application: Application,
    before: ApplicationState | None,
    notes: Notes,
    *,
    by_applicant: bool = False,
) -> None:
    # Staff enter for whoever calls: those who decide such applications, or who know who it is.
    about, actor = application.person_id, work.actor.person_id
    entered = may_decide(work, application.kind) or about not in (None, actor)
    is_by_staff = not by_applicant if before else entered
    work.session.add(
        ApplicationEvent(
            application_id=application.key,
            from_state=before,
            to_state=application.state,
            by_id=work.actor.person_id if is_by_staff else None,
            at=work.now,
            reason=notes.reason,
            public_note=notes.public,
            internal_note=notes.internal,
        )
    )
    work.note(
        "applications.moved" if before else "applications.submitted",
        about=("application", application.id),
        kind=application.kind.value,
        state=application.state.value,
    )


def _fingerprint(new: NewApplication) -> str:
    typed = (new.name.full, new.email, new.payload.model_dump_json())
    asked = (new.kind.value, *((new.same,) if new.same else typed))
    return keyed_digest("application", "\x1f".join(asked))
