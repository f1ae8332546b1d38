"""For every route: somebody who may call it, with a form that works. As `right_events`."""

from collections.abc import Mapping
from typing import Any

from tests.factories import EMPLOYER, PASSWORD
from tests.security.isolation.right_accounts import NUMBER
from tests.security.isolation.right_applications import key_of
from tests.security.isolation.right_calls_of_applications import APPLICATION_CALLS
from tests.security.isolation.right_company_data import COMPANY_CALLS
from tests.security.isolation.right_portal import Call
from tests.security.isolation.written import World

_MANAGER, _STAFF, _VISITOR = "north.manager", "fund.staff", "visitor"
_NORA = {"given_name": "Nora", "family_name": "Claes", "national_number": NUMBER}


def _person(world: World) -> Mapping[str, Any]:
    return {
        "register": "kvk",
        "kvk_number": world.organisations["north"].number,
        "branch_number": world.organisations["north"].unit,
        "organisation_name": "",
        "email": "nieuw@voorbeeld.example",
        "role": "user",
        "locale": "nl",
    }


_ADDRESS = "/formulieren/e-mailadres-vergeten"
_OFFERED = "/formulieren/uitnodiging"
_PROVE = "/formulieren/bevestigen"
_SECURITY = "/formulieren/beveiliging"
_REGISTER, _FORGOTTEN = "/formulieren/registreren", "/formulieren/wachtwoord-vergeten"

