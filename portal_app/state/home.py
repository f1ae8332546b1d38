"""What the first page counts: what asks for attention, and what can be used."""

from dataclasses import dataclass

import reflex as rx

from portal_app.errors import Text
from portal_app.gate.handlers import Audience, handler
from portal_app.services import home, reasons, suspensions
from portal_app.services.candidate_filters import Attention
from portal_app.services.home import Figures
from portal_app.services.reasons import Reason
from portal_app.services.suspensions import Suspended
from portal_app.state.access_questions import PATH as ACCESS
from portal_app.state.base import PortalState
from portal_app.state.company_application import ROLE
from portal_app.state.company_data import PATH as COMPANY

_MOST = 3
_URGENT_FIRST = (
    (Attention.RESIT, "herkansing", "failed"),
    (Attention.EXPIRES, "verloopt", "expired"),
    (Attention.EXAM, "toets", "booked"),
    (Attention.STALLED, "stil", "busy"),
)


@dataclass(frozen=True, slots=True)
class AttentionLine:
    """Candidates that ask for attention for one reason."""

    why: str
    number: int
    icon: str
    href: str


@dataclass(frozen=True, slots=True)
class WhyLine:
    """By which grant a tile opens."""

    tile: str
    role_key: str
    capacity: str
    organisation: Text | str  # empty: the fund
    basis_key: str
    since: str  # moment in ISO form
    until: str
    others: int
    ask_at: str  # where more is asked; empty for the fund's own people


@dataclass(frozen=True, slots=True)
class SuspendedLine:
    """A role of one's own that opens nothing now; the moment in ISO form."""

    role_key: str
    company: str
    since: str
    why_key: str
    by_fund: bool


class HomeState(PortalState, rx.State):
    """The figures of the first page."""

    attention: list[AttentionLine] = []
    usable_codes: int = -1  # -1: not theirs to see
    applications: int = -1  # idem
    account_at: str = ""  # where a bank account is confirmed; empty: none waits for the reader
    review_at: str = ""  # where it is answered who keeps access; empty: nothing is asked
    review_due: str = ""  # in ISO form
    why: list[WhyLine] = []
    suspended: list[SuspendedLine] = []

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Count."""
        self._show(await self._run(home.figures, organisation_id=self._organisation()))
        await self._tell_of_roles()

    @handler(Audience.SIGNED_IN)
    async def follow(self) -> None:
        """Count again, because rights changed."""
        self._show(await self._look(home.figures, organisation_id=self._organisation()))
        await self._tell_of_roles()

    async def _tell_of_roles(self) -> None:
        told = await self._look(reasons.of_tiles, organisation_id=self._organisation())
        self.why = [_why_line(tile, reason) for tile, reason in told.items()]
        self.suspended = [_suspended_line(one) for one in await self._look(suspensions.mine)]

    def _show(self, seen: Figures) -> None:
        organisation = self._organisation()
        within = f"&org={organisation}" if organisation is not None else ""
        lines = [
            AttentionLine(
                why.value,
                seen.attention[why],
                icon,
                f"/overzicht?tab=all&aandacht={word}{within}",
            )
            for why, word, icon in _URGENT_FIRST
            if seen.attention.get(why)
        ]
        self.usable_codes = -1 if seen.usable_codes is None else seen.usable_codes
        first = next(iter(seen.accounts), 0)
        self.account_at = f"{COMPANY}?org={first}" if first else ""
        review = seen.review
        self.review_at = f"{ACCESS}?org={review.organisation_id}&tab=controle" if review else ""
        self.review_due = review.due_at.isoformat() if review else ""
        self.attention = lines[: _MOST - bool(first) - bool(review)]
        self.applications = -1 if seen.applications is None else seen.applications


def _suspended_line(one: Suspended) -> SuspendedLine:
    return SuspendedLine(
        f"roles.{one.role.value}",
        one.company,
        one.since.isoformat(),
        f"roles.suspended_{one.why.value}",
        one.by_fund,
    )


def _why_line(tile: str, reason: Reason) -> WhyLine:
    return WhyLine(
        tile,
        f"roles.{reason.role.value}",
        reason.capacity,
        reason.organisation.apart_by(reason.organisation.unit) if reason.organisation else "",
        f"home.basis_{reason.basis.value}",
        reason.since.isoformat(),
        reason.until.isoformat() if reason.until else "",
        reason.others,
        f"{ROLE}?org={reason.organisation.id}" if reason.organisation else "",
    )
