"""Read which payment codes an address asks for, and write such an address again.

The page, its links and its downloads all speak this one language, so that a refresh, the
way back and a mailed link show the same codes. What cannot be read asks for nothing; only
a day that was typed wrong is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from portal_app.errors import Invalid, Text
from portal_app.reading import PAGE_SIZES, Reading, read_page_number, read_page_size
from portal_app.reading_dates import shown
from portal_app.reading_text import cleaned

PATH = "/betaalcodes"
"""The address of the list."""

_LONGEST_WORDS = 200
_LARGEST_ID = 2**31 - 1
_FLAT = "nee"


class CodeStatus(StrEnum):
    """What a code can still be used for, at this moment."""

    USABLE = "usable"
    USED = "used"
    INACTIVE = "inactive"
    EXPIRED = "expired"


class CodeOrder(StrEnum):
    """By what the list can be sorted: its columns (V-29)."""

    CODE = "code"
    ORGANISATION = "organisation"
    CONTACT = "contact"
    REFERENCE = "reference"
    CREATED = "created"
    USED = "used"
    USED_BY = "used_by"


STATUS_WORDS = {
    CodeStatus.USABLE: "te-gebruiken",
    CodeStatus.USED: "gebruikt",
    CodeStatus.INACTIVE: "inactief",
    CodeStatus.EXPIRED: "verlopen",
}
"""How the address says a status."""

_ORDER_WORDS = {
    CodeOrder.CODE: "betaalcode",
    CodeOrder.ORGANISATION: "organisatie",
    CodeOrder.CONTACT: "contactpersoon",
    CodeOrder.REFERENCE: "referentie",
    CodeOrder.CREATED: "aangemaakt",
    CodeOrder.USED: "gebruikt",
    CodeOrder.USED_BY: "gebruikt-door",
}
_STATUSES = {word: status for status, word in STATUS_WORDS.items()}
_ORDERS = {word: order for order, word in _ORDER_WORDS.items()}


@dataclass(frozen=True, slots=True)
class CodeFilter:
    """Which codes are wanted (V-27); every field narrows, and both days are included."""

    words: str = ""
    organisation_id: int | None = None
    profile: str = ""
    created_from: date | None = None
    created_to: date | None = None
    status: CodeStatus | None = None

    def query(self) -> dict[str, str]:
        """Write the filter as the query of an address; what narrows nothing is left out."""
        written = {
            "trefwoorden": self.words,
            "organisatie": "" if self.organisation_id is None else str(self.organisation_id),
            "profiel": self.profile,
            "van": shown(self.created_from) if self.created_from else "",
            "tot": shown(self.created_to) if self.created_to else "",
            "status": STATUS_WORDS[self.status] if self.status else "",
        }
        return {name: said for name, said in written.items() if said}


@dataclass(frozen=True, slots=True)
class CodeListing:
    """How the list is shown: which codes, in which order, which part of them."""

    wanted: CodeFilter = CodeFilter()
    order: CodeOrder = CodeOrder.CREATED
    descending: bool = True
    per_batch: bool = True
    page: int = 1
    size: int = PAGE_SIZES[0]
    mistakes: Mapping[str, Text] = field(default_factory=dict[str, Text])  # by field

    def query(self) -> dict[str, str]:
        """Write the listing as the query of an address; what goes without saying is left out."""
        usual = CodeListing()
        written = self.wanted.query()
        if (self.order, self.descending) != (usual.order, usual.descending):
            written["sortering"] = f"{'-' if self.descending else ''}{_ORDER_WORDS[self.order]}"
        if not self.per_batch:
            written["groepeer"] = _FLAT
        if self.size != usual.size:
            written["aantal"] = str(self.size)
        if self.page != usual.page:
            written["pagina"] = str(self.page)
        return written

    def sorted_by(self, order: CodeOrder) -> "CodeListing":
        """Sort by a column, from its first page; by the same column again turns it around."""
        turned = not self.descending if order is self.order else order is CodeOrder.CREATED
        return replace(self, order=order, descending=turned, page=1)


def read_code_filter(query: Mapping[str, str]) -> tuple[CodeFilter, Mapping[str, Text]]:
    """Read a filter out of an address, and what is wrong with its days, by field.

    A wrong day narrows nothing; of two days in the wrong order the last one does not.
    """
    mistakes: Mapping[str, Text] = {}
    reading = Reading(query)
    first, last = reading.period("van", "tot", label="payment_codes.created_to")
    try:
        reading.raise_if_wrong()
    except Invalid as wrong:
        mistakes = wrong.fields
    wanted = CodeFilter(
        cleaned(query.get("trefwoorden", ""))[:_LONGEST_WORDS],
        _read_id(query.get("organisatie", "")),
        cleaned(query.get("profiel", ""))[:_LONGEST_WORDS],
        first,
        None if "tot" in mistakes else last,
        _STATUSES.get(query.get("status", "")),
    )
    return wanted, mistakes


def read_code_listing(query: Mapping[str, str]) -> CodeListing:
    """Read out of an address how the list is to be shown."""
    wanted, mistakes = read_code_filter(query)
    sorting = query.get("sortering", "")
    order = _ORDERS.get(sorting.removeprefix("-"))
    usual = CodeListing()
    return CodeListing(
        wanted,
        order or usual.order,
        sorting.startswith("-") if order else usual.descending,
        query.get("groepeer") != _FLAT,
        read_page_number(query.get("pagina", "")),
        read_page_size(query.get("aantal", "")),
        mistakes,
    )


def _read_id(typed: str) -> int | None:
    if not (typed.isascii() and typed.isdigit()) or len(typed) > len(str(_LARGEST_ID)):
        return None
    return min(int(typed), _LARGEST_ID)
