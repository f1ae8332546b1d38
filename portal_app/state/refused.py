"""What a refused page tells: which roles open it, and who could give one."""

from dataclasses import dataclass

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.permissions import INVITABLE_ROLES, Right
from portal_app.services import reasons
from portal_app.services.reasons import WayIn
from portal_app.state.access_questions import PATH as ACCESS
from portal_app.state.base import PortalState
from portal_app.state.company_application import CAPACITY, ROLE
from portal_app.state.company_data import PATH as COMPANY_DATA

_GUARDED_BY = (  # the longest address that fits counts
    ("/overzicht", Right.CANDIDATES_SEE),
    ("/betaalcodes", Right.PAYMENT_CODES_SEE),
    (COMPANY_DATA, Right.ORGANISATION_SEE),
    (CAPACITY, Right.CAPACITIES_ASK),
    ("/toegang/aanstellen", Right.ACCESS_GIVE),
    ("/toegang/parameters", Right.CAPACITIES_SET),
    ("/toegang", Right.ACCESS_SEE),
)


@dataclass(frozen=True, slots=True)
class GiverLine:
    """A colleague who can give access, and as what."""

    name: str
    role_key: str


class RefusedState(PortalState, rx.State):
    """Whom to ask; of a page for the fund's own people alone, nobody."""

    role_keys: list[str] = []
    givers: list[GiverLine] = []
    ask_at: str = ""
    lacks: str = ""  # the capacity that the company does not have on, though the role is there
    switch_at: str = ""  # where the reader can switch it on

    @handler(Audience.SIGNED_IN)
    async def look(self) -> None:
        """Look who could open the page at this address."""
        self.role_keys, self.givers, self.ask_at = [], [], ""
        self.lacks, self.switch_at = "", ""
        here = self.router.url.path
        right = next((right for path, right in _GUARDED_BY if here.startswith(path)), None)
        if right is None:
            return
        seen = await self._look(reasons.way_in, right=right, organisation_id=self._organisation())
        self.role_keys = [f"roles.{role.value}" for role in seen.roles]
        self.givers = [GiverLine(one.name, f"roles.{one.role.value}") for one in seen.givers]
        self.lacks = seen.lacks.code if seen.lacks else ""
        self.switch_at = f"{ACCESS}?org={seen.organisation_id}" if seen.may_switch else ""
        self.ask_at = _ask_at(seen)


def _ask_at(seen: WayIn) -> str:
    """Return where the role is asked; a company that one is not of asks for access."""
    if not seen.roles:
        return ""
    if seen.organisation_id is None:
        return "/toegang-aanvragen"
    if seen.lacks is not None:  # the role is there already
        asked = f"org={seen.organisation_id}&hoedanigheid={seen.lacks.code}"
        return f"{CAPACITY}?{asked}" if seen.may_ask else ""
    fitting = next((role for role in INVITABLE_ROLES if role in seen.roles), None)
    if fitting is None:  # none that staff give
        return f"/toegang-aanvragen?org={seen.organisation_id}"
    return f"{ROLE}?org={seen.organisation_id}&rol={fitting.value}"
