"""Puts a sentinel in every text of every row, and a number that betrays whose it is.

A column that is added joins by itself. One whose text must have a shape stands in `SHAPES`;
one that says nothing of anybody stands in `LEFT`, with why.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Column, String, Table, inspect
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from portal_app.adapters import codes
from portal_app.applications import ApplicationKind
from portal_app.models import Account, PaymentCode, Person
from portal_app.names import folded, name_of
from tests import factories
from tests.security.isolation.sentinels import WORD_LENGTH, Ledger, Stamp

RANGES = {"north": 1, "south": 5, "fund": 7, "shared": 8, "nobody": 9}
"""The numbers of an organisation's rows begin with this digit, and have nine."""

KINDS = {
    "organisation": "organisation",
    "organisation_capacity": "organisation",
    "company_change": "organisation",
    "bank_account": "bank account",
    "organisation_code": "organisation",
    "organisation_code_route": "organisation",
    "access_grant": "access",
    "access_review": "access",
    "review_item": "access",
    "invitation": "invitation",
    "account": "account",
    "browser_session": "security",
    "email_challenge": "security",
    "eherkenning_proof": "security",
    "eherkenning_try": "security",
    "password_reset": "security",
    "authenticator_app": "security",
    "recovery_code": "security",
    "passkey": "security",
    "passkey_challenge": "security",
    "outbox_mail": "mail",
    "code_batch": "codes",
    "payment_code": "codes",
    "enrolment": "candidates",
    "attempt": "candidates",
    "organisation_link": "candidates",
    "progress_row": "candidates",
    "audit_event": "audit",
    "application": "application",
    "application_event": "application",
}
"""What kind of thing a table holds; people are candidates or colleagues, as the world says."""

LEFT = {
    "route.code": "the fund's catalogue is for everybody",
    "route.name": "idem",
    "route.quality_scheme_url": "idem",
    "profile.name": "idem",
    "step.name": "idem",
    "person.name_sort": "made from the name",
    "progress_row.name_sort": "the projection is made from its sources",
    "progress_row.display_name": "idem",
    "progress_row.email": "idem",
    "progress_row.reference": "idem",
    "progress_row.next_place": "idem",
    "progress_row.search": "idem",
    "payment_code.search": "made from the code and its batch",
    "account.username_folded": "made from the username",
    "account.locale": "a language",
    "account.password_hash": "the password of the tests, to sign in with",
    "account.temporary_hash": "idem",
    "access_grant.capacity": "a word of the brand",
    "access_grant.ended_reason": "a word of ours, by which it may be given back",
    "organisation_capacity.capacity": "idem",
    "bank_account.ended_why": "a word of ours; with it an account has ended",
    "organisation_capacity.parameters": "JSON of words of ours, until managers write in it",
    "invitation.capacity": "idem",
    "invitation.locale": "a language",
    "browser_session.ended_reason": "a word of ours; with it a session has ended",
    "application.locale": "a language",
    "application.name_sort": "made from the name",
    "application_event.reason": "a word of ours",
    "application_event.public_note": "whoever holds the mailed key reads it",
    "outbox_mail.template": "a name of ours",
    "outbox_mail.locale": "a language",
    "outbox_mail.about": "a name of ours",
    "audit_event.actor": "a word of ours",
    "audit_event.action": "a word of ours",
    "audit_event.about": "a name of ours",
}

_Shape = Callable[[Ledger, Stamp, Any], str]


def _known(value: Callable[[], str]) -> _Shape:
    return lambda ledger, stamp, _: ledger.keep(value(), stamp)


def _payment_code(ledger: Ledger, stamp: Stamp) -> str:
    """Draw a code of which the end is known too: lists show no more of it."""
    code = codes.payment_code()
    while (end := code.rpartition("-")[2]).isalpha() or end.isdigit():
        code = codes.payment_code()
    ledger.keep(end, stamp)
    return ledger.keep(code, stamp)


def _application(ledger: Ledger, stamp: Stamp, payload: str) -> str:
    """Put a word in every text of an application that is free to hold one."""
    held = json.loads(payload)
    shaping = ("organisation_id", "role", "capacity", "proof_id")
    kept = {name: held[name] for name in shaping if name in held}
    shaped = {"trade_register": "kbo", "number": ledger.digits(10, stamp), **kept}
    return json.dumps(
        {
            name: shaped.get(name)
            or f"{ledger.word(stamp)}{'@nieuw.example' if name.endswith('email') else ''}"
            for name in held
        }
    )


def _iban(ledger: Ledger, stamp: Stamp) -> str:
    """Draw a number of which the bank is known too: pages group it by four."""
    return ledger.keep(f"NL91{ledger.capitals(4, stamp)}0417164300", stamp)


