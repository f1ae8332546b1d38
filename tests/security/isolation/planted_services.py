"""Faults that somebody could make in a use case or under it."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from sqlalchemy import select as select_columns
from sqlalchemy import true
from sqlmodel import col, select, update

from portal_app import tenant_net, unit_of_work
from portal_app.actors import Actor, HeldGrant, active_grants
from portal_app.brand import brand
from portal_app.errors import Invalid, NotAllowed, Text
from portal_app.models import (
    Account,
    Attempt,
    BrowserSession,
    CodeBatch,
    Grant,
    Organisation,
    PaymentCode,
    Person,
    ProgressRow,
)
from portal_app.needs import SignedIn
from portal_app.permissions import Right
from portal_app.services import (
    candidate_exports,
    candidate_record,
    candidates,
    home,
    invitations,
    links,
    organisations,
    outbox,
    payment_codes,
)
from portal_app.unit_of_work import Work, use_case
from tests.security.isolation import use_cases

_SEE = Right.CANDIDATES_SEE


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, where it can be seen, and by which look."""

    plant: Callable[[], AbstractContextManager[Any]]
    seen_in: str
    by: str = "attack"  # or 'growth', 'difference', 'time'


def _instead(name: str, faulty: Any) -> Callable[[], AbstractContextManager[Any]]:
    return lambda: patch.dict(use_cases.there(), {name: faulty})


def _inside(holder: object, name: str, faulty: Any) -> Callable[[], AbstractContextManager[Any]]:
    return lambda: patch.object(holder, name, faulty)


def _everywhere(found: Any, needs: Any = None, **how: Any) -> Any:
    """Return a use case that looks over all organisations."""

    def faulty(work: Work, **arguments: Any) -> Any:
        with work.everywhere():
            return found.__wrapped__(work, **arguments)

    return _declared(faulty, found, needs, **how)


def _declared(faulty: Any, like: Any, needs: Any = None) -> Any:
    made = use_case(needs or like.needs, writes=like.writes)(faulty)
    made.__wrapped__ = like.__wrapped__  # its arguments are what hypothesis reads
    made.__annotations__ = like.__annotations__
    return made


def _rows_of_everybody(work: Work, **arguments: Any) -> Iterator[Any]:
    with work.everywhere():
        yield from candidate_exports.rows.__wrapped__(work, **arguments)


def _places(work: Work, *, enrolment_id: int, organisation_id: int | None = None) -> Any:
    del organisation_id  # attempts belong to nobody: they are reached through a row that does
    return work.session.exec(
        select(Attempt.place).where(Attempt.enrolment_id == enrolment_id)
    ).all()


def _by_columns(work: Work, **_: Any) -> Any:
    return work.session.connection().execute(select_columns(CodeBatch.reference)).all()


_remembered: dict[str, Any] = {}


def _first_answer(work: Work, **_: Any) -> Any:
    return _remembered.setdefault("mine", organisations.mine.__wrapped__(work))


def _last_person(work: Work, **arguments: Any) -> Any:
    before = _remembered.get("name", "")
    answer = home.myself.__wrapped__(work, **arguments)
    _remembered["name"] = answer.name
    return replace(answer, name=before)


def _inside_the_wished(work: Work, *, wanted: Any, **arguments: Any) -> Any:
    scope = frozenset({wanted.organisation_id}) if wanted.organisation_id else work.scope
    with work.within(scope):
        return candidates.overview.__wrapped__(work, wanted=wanted, **arguments)


def _trail(work: Work, *, listing: Any) -> Any:
    work.note("payment_codes.seen", organisation_id=listing.wanted.organisation_id)
    return payment_codes.overview.__wrapped__(work, listing=listing)


def _mail_to_somebody(work: Work, **arguments: Any) -> Any:
    with work.everywhere():
        addresses = work.session.exec(
            select(Account.email)
            .join(Grant, col(Grant.person_id) == Account.person_id)
            .join(Organisation, col(Organisation.id) == Grant.organisation_id)
            .order_by(col(Organisation.id).desc())
        ).first()
    names = links.unlink.__wrapped__(work, **arguments)
    values = {"company": "", "name": names[0], "at": work.now}
    outbox.post(work, to=addresses or "", template="candidate_unlinked", locale="nl", values=values)
    return names


def _named_refusal(work: Work, *, enrolment_id: int, organisation_id: int | None = None) -> Any:
    with work.everywhere():
        name = work.session.exec(
            select(ProgressRow.display_name).where(ProgressRow.enrolment_id == enrolment_id)
        ).first()
    if name:
        raise Invalid({"candidate": Text("candidates.gone", {"name": name})})
    return candidate_record.record.__wrapped__(
        work, enrolment_id=enrolment_id, organisation_id=organisation_id
    )


def _when_it_exists(then: Callable[[], object]) -> Any:
    def faulty(work: Work, *, enrolment_id: int, organisation_id: int | None = None) -> Any:
        with work.everywhere():
            there = work.session.exec(
                select(ProgressRow.id).where(ProgressRow.enrolment_id == enrolment_id)
            ).first()
        if there:
            then()
        return candidate_record.record.__wrapped__(
            work, enrolment_id=enrolment_id, organisation_id=organisation_id
        )

    return _declared(faulty, candidate_record.record)


