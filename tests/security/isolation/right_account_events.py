"""For every handler of the list of company accounts: somebody who may call it, with arguments."""

from collections.abc import Mapping
from typing import Any

from tests.security.isolation.right_portal import Event
from tests.security.isolation.written import World

_STAFF, _ACCOUNTS = "fund.staff", "/beheer/accounts"


def _waiting(world: World) -> Mapping[str, Any]:
    return {"account": world.first("north", "company_account")}


ACCOUNT_EVENTS: dict[str, Event] = {
    "CompanyAccountListState.ask_for_codes": Event(_STAFF, _ACCOUNTS, _waiting),
    "CompanyAccountListState.ask_to_withdraw": Event(_STAFF, _ACCOUNTS, _waiting),
    "CompanyAccountListState.keep": Event(_STAFF, _ACCOUNTS),
    "CompanyAccountListState.load": Event(_STAFF, f"{_ACCOUNTS}?tab=wacht&zoek="),
    "CompanyAccountListState.new_codes": Event(
        _STAFF, _ACCOUNTS, before=(("CompanyAccountListState.ask_for_codes", _waiting),)
    ),
    "CompanyAccountListState.search": Event(_STAFF, _ACCOUNTS, lambda _: {"form": {"zoek": "x"}}),
    "CompanyAccountListState.sort": Event(_STAFF, _ACCOUNTS, lambda _: {"column": "company"}),
    "CompanyAccountListState.withdraw": Event(
        _STAFF, _ACCOUNTS, before=(("CompanyAccountListState.ask_to_withdraw", _waiting),)
    ),
}
