"""For every use case and route about a company's data: somebody who may do it, with what."""

from collections.abc import Mapping
from typing import Any

from portal_app.services.company_data import CompanyAddress
from tests.security.isolation.right_portal import Call
from tests.security.isolation.rights import Right
from tests.security.isolation.written import World

_CONTACT, _STAFF = "north.contact", "fund.staff"
_FORMS = "POST /formulieren/bedrijf"
_IBAN = "BE68539007547034"


def branch_of(world: World) -> int:
    """Return the branch of NORTH whose account waits, which nobody of NORTH serves."""
    return world.ids("north", "organisation")[1]


def _north(world: World, **more: Any) -> Mapping[str, Any]:
    return {"organisation_id": world.organisation("north"), **more}


def _form(**fields: str) -> Any:
    return lambda w: {"organisation": str(w.organisation("north")), "version": "0", **fields}


def _waiting(world: World) -> Mapping[str, Any]:
    return {"account_id": world.ids("north", "bank_account")[1]}


RIGHT_COMPANY_DATA: dict[str, Right] = {
    "bank_accounts.accounts": Right(_CONTACT, _north),
    "bank_accounts.check": Right(
        _CONTACT,
        lambda w: _north(w, iban=_IBAN, holder="Noord BV", version=0),
        answers_nothing="it refuses, or lets the person go on",
    ),
    "bank_accounts.confirm": Right(_STAFF, _waiting),
    "bank_accounts.drop": Right(_STAFF, _waiting),
    "bank_accounts.enter": Right(
        _CONTACT, lambda w: _north(w, iban=_IBAN, holder="Noord BV", version=0)
    ),
    "company_data.change": Right(
        _CONTACT, lambda w: _north(w, wanted=CompanyAddress("Kade 1", "9000", "Gent"), version=0)
    ),
    "company_data.overview": Right(_CONTACT, _north),
    "company_data.seen": Right(_CONTACT),
}

COMPANY_CALLS: dict[str, Call] = {
    f"{_FORMS}/naam": Call(_CONTACT, _form(name="Noord BV")),
    f"{_FORMS}/adres": Call(_CONTACT, _form(street="Kade 1", postal_code="9000", town="Gent")),
    f"{_FORMS}/contact": Call(
        _CONTACT, _form(phone="02 555 01 00", email="info@voorbeeld.example", website="noord.be")
    ),
    f"{_FORMS}/rekening": Call(_CONTACT, _form(iban=_IBAN, holder="Noord BV")),
    f"{_FORMS}/rekening/controleren": Call(_CONTACT, _form(iban=_IBAN, holder="Noord BV")),
    f"{_FORMS}/rekening/aanpassen": Call(_CONTACT, _form(iban=_IBAN, holder="Noord BV")),
}
