"""For every handler and route: somebody who may, with arguments that work.

As `right_use_cases`, for what a browser sends. An address is taken apart like arguments.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.factories import PASSWORD
from tests.security.isolation.written import World

Sent = Callable[[World], Mapping[str, Any]]
_MANAGER, _VISITOR = "north.manager", "visitor"


@dataclass(frozen=True, slots=True)
class Event:
    """A handler: who may call it, on which page, with what, and what they did before."""

    asker: str
    address: Callable[[World], str] | str = "/"
    arguments: Sent = lambda _: {}
    before: tuple[tuple[str, Sent], ...] = ()

    def page(self, world: World) -> str:
        """Return the address of the page on which it is called."""
        return self.address if isinstance(self.address, str) else self.address(world)


@dataclass(frozen=True, slots=True)
class Call:
    """A route: who may call it, with which parts of the path, query and form."""

    asker: str
    form: Sent = lambda _: {}
    path: Sent = lambda _: {}
    query: Sent = lambda _: {}
    refused: int = 0  # the answer when what it needs is not in this world
    kept: tuple[str, ...] = ()


DEMO_DOORS = {
    "CaughtMailState": "demo mode shows its mails to whoever looks",
    "DemoClockState": "in demo mode anybody moves the clock",
    "/dev/": "in production there is no such address",
}
"""What the matrix does not ask, because it is for everybody in demo mode, and only there."""


def _link(world: World) -> Mapping[str, Any]:
    return {"link_ids": [world.first("north", "organisation_link")]}


def _gone(world: World) -> Mapping[str, Any]:
    return {"link_ids": [world.ids("north", "organisation_link")[3]]}


def _record(world: World) -> str:
    return f"/overzicht/kandidaat?nr={world.first('north', 'enrolment')}"


_FILTER = {"trefwoorden": "", "status": "", "stap": "", "organisatie": "", "van": "", "tot": ""}
_LISTED = (("CandidatesState.load", lambda _: {}),)

RIGHT_EVENTS: dict[str, Event] = {
    "CandidateRecordState.load": Event(_MANAGER, _record),
    "CandidatesState.load": Event(_MANAGER, "/overzicht?trefwoorden="),
    "CandidatesState.search": Event(
        _MANAGER, "/overzicht", lambda _: {"form": {**_FILTER, "geldig": ""}}
    ),
    "CandidatesState.select": Event(
        _MANAGER,
        "/overzicht",
        lambda w: {"link": w.first("north", "organisation_link")},
        _LISTED,
    ),
    "CandidatesState.select_all": Event(_MANAGER, "/overzicht", before=_LISTED),
    "CandidatesState.sort": Event(_MANAGER, "/overzicht", lambda _: {"by": "naam"}),
    "InvitationState.load": Event(_VISITOR, "/uitnodiging?code=E-1"),
    "PaymentCodesState.apply": Event(
        _MANAGER, "/betaalcodes", lambda _: {"form": {**_FILTER, "profiel": ""}}
    ),
    "PaymentCodesState.copied": Event(
        _MANAGER, "/betaalcodes", lambda w: {"code_id": w.first("north", "payment_code")}
    ),
    "PaymentCodesState.load": Event(_MANAGER, "/betaalcodes?trefwoorden="),
    "PaymentCodesState.regroup": Event(_MANAGER, "/betaalcodes"),
    "PaymentCodesState.sort": Event(_MANAGER, "/betaalcodes", lambda _: {"column": "code"}),
    "RegistrationState.load": Event(_VISITOR, "/registreren"),
    "ShellState.load": Event(_MANAGER, "/"),
    "ShellState.look_again": Event(_MANAGER, "/"),
    "ShellState.tell": Event(
        _VISITOR, "/", lambda _: {"key": "errors.not_found", "values": {"name": "x"}}
    ),
    "SignInState.load": Event(_VISITOR, "/aanmelden?reden=verlopen&terug=/"),
    "UnlinkingState.ask": Event(_MANAGER, "/overzicht", _link),
    "UnlinkingState.ask_selected": Event(
        _MANAGER,
        "/overzicht",
        before=(*_LISTED, ("CandidatesState.select_all", lambda _: {})),
    ),
    "UnlinkingState.close": Event(_MANAGER, "/overzicht", before=(("UnlinkingState.ask", _link),)),
    "UnlinkingState.dismiss": Event(_MANAGER, "/overzicht"),
    "UnlinkingState.undo": Event(_MANAGER, "/overzicht", _gone),
    "UnlinkingState.unlink": Event(
        _MANAGER,
        "/overzicht",
        lambda w: {
            "form": {
                "links": str(w.first("north", "organisation_link")),
                "reason": "anders",
                "explanation": "weg",
            }
        },
    ),
}
"""By state and method; a handler that is missing here fails the matrix."""

_OFFERED = "/formulieren/uitnodiging"
_REGISTER = "/formulieren/registreren"

RIGHT_CALLS: dict[str, Call] = {
    "GET /health": Call(_VISITOR),
    "GET /downloads/betaalcodes.csv": Call(_MANAGER, query=lambda _: {"trefwoorden": ""}),
    "GET /downloads/betaalcodes.xlsx": Call(_MANAGER, query=lambda _: {"trefwoorden": ""}),
    "GET /downloads/betaalcodes/{number}": Call(
        _MANAGER, path=lambda w: {"number": w.batch("north")}
    ),
    "GET /downloads/overzicht.csv": Call(_MANAGER, query=lambda _: {"trefwoorden": ""}),
    "GET /downloads/overzicht.xlsx": Call(_MANAGER, query=lambda _: {"trefwoorden": ""}),
    "GET /downloads/overzicht/voortgang": Call(_MANAGER, query=lambda _: {"nr": "1"}),
    f"POST {_OFFERED}": Call(
        _VISITOR, lambda w: {"code": w.codes["north.invitation.open"]}, kept=("code",)
    ),
    f"POST {_OFFERED}/toevoegen": Call("nobody.candidate"),
    f"POST {_OFFERED}/vergeten": Call(_MANAGER),
    "POST /formulieren/aanmelden": Call(
        _VISITOR,
        lambda w: {"login": w.emails["north.user"], "password": PASSWORD},
        kept=("password",),
    ),
    "POST /formulieren/afmelden": Call("north.contact"),
    "POST /formulieren/wachtwoord-wijzigen": Call(
        "north.contact",
        lambda _: {
            "old_password": PASSWORD,
            "new_password": "Vlug-Water-77-Dak",
            "confirm_password": "Vlug-Water-77-Dak",
        },
    ),
    f"POST {_REGISTER}": Call(
        _VISITOR,
        lambda _: {
            "given_name": "Nora",
            "family_name": "Claes",
            "birth_date_day": "1",
            "birth_date_month": "1",
            "birth_date_year": "1990",
            "new_password": "Vlug-Water-77-Dak",
            "confirm_password": "Vlug-Water-77-Dak",
        },
        refused=422,  # the address is proven by mail first: tests/e2e walk that way
    ),
    f"POST {_REGISTER}/code": Call(_VISITOR, lambda _: {"email": "nieuw@voorbeeld.example"}),
    f"POST {_REGISTER}/concept": Call(_VISITOR, lambda _: {"given_name": "Nora"}),
    f"POST {_REGISTER}/verifieren": Call(_VISITOR, lambda _: {"code": "123456"}, refused=422),
    f"POST {_REGISTER}/wijzigen": Call(_VISITOR),
}
"""By method and path; a route that is missing here fails the matrix."""
