"""'Inzien kandidaatgegevens': one candidate, and the ones before and after in the list."""

from dataclasses import dataclass

import reflex as rx

from portal_app import clock
from portal_app.errors import NotAllowed, NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.reading_contact import shown_phone
from portal_app.reading_dates import shown
from portal_app.services import candidate_record
from portal_app.services.candidate_address import Asked, read_address
from portal_app.services.candidate_record import CandidateRecord, Neighbour, StepOfCandidate, Try
from portal_app.services.candidate_words import expires_soon, next_step, step_name, step_tip
from portal_app.state.base import PortalState
from portal_app.state.candidate_lines import query_of, record_href

_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One attempt: which one, how it ended, when and where."""

    title: Text
    result: Text
    detail: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the route with its attempts."""

    state: str
    name: Text | str
    tip: Text | None
    attempts: list[AttemptLine]


@dataclass(frozen=True, slots=True)
class OtherRoute:
    """Another route that the candidate is on."""

    name: str
    href: str


class CandidateRecordState(PortalState, rx.State):
    """The record that the address names."""

    is_loaded: bool = False
    is_there: bool = False
    name: str = ""
    email: str = ""
    phone: str = ""
    phone_said: str = ""  # as people write it
    organisation: str = ""
    route: str = ""
    profile: str = ""
    reference: str = ""
    payment_code: str = ""  # its last group
    quality_scheme: str = ""
    status_key: str = ""
    registered_on: str = ""
    valid_until: str = ""
    expires_soon: bool = False
    next_step: Text | None = None
    is_resit: bool = False
    linked_via_key: str = ""
    linked_at: str = ""  # moment in ISO form
    why: Text | None = None  # one sees these data
    link: int = 0
    may_unlink: bool = False
    steps: list[StepLine] = []
    others: list[OtherRoute] = []
    back_href: str = ""
    previous_href: str = ""
    previous_name: str = ""
    following_href: str = ""
    following_name: str = ""

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show the candidate whom the address names, or that there is none."""
        query = self._asked()
        asked = read_address(query, today=clock.today())
        number, at = _number(query.get("nr", "")), _number(query.get("bij", ""))
        self.back_href = asked.href(pagina=str(asked.page) if asked.page > 1 else "")
        try:
            found = await self._run(
                candidate_record.record, enrolment_id=number or 0, organisation_id=at
            )
            before, after = await self._run(
                candidate_record.neighbours,
                enrolment_id=found.row.enrolment_id,
                organisation_id=found.row.organisation_id,
                wanted=asked.filter,
                order=asked.order,
                descending=asked.descending,
            )
        except (NotFound, NotAllowed):
            back = self.back_href
            self.reset()
            self.is_loaded, self.back_href = True, back
            return
        self._show(found)
        self.others = [
            OtherRoute(name, record_href(other, at, query_of(asked)))
            for other, name in found.others
        ]
        self._show_neighbours(before, after, asked, several=at is not None)

    def _show(self, found: CandidateRecord) -> None:
        row, today = found.row, clock.today()
        following = next_step(row, today)
        self.is_loaded = self.is_there = True
        self.name, self.email = row.name, row.email
        self.phone, self.phone_said = found.phone, shown_phone(found.phone)
        self.organisation, self.route, self.profile = row.organisation, row.route, found.profile
        self.reference, self.payment_code = found.reference, found.payment_code_end
        self.quality_scheme = found.quality_scheme_url
        self.status_key = f"candidates.status_{row.status.value}"
        self.registered_on = shown(row.registered_on)
        self.valid_until = shown(row.valid_until) if row.valid_until else ""
        self.expires_soon = expires_soon(row.valid_until, today)
        self.next_step, self.is_resit = following.sentence, following.is_resit
        self.linked_via_key = f"candidates.via_{found.linked_via.value}"
        self.linked_at, self.why = found.linked_at.isoformat(), _why(found)
        self.link, self.may_unlink = found.link_id, found.may_unlink
        self.steps = [_step_line(found, at, step) for at, step in enumerate(found.steps)]

    def _show_neighbours(
        self, before: Neighbour | None, after: Neighbour | None, asked: Asked, *, several: bool
    ) -> None:
        def href(one: Neighbour | None) -> str:
            if one is None:
                return ""
            return record_href(
                one.enrolment_id, one.organisation_id if several else None, query_of(asked)
            )

        self.previous_href, self.previous_name = href(before), before.name if before else ""
        self.following_href, self.following_name = href(after), after.name if after else ""


def _step_line(found: CandidateRecord, at: int, step: StepOfCandidate) -> StepLine:
    last = step.tries[-1] if step.tries else None
    return StepLine(
        step.state.value,
        step_name(step.kind, step.name),
        step_tip(found.row, at, last),
        [_attempt_line(one, step.max_attempts) for one in step.tries],
    )


def _attempt_line(one: Try, most: int | None) -> AttemptLine:
    title = Text("candidates.attempt", {"number": str(one.number)})
    if most:
        title = Text("candidates.attempt_of", {"number": str(one.number), "most": str(most)})
    detail = ", ".join(part for part in (shown(one.on) if one.on else "", one.place) if part)
    return AttemptLine(title, Text(f"candidates.result_{one.result.value}"), detail)


def _why(found: CandidateRecord) -> Text:
    """Say by whose doing the organisation sees these data."""
    if not found.organisation_code:
        return Text("candidates.privacy", {"organisation": found.row.organisation})
    return Text(f"candidates.why_{found.linked_via.value}", {"code": found.organisation_code})


def _number(typed: str) -> int | None:
    short = len(typed) <= _LONGEST_NUMBER
    return int(typed) if short and typed.isascii() and typed.isdigit() else None
