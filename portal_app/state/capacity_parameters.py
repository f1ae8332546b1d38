"""The form with the parameters of one capacity, as they are."""

import reflex as rx

from portal_app.errors import NotAllowed, NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.reading_numbers import named_apart
from portal_app.services import access_list, capacity_parameters
from portal_app.state.base import PortalState

PATH = "/toegang/parameters"


class CapacityParametersState(PortalState, rx.State):
    """Of which capacity of which organisation, and what fills the form."""

    is_loaded: bool = False
    is_refused: bool = False
    organisation_id: int = 0
    organisation: Text | str = ""
    capacity: str = ""
    may_set: bool = False
    was_saved: bool = False
    values: dict[str, str] = {}

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Read the address, and how the capacity is set."""
        self.reset()
        organisation, capacity = self._organisation(), self._asked().get("hoedanigheid", "")
        if organisation is None:
            self.is_refused = True
            return
        inside = {"organisation_id": organisation, "capacity": capacity}
        try:
            seen = await self._run(access_list.overview, organisation_id=organisation)
            held = await self._run(capacity_parameters.parameters_of, **inside)
        except (NotAllowed, NotFound):
            self.is_refused = True
            return
        self.was_saved = self._asked().get("gedaan", "") == "bewaard"
        self.organisation_id = organisation
        self.organisation = named_apart(seen.organisation, seen.unit)
        self.capacity = capacity
        self.may_set = any(one.may_set for one in seen.capacities if one.code == capacity)
        self.values = {
            "tasks_to": held.tasks_to.value,
            "tasks_address": held.tasks_address,
            "structured_messages": "yes" if held.structured_messages else "",
            "messages_to": held.messages_to,
        }
        self.is_loaded = True
