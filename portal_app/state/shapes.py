"""What the building blocks of a page are given: small records of text and numbers.

A state fills them, a component draws them; neither knows the other. Labels are keys of the
catalogues (`*_key`), so that they follow the reader's language.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from portal_app.errors import Text, Value

MISTAKES = "mistakes"
"""The id of the summary of mistakes: return `rx.set_focus(MISTAKES)` when a form is refused."""

_BESIDE = 1  # pages shown on each side of the one being read


@dataclass(frozen=True, slots=True)
class NavLink:
    """A place at the top of the page."""

    label_key: str
    href: str
    path: str  # the address without its query, to tell which one is being read


@dataclass(frozen=True, slots=True)
class OrganisationChoice:
    """An organisation that the person may switch to."""

    name: str
    code: str
    detail: Text | str  # what sets two of the same name apart: province, number
    href: str
    role_keys: list[str] = field(default_factory=list[str])  # what one is there
    current: bool = False


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with one field; `values` go in the sentence under `key`."""

    control: str  # its id
    key: str
    values: Mapping[str, Value] = field(default_factory=dict[str, Value])


@dataclass(frozen=True, slots=True)
class TabLink:
    """A tab with its address; `label` is a name from the data, else `label_key` says it."""

    href: str
    count: int = 0
    selected: bool = False
    label: str = ""
    label_key: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set; its address is the list without it."""

    label_key: str
    value: Text | str
    href: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page in the pager; number 0 is the gap between two of them."""

    number: int
    href: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class SizeLink:
    """How many rows a page may show."""

    size: int
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in a select whose choices come from the data."""

    value: str
    label: Text | str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a stacked bar; `share` is a whole percentage of the bar."""

    kind: str  # ok, bad, info, idle, past or brand
    share: int
    href: str = ""
    sentence: Text | str = ""  # what a link says: 'Theorietoets: 9 kandidaten, herkansing nodig'


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart."""

    label: Text | str
    figure: str  # at the end of the row, such as '58%'
    sentence: Text | str  # the whole row in words
    segments: list[Segment]


@dataclass(frozen=True, slots=True)
class Month:
    """A column of the month chart."""

    label: Text | str
    count: int
    share: int  # of the highest column, a whole percentage
    sentence: Text | str
    soon: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of a timeline; `when` is a date or moment in ISO form, or empty."""

    state: str  # one of the seven step states
    title: str
    detail: str = ""
    when: str = ""


def mistakes_of(wrong: Mapping[str, Text]) -> list[Mistake]:
    """List what is wrong with fields, for the summary above their form."""
    return [Mistake(name, text.key, text.values) for name, text in wrong.items()]


def page_links(page: int, pages: int, href: Callable[[int], str]) -> list[PageLink]:
    """List the pages to offer: the first, the last, and those around the one being read."""
    near = {1, pages, *range(page - _BESIDE, page + _BESIDE + 1)}
    links: list[PageLink] = []
    for number in sorted(n for n in near if 1 <= n <= pages):
        if links and number > links[-1].number + 1:
            links.append(PageLink(0))
        links.append(PageLink(number, href(number), current=number == page))
    return links


@dataclass(frozen=True, slots=True)
class MailLine:
    """A mail in the inbox of demo mode."""

    recipient: str
    subject: str
    arrived_at: str  # moment in ISO form
    href: str
    is_read: bool = False
