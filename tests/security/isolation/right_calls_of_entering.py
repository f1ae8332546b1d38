"""As `right_calls`, for the form with which staff enter an application, of each of its kinds."""

from collections.abc import Mapping
from typing import Any

from tests.factories.people import TRAINING_PROVIDER
from tests.security.isolation.right_accounts import NUMBER
from tests.security.isolation.right_portal import Call
from tests.security.isolation.written import World

_STAFF = "fund.staff"
_NEL = {
    "given_name": "Nel",
    "family_name": "Claes",
    "national_number": NUMBER,
    "email": "nel@thuis.example",
    "locale": "fr",
}
_PHONE = "02 555 01 00"


def _caller(world: World, who: str) -> Mapping[str, Any]:
    return {"person": str(world.people[who].key)}


def _company(world: World, who: str) -> Mapping[str, Any]:
    asked = {"organisation": str(world.organisation("north")), "why": "Nodig."}
    return {**_caller(world, who), **asked}


def _for(who: str, kind: str, **more: str) -> Call:
    """Return what is posted for a caller, of whom staff established before that they call."""
    about = _caller if kind == "lost_factor" else _company
    answered = {"asked_email": "yes", "asked_company": "yes"}
    return Call(
        _STAFF,
        lambda w: {"kind": kind, **about(w, who), **more},
        before=(
            (
                "POST /formulieren/beheer/telefoon/vastgesteld",
                lambda w: {**_caller(w, who), **answered},
            ),
        ),
    )


ENTERING = Call(
    _STAFF,
    lambda _: {"kind": "address_changed", **_NEL, "new_email": "nel@nieuw.example"},
    others=(
        Call(_STAFF, lambda _: {"kind": "address_forgotten", **_NEL, "phone": _PHONE}),
        Call(
            _STAFF,
            lambda _: {
                "kind": "activation_codes",
                "by": "zelf",
                "company_number": "1999000249",
                **_NEL,
                "phone": _PHONE,
            },
        ),
        Call(
            _STAFF,
            lambda _: {
                "kind": "access",
                "register": "kbo",
                "enterprise_number": "1999.000.249",
                "province": "Limburg",
                "company": "Nieuw BV",
                "street": "Straat 1",
                "postal_code": "3500",
                "town": "Hasselt",
                "given_name": "Nel",
                "family_name": "Claes",
                "position": "zaakvoerder",
                "email": "nel@thuis.example",
                "phone": _PHONE,
                "direct_phone": "",
                "locale": "fr",
            },
        ),
        _for("north.manager", "lost_factor", phone=_PHONE, national_number=NUMBER),
        _for("north.contact", "role", role="registration_manager"),
        _for("north.main", "capacity", capacity=TRAINING_PROVIDER),
    ),
)
