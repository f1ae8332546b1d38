"""For every handler: somebody who may call it, with arguments that work.

As `right_use_cases`, for what a browser sends over the socket. An address is taken apart like
arguments.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import update

from portal_app import database
from portal_app.models import ProgressRow
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER
from tests.harness.stopped_clock import NOW
from tests.security.isolation.right_account_events import ACCOUNT_EVENTS
from tests.security.isolation.right_applications import key_of
from tests.security.isolation.right_company_events import COMPANY_EVENTS
from tests.security.isolation.right_events_of_applications import APPLICATION_EVENTS
from tests.security.isolation.right_portal import Event, Sent
from tests.security.isolation.written import World

_MAIN, _MANAGER, _STAFF, _VISITOR = "north.main", "north.manager", "fund.staff", "visitor"
_INVITATIONS, _NEW = "/beheer/uitnodigingen", "/beheer/uitnodigingen/nieuw"


def _invitation(world: World) -> Mapping[str, Any]:
    return {"invitation": world.first("north", "invitation")}


def _link(world: World) -> Mapping[str, Any]:
    return {"link_ids": [world.first("north", "organisation_link")]}


def _gone(world: World) -> Mapping[str, Any]:
    return {"link_ids": [world.ids("north", "organisation_link")[3]]}


def _application(world: World) -> str:
    return f"/beheer/aanvragen/aanvraag?nr={world.applications['north.read']}"


def _record(world: World) -> str:
    return f"/overzicht/kandidaat?nr={world.first('north', 'enrolment')}"


def _progress(world: World) -> None:
    of_north = ProgressRow.organisation_id == world.organisation("north")
    with database.engine().begin() as connection:
        connection.execute(update(ProgressRow).where(of_north).values(valid_until=date(2031, 3, 2)))


def _code(world: World) -> Mapping[str, Any]:
    return {"code_id": world.first("north", "payment_code")}


def _appointment(what: str) -> Sent:
    return lambda w: {"what": what, "number": w.ids("north", "invitation")[-1]}


def _local_grant(world: World) -> Mapping[str, Any]:
    return {"grant": world.ids("north", "access_grant")[-4]}  # as in `right_access`


def _paused_grant(world: World) -> Mapping[str, Any]:
    return {"grant": world.ids("north", "access_grant")[-3], "name": "Claes, Nora"}


def _taken_away(world: World) -> Mapping[str, Any]:
    return {"grant": world.ids("north", "access_grant")[-1], "name": "Claes, Nora"}


_ACCESS = (("AccessState.load", lambda _: {}),)
_INSIDE = {"capacity": CANDIDATE_FOLLOWING}
_CODES = "/betaalcodes"
_FILTER = {"trefwoorden": "", "status": "", "stap": "", "organisatie": "", "van": "", "tot": ""}
_LISTED = (("CandidatesState.load", lambda _: {}),)
_CODES_LISTED = (("PaymentCodesState.load", lambda _: {}),)

RIGHT_EVENTS: dict[str, Event] = {
    **APPLICATION_EVENTS,
    **COMPANY_EVENTS,
    "AccessState.activate": Event(
        _MAIN, "/toegang", lambda _: {"capacity": EMPLOYER}, before=_ACCESS
    ),
    "AccessState.ask": Event(_MAIN, "/toegang", _appointment("withdraw"), before=_ACCESS),
    "AccessState.ask_capacity": Event(_MAIN, "/toegang", lambda _: _INSIDE, before=_ACCESS),
    "AccessState.ask_change": Event(_MAIN, "/toegang", _local_grant, before=_ACCESS),
    "AccessState.change": Event(
        _MAIN,
        "/toegang",
        lambda _: {"form": {"place": f"user:{CANDIDATE_FOLLOWING}"}},
        before=(*_ACCESS, ("AccessState.ask_change", _local_grant)),
    ),
    "AccessState.ask_end": Event(_MAIN, "/toegang", _local_grant, before=_ACCESS),
    "AccessState.close_review": Event(_MAIN, "/toegang?tab=controle", before=_ACCESS),
    "AccessState.confirm": Event(
        _MAIN,
        "/toegang",
        before=(*_ACCESS, ("AccessState.ask", _appointment("withdraw"))),
    ),
    "AccessState.end_capacity": Event(
        _MAIN,
        "/toegang",
        lambda _: {"form": {"reason": "weg"}},
        before=(*_ACCESS, ("AccessState.ask_capacity", lambda _: _INSIDE)),
    ),
    "AccessState.give_back": Event(_MAIN, "/toegang", _taken_away, before=_ACCESS),
    "AccessState.keep": Event(
        _MAIN, "/toegang", before=(*_ACCESS, ("AccessState.ask", _appointment("withdraw")))
    ),
    "AccessState.keep_role": Event(
        _MAIN,
        "/toegang?tab=controle",
        lambda w: {"item": w.first("north", "review_item"), "name": "Claes, Nora"},
        before=_ACCESS,
    ),
    "AccessState.ask_suspend": Event(_MAIN, "/toegang", _local_grant, before=_ACCESS),
    "AccessState.suspend": Event(
        _MAIN,
        "/toegang",
        lambda _: {"form": {"suspension": "absent"}},
        before=(*_ACCESS, ("AccessState.ask_suspend", _local_grant)),
    ),
    "AccessState.resume": Event(_MAIN, "/toegang", _paused_grant, before=_ACCESS),
    "AccessState.load": Event(_MAIN, "/toegang?tab=uitnodigingen"),
    "AccessState.send_again": Event(
        _MAIN, "/toegang", lambda w: {"invitation": w.ids("north", "invitation")[-1]}
    ),
    "AccessQueueState.load": Event(_STAFF, "/beheer/toegang?tab=te-laat"),
    "AccessEvidenceState.load": Event(
        _STAFF, lambda w: f"/beheer/aanvragen/aanvraag?nr={w.applications['north.grant']}"
    ),
    "CompanyEvidenceState.load": Event(
        _STAFF, lambda w: f"/beheer/aanvragen/aanvraag?nr={w.applications['north.give']}"
    ),
    "AccessRequestState.choose_register": Event(
        _VISITOR, "/toegang-aanvragen", lambda _: {"chosen": "kvk"}
    ),
    "AccessRequestState.load": Event(_VISITOR, "/toegang-aanvragen"),
    "WhoManagesState.load": Event(_VISITOR, "/wie-beheert-toegang"),
    "AddressApplicationState.choose": Event(
        _VISITOR, "/e-mailadres-vergeten", lambda _: {"kind": "gewijzigd"}
    ),
    "AddressApplicationState.load": Event(_VISITOR, "/e-mailadres-vergeten?soort=gewijzigd"),
    "ApplicationListState.load": Event(_STAFF, "/beheer/aanvragen?zoek="),
    "ApplicationListState.search": Event(
        _STAFF, "/beheer/aanvragen", lambda _: {"form": {"zoek": "", "soort": ""}}
    ),
    "ApplicationRecordState.load": Event(_STAFF, _application),
    "ApplicationRecordState.search": Event(
        _STAFF, _application, lambda _: {"form": {"zoek": "jan"}}
    ),
    "OwnApplicationState.load": Event(
        _VISITOR, lambda w: f"/aanvraag?code={key_of(w, 'read', 'timeline')}"
    ),
    "CandidateRecordState.load": Event(_MANAGER, _record),
    "CandidatesState.load": Event(_MANAGER, "/overzicht?trefwoorden="),
    "CandidatesState.look_again": Event(
        _MANAGER, "/overzicht", before=_LISTED, meanwhile=_progress
    ),
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
    "EherkenningState.load": Event(_VISITOR, "/eherkenning?terug=onbekend"),
    "InactiveCodesState.arrive": Event(_MANAGER, _CODES),
    "InactiveCodesState.ask": Event(_STAFF, _CODES, _code, _CODES_LISTED),
    "InactiveCodesState.ask_batch": Event(
        _STAFF, _CODES, lambda w: {"number": w.batch("north")}, _CODES_LISTED
    ),
    "InactiveCodesState.close": Event(
        _STAFF, _CODES, before=(*_CODES_LISTED, ("InactiveCodesState.ask", _code))
    ),
    "InactiveCodesState.dismiss": Event(_STAFF, _CODES),
    "InactiveCodesState.make_active": Event(
        _STAFF, _CODES, lambda w: {"code_id": w.ids("north", "payment_code")[4]}
    ),
    "InactiveCodesState.make_inactive": Event(
        _STAFF,
        _CODES,
        lambda w: {
            "form": {
                "code": str(w.first("north", "payment_code")),
                "batch": w.batch("north"),
                "reason": "weg",
            }
        },
    ),
    "InactiveCodesState.undo_batch": Event(
        _STAFF,
        _CODES,
        lambda w: {"number": w.batch("north"), "moment": NOW.isoformat()},
    ),
    "InvitationState.load": Event(_VISITOR, "/uitnodiging?code=E-1"),
    "PasswordResetState.load": Event(_VISITOR, "/wachtwoord-vergeten/intrekken?code=x"),
    "PaymentCodesState.apply": Event(
        _MANAGER, _CODES, lambda _: {"form": {**_FILTER, "profiel": ""}}
    ),
    "PaymentCodesState.copied": Event(
        _MANAGER, _CODES, lambda w: {"code_id": w.first("north", "payment_code")}
    ),
    "PaymentCodesState.load": Event(_MANAGER, "/betaalcodes?trefwoorden="),
    "PaymentCodesState.regroup": Event(_MANAGER, _CODES),
    "PaymentCodesState.sort": Event(_MANAGER, _CODES, lambda _: {"column": "code"}),
    "RegistrationState.load": Event(_VISITOR, "/registreren"),
    "ShellState.load": Event(_MANAGER, "/"),
    "ShellState.load_if_inside": Event(_VISITOR, "/hulp"),
    "ShellState.look_again": Event(_MANAGER, "/"),
    "ShellState.tell": Event(
        _VISITOR, "/uitnodiging", lambda _: {"key": "errors.not_found", "values": {"name": "x"}}
    ),
    "SignInState.load": Event(_VISITOR, "/aanmelden?reden=verlopen&terug=/"),
    "UnlinkingState.arrive": Event(_MANAGER, "/overzicht"),
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
                "reason": "other",
                "explanation": "weg",
            }
        },
    ),
    "ActivationCodesState.choose": Event(
        _VISITOR, "/activeringscodes", lambda _: {"by": "bedrijf"}
    ),
    "ActivationCodesState.load": Event("visitor", "/activeringscodes"),
    "ForcedChangeState.load": Event(_MANAGER, "/wachtwoord-wijzigen"),
    "FactorProofState.load": Event(_MANAGER, "/bevestigen"),
    "FactorsState.follow": Event(_MANAGER, "/beveiliging"),
    "FactorsState.load": Event(_MANAGER, "/beveiliging?gewijzigd=app"),
    "HomeState.follow": Event(_MANAGER, "/"),
    "HomeState.load": Event(_MANAGER, "/"),
    "RefusedState.look": Event(_MANAGER, lambda w: f"/toegang?org={w.organisation('north')}"),
    **ACCOUNT_EVENTS,
    "InvitationListState.ask_to_withdraw": Event(_STAFF, _INVITATIONS, _invitation),
    "InvitationListState.keep": Event(_STAFF, _INVITATIONS),
    "InvitationListState.load": Event(_STAFF, f"{_INVITATIONS}?zoek="),
    "InvitationListState.search": Event(_STAFF, _INVITATIONS, lambda _: {"form": {"zoek": "x"}}),
    "InvitationListState.send_again": Event(_STAFF, _INVITATIONS, _invitation),
    "InvitationListState.withdraw": Event(
        _STAFF,
        _INVITATIONS,
        before=(("InvitationListState.ask_to_withdraw", _invitation),),
    ),
    "PhoneDeskState.load": Event(
        _STAFF, lambda w: f"/beheer/telefoon?persoon={w.people['north.user'].key}"
    ),
    "PhoneDeskState.search": Event(_STAFF, "/beheer/telefoon", lambda _: {"form": {"zoek": "x"}}),
    "PreferencesState.choose_language": Event(_MANAGER, "/voorkeuren", lambda _: {"locale": "fr"}),
    "PreferencesState.choose_start_page": Event(
        _MANAGER, "/voorkeuren", lambda _: {"page": "payment_codes"}
    ),
    "PreferencesState.load": Event(_MANAGER, "/voorkeuren"),
    "ProfileState.load": Event(_MANAGER, "/profiel"),
    "SecurityState.end_device": Event(
        _MANAGER, "/beveiliging", lambda w: {"device": w.first("north", "browser_session")}
    ),
    "SecurityState.end_other_devices": Event(_MANAGER, "/beveiliging"),
    "SecurityState.load": Event(_MANAGER, "/beveiliging?gewijzigd="),
    "ShellState.stay": Event(_MANAGER, "/"),
    "ShellState.warn_of_end": Event(_MANAGER, "/", lambda _: {"seconds": 60, "can_stay": True}),
    "StaffFormsState.choose_register": Event(_STAFF, _NEW, lambda _: {"chosen": "kvk"}),
    "StaffFormsState.load": Event(_STAFF, _NEW),
    "StaffFormsState.type_number": Event(
        _STAFF, _NEW, lambda w: {"number": w.organisations["north"].number}
    ),
    "StaffFormsState.type_unit": Event(
        _STAFF, _NEW, lambda w: {"unit": w.organisations["north"].unit}
    ),
}
"""By state and method; a handler that is missing here fails the matrix."""