RIGHT_CALLS: dict[str, Call] = {
    **APPLICATION_CALLS,
    **COMPANY_CALLS,
    "GET /health": Call(_VISITOR),
    "GET /eherkenning/terug": Call(
        _MANAGER, query=lambda _: {"state": "AAAAAAAAAA.x", "code": "x"}
    ),
    "GET /eherkenning/verder": Call(_MANAGER),
    "GET /downloads/betaalcodes.csv": Call(_MANAGER, query=lambda _: {"trefwoorden": ""}),
    "GET /downloads/betaalcodes.xlsx": Call(_MANAGER, query=lambda _: {"trefwoorden": ""}),
    "GET /downloads/betaalcodes/{number}": Call(
        _MANAGER, path=lambda w: {"number": w.batch("north")}
    ),
    "GET /downloads/overzicht.csv": Call(_MANAGER, query=lambda _: {"trefwoorden": ""}),
    "GET /downloads/overzicht.xlsx": Call(_MANAGER, query=lambda _: {"trefwoorden": ""}),
    "GET /downloads/toegang.xlsx": Call(
        "north.main", query=lambda w: {"nr": w.first("north", "access_review")}
    ),
    "GET /downloads/voortgang": Call(_MANAGER, query=lambda _: {"bon": "1"}),
    f"POST {_OFFERED}": Call(
        _VISITOR, lambda w: {"code": w.codes["north.invitation.open"]}, kept=("code",)
    ),
    "POST /formulieren/eherkenning": Call(_VISITOR, refused="errors.no_broker"),
    "POST /formulieren/eherkenning/laten": Call(_VISITOR),
    "POST /formulieren/beheer/account": Call(
        _STAFF, lambda w: {**_person(w), "given_name": "Nora", "family_name": "Claes"}
    ),
    "POST /formulieren/activeringscodes": Call(
        _VISITOR,
        lambda _: {
            "by": "zelf",
            "company_number": "1999000249",
            "email": "nieuw@voorbeeld.example",
            "phone": "02 555 01 00",
            **_NORA,
        },
    ),
    "POST /formulieren/beheer/bedrijfsaccount": Call(
        _STAFF,
        lambda _: {
            "register": "kbo",
            "enterprise_number": "1999000744",
            "province": "Luik",
            "organisation_name": "Nieuw BV",
            "email": "nieuw@voorbeeld.example",
            "locale": "nl",
            **_NORA,
        },
    ),
    "POST /formulieren/beheer/rol": Call(
        _STAFF,
        lambda w: {**_person(w), "email": w.emails["north.member"], "role": "trusted_contact"},
    ),
    "POST /formulieren/beheer/uitnodigen": Call(_STAFF, _person),
    "POST /formulieren/toegang/aanstellen": Call(
        "north.main",
        lambda w: {
            "organisation": str(w.organisation("north")),
            "role": "user",
            "capacity": EMPLOYER,
            "given_name": "Nora",
            "infix": "",
            "family_name": "Claes",
            "email": "nieuw@voorbeeld.example",
            "locale": "nl",
            "until": "",
            "hands_over": "",
        },
    ),
    "POST /formulieren/toegang/parameters": Call(
        "north.main",
        lambda w: {
            "organisation": str(w.organisation("north")),
            "capacity": EMPLOYER,
            "tasks_to": "address",
            "tasks_address": "taken@voorbeeld.example",
            "structured_messages": "yes",
            "messages_to": "https://berichten.voorbeeld.example/in",
        },
    ),
    "POST /formulieren/toegang-aanvragen": Call(
        _VISITOR,
        lambda _: {
            "register": "kbo",
            "enterprise_number": "1999.000.249",
            "province": "Limburg",
            "company": "Nieuw BV",
            "street": "Straat 1",
            "postal_code": "3500",
            "town": "Hasselt",
            "given_name": "Nora",
            "family_name": "Claes",
            "position": "zaakvoerder",
            "email": "nieuw@voorbeeld.example",
            "phone": "02 555 01 00",
            "direct_phone": "",
        },
    ),
    "POST /formulieren/wie-beheert-toegang": Call(
        _VISITOR, lambda w: {"number": w.organisations["north"].number}, kept=("number",)
    ),
    "POST /formulieren/wie-beheert-toegang/bericht": Call(
        _VISITOR,
        lambda w: {
            "number": w.organisations["north"].number,
            "unit": "",
            "name": "Nora Claes",
            "email": "nora@thuis.example",
            "message": "Mag ik toegang?",
        },
        kept=("number",),
    ),
    f"POST {_ADDRESS}": Call(
        _VISITOR,
        lambda _: {
            "kind": "gewijzigd",
            "given_name": "Nora",
            "family_name": "Claes",
            "national_number": "85073003328",
            "email": "nora@thuis.example",
            "new_email": "nieuw@voorbeeld.example",
            "phone": "",
        },
    ),
    f"POST {_ADDRESS}/bevestigen": Call(
        _VISITOR, lambda w: {"code": key_of(w, "confirm", "confirmation")}, kept=("code",)
    ),
    f"POST {_PROVE}": Call(_MANAGER, lambda _: {"code": "123456"}, refused="errors.app_code_wrong"),
    f"POST {_PROVE}/herstelcode": Call(
        _MANAGER, lambda _: {"recovery_code": "7K3QM-PX9TD"}, refused="errors.recovery_code_wrong"
    ),
    f"POST {_PROVE}/kwijt": Call(
        _MANAGER, lambda _: {"phone": "02 555 01 00", "national_number": "85073003328"}
    ),
    f"POST {_PROVE}/passkey": Call(
        _MANAGER, lambda _: {"answer": "{}"}, refused="errors.passkey_wrong"
    ),
    f"POST {_PROVE}/passkey/begin": Call(_MANAGER),
    f"POST {_PROVE}/wachtwoord": Call("north.contact", lambda _: {"current_password": PASSWORD}),
    f"POST {_SECURITY}/app": Call(
        "north.contact", lambda _: {"app_code": "123456"}, refused="errors.app_"
    ),
    f"POST {_SECURITY}/app/begin": Call("north.contact"),
    f"POST {_SECURITY}/app/weg": Call(_MANAGER),
    f"POST {_SECURITY}/passkey": Call(
        _MANAGER, lambda _: {"answer": "{}"}, refused="errors.passkey_wrong"
    ),
    f"POST {_SECURITY}/passkey/begin": Call(_MANAGER),
    f"POST {_SECURITY}/passkey/naam": Call(
        _MANAGER,
        lambda w: {
            "passkey": w.first("north", "passkey"),
            f"name_{w.first('north', 'passkey')}": "Laptop",
        },
    ),
    f"POST {_SECURITY}/passkey/terug": Call(
        _MANAGER, lambda w: {"passkey": w.ids("north", "passkey")[1]}
    ),
    f"POST {_SECURITY}/passkey/weg": Call(
        _MANAGER, lambda w: {"passkey": w.first("north", "passkey")}
    ),
    f"POST {_SECURITY}/codes": Call(_MANAGER),
    f"POST {_SECURITY}/codes/bewaard": Call(_MANAGER, lambda _: {"kept": "yes"}),
    "POST /formulieren/profiel": Call(
        _MANAGER,
        lambda w: {
            "email": w.emails[_MANAGER],
            "salutation": "mrs",
            "given_name": "Nora",
            "infix": "",
            "family_name": "Claes",
            "username": "nora.claes",
        },
    ),
    "POST /formulieren/profiel/annuleren": Call(_MANAGER),
    "POST /formulieren/profiel/code": Call(_MANAGER, refused="errors.email_not_verified"),
    "POST /formulieren/profiel/verifieren": Call(
        _MANAGER, lambda _: {"code": "123456"}, refused="errors.email_not_verified"
    ),
    f"POST {_OFFERED}/vragen": Call(
        _VISITOR, lambda w: {"code": w.codes["north.invitation.expired"]}, kept=("code",)
    ),
    f"POST {_OFFERED}/toevoegen": Call("nobody.candidate"),
    f"POST {_OFFERED}/vergeten": Call(_MANAGER),
    f"POST {_OFFERED}/ander-account": Call("north.contact"),
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
    "POST /formulieren/wachtwoord-wijzigen/activeren": Call(
        "north.appointed",
        lambda _: {
            "old_password": PASSWORD,
            "new_password": "Vlug-Water-77-Dak",
            "confirm_password": "Vlug-Water-77-Dak",
            "national_number": NUMBER,
        },
        refused="errors.national_number_of_another",  # what is drawn for a digest is nobody's
    ),
    f"POST {_FORGOTTEN}": Call(
        _VISITOR, lambda w: {"email": w.emails["north.user"]}, kept=("email",)
    ),
    f"POST {_FORGOTTEN}/intrekken": Call(
        _VISITOR, lambda w: {"code": w.codes["north.withdrawal"]}, kept=("code",)
    ),
    f"POST {_FORGOTTEN}/kiezen": Call(_VISITOR, refused="errors.email_not_verified"),
    f"POST {_FORGOTTEN}/verifieren": Call(
        _VISITOR, lambda _: {"code": "123456"}, refused="errors.email_not_verified"
    ),
    f"POST {_FORGOTTEN}/wijzigen": Call(_VISITOR),
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
        refused="errors.email_not_verified",  # by mail: tests/e2e walk that way
    ),
    f"POST {_REGISTER}/behouden": Call(_VISITOR),
    f"POST {_REGISTER}/code": Call(_VISITOR, lambda _: {"email": "nieuw@voorbeeld.example"}),
    f"POST {_REGISTER}/concept": Call(_VISITOR, lambda _: {"given_name": "Nora"}),
    f"POST {_REGISTER}/verifieren": Call(
        _VISITOR, lambda _: {"code": "123456"}, refused="errors.email_not_verified"
    ),
    f"POST {_REGISTER}/wijzigen": Call(_VISITOR),
}
"""By method and path; a route that is missing here fails the matrix."""
