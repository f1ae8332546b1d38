"""What a refused page tells: which roles open it, and who could give one."""

from dataclasses import dataclass

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.permissions import Right
from portal_app.services import reasons
from portal_app.state.base import PortalState

_GUARDED_BY = (  # the longest address that fits counts
    ("/overzicht", Right.CANDIDATES_SEE),
    ("/betaalcodes", Right.PAYMENT_CODES_SEE),
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

    @handler(Audience.SIGNED_IN)
    async def look(self) -> None:
        """Look who could open the page at this address."""
        self.role_keys, self.givers, self.ask_at = [], [], ""
        here = self.router.url.path
        right = next((right for path, right in _GUARDED_BY if here.startswith(path)), None)
        if right is None:
            return
        seen = await self._look(reasons.way_in, right=right, organisation_id=self._organisation())
        self.role_keys = [f"roles.{role.value}" for role in seen.roles]
        self.givers = [GiverLine(one.name, f"roles.{one.role.value}") for one in seen.givers]
        own = f"?org={seen.organisation_id}" if seen.organisation_id is not None else ""
        self.ask_at = f"/toegang-aanvragen{own}" if seen.roles else ""