def _refuse() -> None:
    raise NotAllowed


def _any_session(session: Any, caller: Any, _real: Any, now: Any) -> Actor:
    held = session.exec(
        select(BrowserSession).where(BrowserSession.token_digest == caller.session_key)
    ).first()
    if held is None or held.person_id is None:
        return Actor("visitor")
    grants = active_grants(session, held.person_id, now)
    return Actor("person", held.person_id, held.id, grants=grants)


_who_asks = unit_of_work.who_asks


def _every_grant(session: Any, session_key: str, now: Any) -> Any:
    found = _who_asks(session, session_key, now)
    if found is None or found[0].person_id is None:
        return found
    mine = session.exec(select(Grant).where(Grant.person_id == found[0].person_id))
    on = frozenset(one.code for one in brand.capacities)
    every = (HeldGrant(one.key, one.organisation_id, one.role, one.capacity, on) for one in mine)
    return found[0], tuple(every)


_allowed = unit_of_work._allowed


def _address_believed(work: Work, needs: Any) -> Any:
    wished = getattr(work.caller, "organisation", None)
    if wished is None:
        return _allowed(work, needs)
    work.caller = replace(work.caller, organisation=None)
    _allowed(work, needs)
    return frozenset({wished})


def _keys(work: Work, **_: Any) -> Any:
    mine = select(BrowserSession).where(BrowserSession.person_id == work.person_id)
    return [row.token_digest for row in work.session.exec(mine)]


def _what_another_paid(work: Work, *, enrolment_id: int, organisation_id: int | None = None) -> Any:
    answer = candidate_record.record.__wrapped__(
        work, enrolment_id=enrolment_id, organisation_id=organisation_id
    )
    with work.everywhere():
        code = work.session.exec(
            select(PaymentCode.code).where(PaymentCode.enrolment_id == enrolment_id)
        ).first()
    return replace(answer, payment_code_end=(code or "")[-4:])


def _everybodys_language(work: Work, *, locale: str) -> None:
    work.session.exec(update(Account).values(locale=locale))


def _somebody(work: Work) -> Any:
    return work.session.exec(select(Person).order_by(col(Person.id).desc())).all()


def _as(name: str, faulty: Any, by: str = "attack", needs: Any = None) -> Fault:
    found = use_cases.there()[name]
    return Fault(_instead(name, _declared(faulty, found, needs)), name, by)


def faults() -> dict[str, Fault]:
    """Return the faults by name."""
    there = use_cases.there()
    overview, record = "candidates.overview", "candidate_record.record"

    def everywhere(name: str, by: str = "attack", needs: Any = None) -> Fault:
        return Fault(_instead(name, _everywhere(there[name], needs)), name, by)

    return {
        "no right is asked": everywhere(overview, needs=SignedIn),
        "another right is asked": _as(
            "payment_codes.overview",
            payment_codes.overview.__wrapped__,
            needs=Right.ORGANISATION_SEE,
        ),
        "no filter behind everywhere": everywhere(record),
        "a row reached past its owner": _as(record, _places),
        "columns instead of the model": _as("candidates.tabs", _by_columns),
        "a number that is not scoped": everywhere("links.unlink"),
        "a link that is not checked": everywhere("links.restore"),
        "names of links of others": everywhere("links.to_unlink"),
        "a file without scope": _as("candidate_exports.rows", _rows_of_everybody),
        "codes of another batch": everywhere("payment_codes.copy_batch"),
        "an answer kept for the next": _as("organisations.mine", _first_answer),
        "a person kept for the next": _as("home.myself", _last_person),
        "the organisation of an argument": _as(overview, _inside_the_wished),
        "the trail of another": _as("payment_codes.overview", _trail),
        "a mail to another": _as("links.unlink", _mail_to_somebody),
        "a refusal with a name": _as(record, _named_refusal),
        "another refusal": Fault(_instead(record, _when_it_exists(_refuse)), record, "difference"),
        "a slower refusal": Fault(
            _instead(record, _when_it_exists(lambda: time.sleep(0.02))), record, "time"
        ),
        "counted over everybody": everywhere("links.count_unlinked", "growth"),
        "an ended session": Fault(_inside(unit_of_work, "_actor", _any_session), overview),
        "an ended grant": Fault(_inside(unit_of_work, "who_asks", _every_grant), overview),
        "the address believed": Fault(
            _inside(unit_of_work, "_allowed", _address_believed), overview
        ),
        "no net": Fault(_inside(tenant_net, "_within", lambda *_: true()), overview),
        "a dead code that opens": Fault(
            _inside(invitations, "_why_not", lambda *_: None), "invitations.present"
        ),
        "a secret in the answer": _as("sessions.devices", _keys),
        "what another paid": _as(record, _what_another_paid),
        "a write over everybody": _as("profile.choose_language", _everybodys_language),
        "a whole table": _as("invitations.asker_is_signed_in", _somebody),
    }
