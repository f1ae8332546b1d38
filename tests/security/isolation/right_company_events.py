"""For every handler of a company's own pages: somebody who may call it. As `right_events`."""

from collections.abc import Mapping
from typing import Any

from tests.factories import EMPLOYER
from tests.security.isolation.right_company_data import branch_of
from tests.security.isolation.right_portal import Event
from tests.security.isolation.written import World

_MAIN, _CONTACT, _STAFF = "north.main", "north.contact", "fund.staff"
_LOADED = (("CompanyDataState.load", lambda _: {}),)


def _of_the_branch(world: World) -> str:
    return f"/bedrijf?org={branch_of(world)}"


def _confirm(_: World) -> Mapping[str, Any]:
    return {"what": "confirm"}


_ASKED = (*_LOADED, ("CompanyDataState.ask", _confirm))

COMPANY_EVENTS: dict[str, Event] = {
    "AppointingState.load": Event(
        _MAIN,
        lambda w: (
            f"/toegang/aanstellen?org={w.organisation('north')}&rol=user&hoedanigheid={EMPLOYER}"
        ),
    ),
    "CapacityParametersState.load": Event(
        _MAIN,
        lambda w: f"/toegang/parameters?org={w.organisation('north')}&hoedanigheid={EMPLOYER}",
    ),
    "CompanyDataState.load": Event(
        _CONTACT, lambda w: f"/bedrijf?org={w.organisation('north')}&wijzig=adres"
    ),
    "CompanyDataState.compare": Event(_CONTACT, "/bedrijf?wijzig=contact", before=_LOADED),
    "CompanyDataState.ask": Event(_STAFF, _of_the_branch, _confirm, before=_LOADED),
    "CompanyDataState.keep": Event(_STAFF, _of_the_branch, before=_ASKED),
    "CompanyDataState.decide": Event(_STAFF, _of_the_branch, before=_ASKED),
}
