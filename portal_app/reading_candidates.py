"""Reading a file of candidates: every row at once, with every mistake in plain words.

The file has one row per candidate and profile. What a row tells more than once (attempts
at a step, organisations that follow the candidate) stands in numbered columns: 'Theorietoets
resultaat', 'Theorietoets resultaat (2)'. `docs/decisions/0008-candidates-file.md` says why.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from portal_app.errors import Text
from portal_app.reading_candidate_cells import Cell, CellReader, Mistake, folded, listed
from portal_app.reading_candidate_steps import ImportedAttempt, KnownRoute, read_attempts
from portal_app.reading_candidate_titles import Layout, lay_out
from portal_app.reading_candidate_words import LINKED_VIA, SALUTATIONS, Field
from portal_app.reading_dates import shown

LONGEST = MappingProxyType(
    {
        Field.GIVEN_NAME: 100,
        Field.INFIX: 40,
        Field.FAMILY_NAME: 100,
        Field.EMAIL: 254,
        Field.REFERENCE: 80,
    }
)


@dataclass(frozen=True, slots=True)
class ImportedLink:
    """An organisation that follows the candidate, how and since when."""

    organisation_code: str
    via: str
    linked_on: date


@dataclass(frozen=True, slots=True)
class ImportedCandidate:
    """One row: a candidate on a route, in a profile."""

    row: int
    salutation: str
    given_name: str
    infix: str
    family_name: str
    email: str
    birth_date: date | None
    links: tuple[ImportedLink, ...]
    route_code: str
    profile: str
    reference: str
    registered_on: date
    valid_until: date | None
    attempts: tuple[ImportedAttempt, ...]


@dataclass(frozen=True, slots=True)
class ParsedImport:
    """What a file holds; with even one mistake, nothing of it should be kept."""

    rows: tuple[ImportedCandidate, ...]
    mistakes: tuple[Mistake, ...]
    layout: Layout


def read_candidates(
    titles: Sequence[str],
    rows: Iterable[tuple[int, Mapping[str, Cell]]],
    *,
    routes: Sequence[KnownRoute],
    organisation_codes: Mapping[str, Collection[str]],
    today: date,
) -> ParsedImport:
    """Read the rows of a file; a row with a mistake is left out, and so told.

    `organisation_codes` gives the codes of organisations, each with the codes of the routes
    for which it is active.

    Unknown or missing columns are told first, and then no row is read: every row would
    repeat them.
    """
    mistakes: list[Mistake] = []
    names = {name for route in routes for step in route.steps for name in step.names}
    layout = lay_out(titles, names, mistakes)
    if mistakes:
        return ParsedImport((), tuple(mistakes), layout)
    known = _Known(layout, routes, organisation_codes)
    found: list[ImportedCandidate] = []
    for number, cells in rows:
        reader = CellReader(number, cells, today, mistakes)
        if candidate := known.candidate(reader):
            found.append(candidate)
    mistakes.extend(_contradictions(found, layout))
    mistakes.sort(key=lambda mistake: mistake.row or 0)
    return ParsedImport(tuple(found), tuple(mistakes), layout)


class _Known:
    """What the portal knows, against which every row is held."""

    def __init__(
        self,
        layout: Layout,
        routes: Sequence[KnownRoute],
        organisation_codes: Mapping[str, Collection[str]],
    ) -> None:
        self._layout = layout
        self._routes = {
            folded(word): route for route in routes for word in (route.name, route.code)
        }
        self._route_names = [route.name for route in routes]
        self._codes = organisation_codes

    def candidate(self, cells: CellReader) -> ImportedCandidate | None:
        """Read a whole row, so that all its mistakes are told at once."""
        title = self._layout.title
        before = cells.mistakes_so_far
        registered_on = cells.needed_day(title(Field.REGISTERED_ON))
        route = self._route(cells)
        candidate = ImportedCandidate(
            row=cells.row,
            salutation=cells.choice(title(Field.SALUTATION), SALUTATIONS) or "",
            given_name=self._text(cells, Field.GIVEN_NAME, needed=True),
            infix=self._text(cells, Field.INFIX),
            family_name=self._text(cells, Field.FAMILY_NAME, needed=True),
            email=cells.email(title(Field.EMAIL), longest=LONGEST[Field.EMAIL]),
            birth_date=cells.day(title(Field.BIRTH_DATE)),
            links=tuple(self._links(cells, route, registered_on)),
            route_code=route.code if route else "",
            profile=self._profile(cells, route) if route else "",
            reference=self._text(cells, Field.REFERENCE),
            registered_on=registered_on or cells.today,
            valid_until=self._valid_until(cells, registered_on),
            attempts=self._attempts(cells, route, registered_on),
        )
        return candidate if cells.mistakes_so_far == before else None

    def _text(self, cells: CellReader, field: Field, *, needed: bool = False) -> str:
        return cells.text(self._layout.title(field), longest=LONGEST[field], needed=needed)

    def _route(self, cells: CellReader) -> KnownRoute | None:
        title = self._layout.title(Field.ROUTE) or ""
        name = cells.text(title, longest=120, needed=True)
        route = self._routes.get(folded(name))
        if name and route is None:
            cells.wrong(title, "not_a_choice", value=name, choices=listed(self._route_names))
        return route

    def _profile(self, cells: CellReader, route: KnownRoute) -> str:
        title = self._layout.title(Field.PROFILE)
        name = cells.text(title, longest=120)
        if not name and len(route.profiles) == 1:
            return route.profiles[0]
        for profile in route.profiles:
            if folded(profile) == folded(name):
                return profile
        entry = "profile_unknown" if name else "profile_empty"
        choices = listed(route.profiles)
        cells.wrong(title or "Profiel", entry, value=name, route=route.name, choices=choices)
        return ""

    def _valid_until(self, cells: CellReader, registered_on: date | None) -> date | None:
        title = self._layout.title(Field.VALID_UNTIL)
        until = cells.day(title, may_be_future=True)
        if title and until and registered_on and until < registered_on:
            cells.wrong(title, "before_registration", day=shown(registered_on))
        return until

    def _links(
        self, cells: CellReader, route: KnownRoute | None, registered_on: date | None
    ) -> Iterator[ImportedLink]:
        seen: set[str] = set()
        for number in self._layout.link_numbers():
            titles = [
                self._layout.title(field, number)
                for field in (Field.ORGANISATION, Field.LINKED_VIA, Field.LINKED_ON)
            ]
            code = cells.text(titles[0], longest=80).upper()
            via = cells.choice(titles[1], LINKED_VIA)
            linked_on = cells.day(titles[2])
            shown = next(title for title in titles if title)
            if not code:
                if any(map(cells.is_filled, titles)):
                    cells.wrong(titles[0] or shown, "organisation_empty")
            elif code not in self._codes:
                cells.wrong(shown, "organisation_unknown", value=code)
            elif route and route.code not in self._codes[code]:
                cells.wrong(shown, "organisation_other_route", value=code, route=route.name)
            elif code in seen:
                cells.wrong(shown, "organisation_twice", value=code)
            else:
                seen.add(code)
                yield ImportedLink(code, via or "import", linked_on or registered_on or cells.today)

    def _attempts(
        self, cells: CellReader, route: KnownRoute | None, registered_on: date | None
    ) -> tuple[ImportedAttempt, ...]:
        if route is None:
            return ()
        return tuple(read_attempts(cells, self._layout, route, registered_on))


def _contradictions(found: Sequence[ImportedCandidate], layout: Layout) -> Iterator[Mistake]:
    """Compare the rows: an enrolment stands once, and one address is one person."""
    enrolments: dict[tuple[str, str, str], ImportedCandidate] = {}
    people: dict[str, ImportedCandidate] = {}
    for one in found:
        same = enrolments.setdefault((one.email, one.route_code, one.profile), one)
        person = people.setdefault(one.email, one)
        if same is not one:
            yield _contradiction(one, layout, "enrolment_twice", same)
        elif _who(person) != _who(one):
            yield _contradiction(one, layout, "another_person", person)


def _contradiction(
    one: ImportedCandidate, layout: Layout, entry: str, other: ImportedCandidate
) -> Mistake:
    text = Text(f"candidate_import.{entry}", {"row": str(other.row), "email": one.email})
    return Mistake(one.row, layout.title(Field.EMAIL) or "", text)


def _who(one: ImportedCandidate) -> tuple[str, str, str, date | None]:
    return (one.given_name, one.infix, one.family_name, one.birth_date)
