"""The form with which somebody is appointed, or named as successor."""

import reflex as rx

from portal_app.brand import brand
from portal_app.errors import NotAllowed, NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.permissions import Role
from portal_app.reading_numbers import named_apart
from portal_app.services import access_list
from portal_app.services.access_list import Access
from portal_app.state.base import PortalState


class AppointingState(PortalState, rx.State):
    """For which role, in which capacity, of which organisation."""

    is_loaded: bool = False
    is_refused: bool = False  # also when the place is taken by now
    organisation_id: int = 0
    organisation: Text | str = ""
    role: str = ""
    capacity: str = ""
    hands_over: bool = False

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Read the address; only for whoever may give this role here."""
        self.reset()
        asked, organisation = self._asked(), self._organisation()
        roles = {one.value for one in Role}
        if organisation is None or asked.get("rol", "") not in roles:
            self.is_refused = True
            return
        role, capacity = Role(asked["rol"]), asked.get("hoedanigheid", "")
        try:
            seen = await self._run(access_list.overview, organisation_id=organisation)
        except (NotAllowed, NotFound):
            self.is_refused = True
            return
        self.hands_over = role is Role.MAIN_ACCESS_MANAGER and seen.may_hand_over
        self.is_refused = not self.hands_over and role not in _gives(seen, capacity)
        self.organisation_id = seen.organisation_id
        self.organisation = named_apart(seen.organisation, seen.unit)
        self.role, self.capacity = role.value, capacity if brand.capacity(capacity) else ""
        self.is_loaded = True


def _gives(seen: Access, capacity: str) -> tuple[Role, ...]:
    if not capacity:
        return seen.gives
    return next((one.gives for one in seen.capacities if one.code == capacity), ())
