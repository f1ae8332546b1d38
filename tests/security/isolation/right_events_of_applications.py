"""As `right_events`, for what people ask of the fund, and what staff enter for them."""

from collections.abc import Mapping
from typing import Any

from tests.security.isolation.right_portal import Event, Sent
from tests.security.isolation.written import World

_MAIN, _CONTACT, _STAFF = "north.main", "north.contact", "fund.staff"


def _consent(what: str, name: str) -> Sent:
    def sent(world: World) -> Mapping[str, Any]:
        return {"what": what, "application": world.questions[f"north.{name}"]}

    return sent


_LOADED = ("AccessState.load", lambda _: {})

APPLICATION_EVENTS: dict[str, Event] = {
    "AccessState.ask_consent": Event(
        _MAIN, "/toegang", _consent("consent", "consent"), before=(_LOADED,)
    ),
    "AccessState.consent": Event(
        _MAIN,
        "/toegang",
        before=(_LOADED, ("AccessState.ask_consent", _consent("consent", "consent"))),
    ),
    "AccessState.refuse": Event(
        _MAIN,
        "/toegang",
        lambda _: {"form": {"why": "Onbekend."}},
        before=(_LOADED, ("AccessState.ask_consent", _consent("refuse", "refuse_consent"))),
    ),
    "EnterApplicationState.choose_by": Event(
        _STAFF, "/beheer/aanvragen/invoeren", lambda _: {"chosen": "bedrijf"}
    ),
    "EnterApplicationState.choose_company": Event(
        _STAFF, "/beheer/aanvragen/invoeren", lambda _: {"chosen": "1"}
    ),
    "EnterApplicationState.choose_kind": Event(
        _STAFF, "/beheer/aanvragen/invoeren", lambda _: {"kind": "access"}
    ),
    "EnterApplicationState.choose_register": Event(
        _STAFF, "/beheer/aanvragen/invoeren", lambda _: {"chosen": "kvk"}
    ),
    "EnterApplicationState.load": Event(
        _STAFF,
        lambda w: f"/beheer/aanvragen/invoeren?persoon={w.people['north.user'].key}",
    ),
    "MyApplicationState.load": Event(
        _CONTACT,
        lambda w: f"/aanvragen/aanvraag?nr={w.applications['north.my_answer']}",
    ),
    "MyApplicationsState.load": Event(_CONTACT, "/aanvragen?pagina=1"),
    "RoleApplicationState.load": Event(
        _CONTACT, lambda w: f"/aanvragen/rol?org={w.organisation('north')}"
    ),
    "CapacityApplicationState.load": Event(
        _MAIN, lambda w: f"/aanvragen/hoedanigheid?org={w.organisation('north')}"
    ),
}
"""By state and handler."""
