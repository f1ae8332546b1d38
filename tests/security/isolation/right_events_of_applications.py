"""As `right_events`, for what people ask of the fund, and what staff enter for them."""

from tests.security.isolation.right_portal import Event

_MAIN, _CONTACT, _STAFF = "north.main", "north.contact", "fund.staff"

APPLICATION_EVENTS: dict[str, Event] = {
    "EnterApplicationState.choose_by": Event(
        _STAFF, "/beheer/aanvragen/invoeren", lambda _: {"chosen": "bedrijf"}
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
