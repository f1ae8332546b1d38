"""Read a whole form and collect every mistake, so that people hear all of them at once."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TypeVar

from portal_app.errors import Invalid, Text
from portal_app.reading_contact import read_email, read_optional_phone, read_phone, read_username
from portal_app.reading_dates import read_birth_date, read_day, read_optional_day, shown
from portal_app.reading_text import (
    LONGEST_TEXT,
    Misread,
    cleaned,
    read_lines,
    read_optional_text,
    read_text,
)

PAGE_SIZES = (25, 50, 100)
LAST_PAGE = 100_000
_LONGEST_SEARCH = 100

Value = TypeVar("Value")


class Reading:
    """What was typed in a form, read field by field.

    A field with a mistake is read as an empty value: use nothing before `raise_if_wrong`.
    """

    def __init__(self, form: Mapping[str, str]) -> None:
        self._form = form
        self._wrong: dict[str, Text] = {}

    def read(self, field: str, reader: Callable[[str], Value], otherwise: Value) -> Value:
        """Read `field` with any reader; `otherwise` stands in for what cannot be read."""
        try:
            return reader(self.typed(field))
        except Misread as misread:
            self.refuse(field, misread.text)
            return otherwise

    def typed(self, field: str) -> str:
        """Return what was typed, as it is; nothing for a field that was not sent."""
        return self._form.get(field, "")

    def refuse(self, field: str, why: Text) -> None:
        """Note a mistake; the first one of a field is the one that is told."""
        self._wrong.setdefault(field, why)

    @property
    def mistakes(self) -> dict[str, Text]:
        """Every mistake that was found, by field."""
        return dict(self._wrong)

    def raise_if_wrong(self) -> None:
        """Raise Invalid with every mistake that was found."""
        if self._wrong:
            raise Invalid(self._wrong)

    def text(self, field: str, *, empty: str, longest: int = LONGEST_TEXT) -> str:
        """Read a text that must be there; `empty` is the key of the sentence when it is not."""
        return self.read(field, lambda typed: read_text(typed, empty=empty, longest=longest), "")

    def optional_text(self, field: str, *, longest: int = LONGEST_TEXT) -> str:
        """Read a text that may be left empty."""
        return self.read(field, lambda typed: read_optional_text(typed, longest=longest), "")

    def lines(self, field: str, *, empty: str, longest: int) -> str:
        """Read a text of several lines that must be there."""
        return self.read(field, lambda typed: read_lines(typed, empty=empty, longest=longest), "")

    def email(self, field: str, *, empty: str = "errors.email_empty") -> str:
        """Read an e-mail address; `empty` is the key of the sentence when there is none."""
        return self.read(field, lambda typed: read_email(typed, empty=empty), "")

    def phone(self, field: str) -> str:
        """Read a phone number as E.164."""
        return self.read(field, read_phone, "")

    def optional_phone(self, field: str) -> str:
        """Read a phone number as E.164; it may be left empty."""
        return self.read(field, read_optional_phone, "")

    def username(self, field: str, *, own_email: str | None = None) -> str:
        """Read a user name; an @ only in the person's own verified e-mail address."""
        return self.read(field, lambda typed: read_username(typed, own_email=own_email), "")

    def day(self, field: str) -> date:
        """Read a date that must be there."""
        return self.read(field, read_day, date.min)

    def optional_day(self, field: str) -> date | None:
        """Read a date that may be left empty."""
        return self.read(field, read_optional_day, None)

    def period(self, first: str, last: str, *, label: str) -> tuple[date | None, date | None]:
        """Read two dates, both included; `label` is the key of the last one's label."""
        start, end = self.optional_day(first), self.optional_day(last)
        if start and end and end < start:
            self.refuse(
                last, Text("errors.date_order", {"field": Text(label), "date": shown(start)})
            )
        return start, end

    def birth_date(self, field: str, *, today: date) -> date:
        """Read the three lists `<field>_day`, `<field>_month` and `<field>_year`."""
        day, month, year = (self.typed(f"{field}_{part}") for part in ("day", "month", "year"))
        return self.read(field, lambda _: read_birth_date(day, month, year, today=today), date.min)

    def choice(self, field: str, allowed: Collection[str], *, empty: str) -> str:
        """Read a choice; `empty` is the sentence when none of the allowed ones was made."""
        chosen = cleaned(self.typed(field))
        if chosen in allowed:
            return chosen
        self.refuse(field, Text(empty))
        return ""


def read_page_number(typed: str) -> int:
    """Read a page number out of an address; anything else is the first page."""
    text = cleaned(typed)
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(LAST_PAGE)):
        return 1
    return min(max(int(text), 1), LAST_PAGE)


def read_page_size(typed: str) -> int:
    """Read a page size out of an address; anything else is the smallest."""
    text = cleaned(typed)
    return next((size for size in PAGE_SIZES if text == str(size)), PAGE_SIZES[0])


def read_search(typed: str) -> str:
    """Read the words that somebody looks for, typed in a form or in an address."""
    return typed.strip()[:_LONGEST_SEARCH]