SHAPES: dict[str, _Shape] = {
    "organisation.number": lambda ledger, stamp, _: ledger.digits(8, stamp),
    "organisation.unit": lambda ledger, stamp, _: ledger.digits(12, stamp),
    "organisation.rsin": lambda ledger, stamp, _: ledger.digits(9, stamp),
    "eherkenning_proof.subject": lambda ledger, stamp, _: ledger.digits(8, stamp),
    "eherkenning_proof.branch": lambda ledger, stamp, _: ledger.digits(12, stamp),
    "eherkenning_try.reference": _known(codes.try_reference),
    "eherkenning_try.subject": lambda ledger, stamp, _: ledger.digits(8, stamp),
    "eherkenning_try.branch": lambda ledger, stamp, _: ledger.digits(12, stamp),
    "bank_account.iban": lambda ledger, stamp, _: _iban(ledger, stamp),
    "organisation_code.code": lambda ledger, stamp, _: ledger.capitals(3, stamp),
    # A question about a proof is found by the number of its company.
    "application.company_number": lambda ledger, stamp, row: (
        row.company_number if row.kind is ApplicationKind.CO_MANAGER else ledger.digits(8, stamp)
    ),
    "application.number": lambda ledger, stamp, row: ledger.keep(row.number, stamp),
    "application.payload": lambda ledger, stamp, row: _application(ledger, stamp, row.payload),
    "invitation.public_id": lambda ledger, stamp, row: ledger.keep(row.public_id, stamp),
    "invitation.code_digest": lambda ledger, stamp, row: ledger.keep(row.code_digest, stamp),
    "browser_session.token_digest": lambda ledger, stamp, row: ledger.keep(row.token_digest, stamp),
    "authenticator_app.secret": lambda ledger, stamp, row: ledger.keep(row.secret, stamp),
    "passkey.credential_id": lambda ledger, stamp, row: ledger.keep(row.credential_id, stamp),
    "recovery_code.digest": lambda ledger, stamp, row: ledger.keep(row.digest, stamp),
    "password_reset.withdrawal_digest": lambda ledger, stamp, row: ledger.keep(
        row.withdrawal_digest, stamp
    ),
    "code_batch.number": _known(codes.batch_number),
    "payment_code.code": lambda ledger, stamp, _: _payment_code(ledger, stamp),
    "outbox_mail.values": lambda ledger, stamp, _: json.dumps({"name": ledger.word(stamp)}),
    "audit_event.details": lambda ledger, stamp, _: json.dumps({"name": ledger.word(stamp)}),
    "browser_session.draft": lambda ledger, stamp, _: json.dumps(
        {"given_name": ledger.word(stamp)}
    ),
}


@dataclass(slots=True)
class Owner:
    """For whom rows are being written."""

    name: str
    people: str = "colleagues"
    persona: str = ""


class Stamping:
    """Finishes the rows that the factories write, while a world is made."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.ids: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.own: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self._owner: Owner | None = None

    @contextmanager
    def of(self, owner: str, *, people: str = "colleagues", persona: str = "") -> Iterator[None]:
        """Write the rows of `owner` for as long as the block lasts."""
        before, self._owner = self._owner, Owner(owner, people, persona)
        try:
            with factories.finishing(self.finish) if before is None else nullcontext():
                yield
        finally:
            self._owner = before

    def finish(self, row: SQLModel) -> None:
        """Number a row and fill its texts."""
        table = cast("Table", inspect(type(row)).local_table)
        self._number(row, table)
        for column in table.columns:
            name = f"{table.name}.{column.name}"
            if is_text(column) and name not in LEFT:
                setattr(row, column.name, self._text(column, name, row))
        _derive(row)

    def _number(self, row: Any, table: Table) -> None:  # any table
        if "id" not in table.columns:
            return
        if table.name not in ("route", "profile", "step"):
            row.id = self._new_number()
            self.ledger.keep(str(row.id), self.stamp(table.name, "id"))
        self.ids[self._owner.name, table.name].append(row.id)
        self.own[self._owner.persona].add((table.name, row.id))

    def _new_number(self) -> int:
        first = RANGES[self._owner.name] * 100_000_000
        return first + self.ledger.random.randrange(100_000_000)

    def _text(self, column: Column[Any], name: str, row: SQLModel) -> str:
        stamp = self.stamp(*name.split("."))
        if name in SHAPES:
            return SHAPES[name](self.ledger, stamp, row)
        word = self.ledger.word(stamp)
        if column.name in ("email", "to"):
            return f"{word}@voorbeeld.example"
        if (column.type.length or WORD_LENGTH) < WORD_LENGTH:
            message = f"{name} is too short for a sentinel: give it a shape in SHAPES."
            raise AssertionError(message)
        return word.capitalize() if column.name.endswith("name") else word

    def stamp(self, table: str, column: str) -> Stamp:
        """Say whose a value of the rows being written is."""
        kind = KINDS.get(table) or self._owner.people
        return Stamp(self._owner.name, kind, f"{table}.{column}", self._owner.persona)


def is_text(column: Column[Any]) -> bool:
    """Tell whether a column holds text that somebody could have written."""
    return isinstance(column.type, String | AutoString)


def _derive(row: SQLModel) -> None:
    match row:
        case Person():
            row.name_sort = name_of(row).name_sort
        case Account():
            row.username_folded = row.username.casefold() if row.username else None
        case PaymentCode():
            row.search = folded(f"{row.code} {row.code.replace('-', '')}")
        case _:
            pass
