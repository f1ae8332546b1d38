"""The letters that there are, and what each mentions. Data; `compose` writes them out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from portal_app.errors import Text

Value: TypeAlias = str | int | Text | date | datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter mentions: `values` openly, `secrets` sealed while it waits."""

    values: frozenset[str]
    secrets: frozenset[str]
    is_short_lived: bool  # of no use once the `minutes` that it mentions are over
    reply_to: str = ""  # which of these is the address that an answer goes to; none: the fund's

    def useful_for(self, values: Mapping[str, Value]) -> timedelta | None:
        """Tell after how long there is no use in sending this letter any more."""
        minutes = values.get("minutes")
        if self.is_short_lived and isinstance(minutes, int):
            return timedelta(minutes=minutes)
        return None


def _letter(
    values: str = "", secrets: str = "", *, is_short_lived: bool = False, reply_to: str = ""
) -> Letter:
    mentioned = (frozenset(values.split()), frozenset(secrets.split()))
    return Letter(*mentioned, is_short_lived, reply_to)


LETTERS: Mapping[str, Letter] = {
    "invitation": _letter("name company role inviter expires", "code"),
    "verification_code": _letter("purpose minutes", "code", is_short_lived=True),
    "account_exists": _letter(),
    "account_blocked": _letter("name at"),
    "account_unblocked": _letter("name at"),
    "email_changed": _letter("name email at"),
    "password_changed": _letter("name at device"),
    "factor_changed": _letter("name what at device"),
    "provided_password": _letter("name username expires", "password"),
    "activation_codes_sent": _letter("name number kind known", "timeline"),
    "company_account_name": _letter("name company username last"),
    "company_account_password": _letter("name last", "password"),
    "company_account_withdrawn": _letter("name company at"),
    "temporary_password": _letter("name lasts expires at device", "password withdrawal"),
    "invitation_redeemed": _letter("name person company role invited redeemed_by at overview"),
    "invitation_asked": _letter("name person company role public_id expired overview"),
    "eherkenning_proven": _letter("name company role level at"),
    "co_manager_joined": _letter("name person company level at"),
    "co_manager_asked": _letter("name person company level at"),
    "co_manager_waits": _letter("name number kind due", "timeline"),
    "co_manager_refused": _letter("name number kind company note", "timeline"),
    "access_ended": _letter("name company role by at"),
    "access_message": _letter("name company at", "sender email message", reply_to="email"),
    "access_review": _letter("name company why due overview"),
    "access_changed": _letter("name company role new_role by at"),
    "access_returned": _letter("name company role by at"),
    "access_suspended": _letter("name company role why by at"),
    "access_resumed": _letter("name company role by at"),
    "bank_account_waits": _letter("name company iban by at overview"),
    "bank_account_entered": _letter("name company iban by at overview"),
    "company_contact_changed": _letter("name company by at"),
    "bank_account_changed": _letter("name company iban by at"),
    "bank_account_refused": _letter("name company iban by at"),
    "candidate_unlinked": _letter("name company at"),
    "candidate_linked_again": _letter("name company at"),
    "application_received": _letter("name number kind due", "timeline"),
    "application_question": _letter("name number kind question note", "timeline"),
    "application_moved": _letter("name number kind what", "timeline"),
    "application_refused": _letter("name number kind reason note", "timeline"),
    "lost_factor_received": _letter("name number kind due", "timeline"),
    "factors_removed": _letter("name number kind", "timeline"),
    "address_told": _letter("name number kind known", "timeline"),
    "address_was_told": _letter("name number at reached"),
    "address_confirm": _letter("name number expires", "confirmation"),
    "access_given": _letter("name number kind company role", "timeline"),
    "address_confirmed": _letter("name number"),
    "address_will_change": _letter("name number at email"),
}


def checked(template: str, values: Mapping[str, Value], secrets: Mapping[str, str]) -> Letter:
    """Return a letter, or refuse one that cannot be written: its cause must fail, not the mail.

    Raises:
        ValueError: there is no such letter, or its values are not complete.
    """
    letter = LETTERS.get(template)
    if letter is None:
        message = f"There is no letter {template!r}."
        raise ValueError(message)
    for kind, wanted, given in (
        ("values", letter.values, values.keys()),
        ("secrets", letter.secrets, secrets.keys()),
    ):
        if wanted != frozenset(given):
            message = f"The {kind} of letter {template!r} are {sorted(wanted)}."
            raise ValueError(message)
    return letter


def write_values(values: Mapping[str, Value]) -> str:
    """Write values as JSON, so that they can wait for a reader's language."""
    return json.dumps(dict(values), default=_tagged, ensure_ascii=False, sort_keys=True)


def read_values(written: str) -> dict[str, Value]:
    """Read what `write_values` wrote."""
    return json.loads(written, object_hook=_untagged)


def _tagged(value: object) -> dict[str, object]:
    match value:
        case Text():
            return {"text": value.key, "with": dict(value.values)}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case _:
            message = f"A letter cannot mention a {type(value).__name__}."
            raise TypeError(message)


def _untagged(found: dict[str, Any]) -> Any:  # noqa: ANN401  # as json wants it
    if found.keys() == {"text", "with"}:
        return Text(found["text"], found["with"])
    if found.keys() == {"moment"}:
        return datetime.fromisoformat(found["moment"])
    if found.keys() == {"day"}:
        return date.fromisoformat(found["day"])
    return found
