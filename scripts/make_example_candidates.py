"""Make `docs/examples/candidates.xlsx` and `.csv`: 400 fictional candidates.

    python scripts/make_example_candidates.py [folder]

The file is the demo world's source and shows the format of `portal import candidates`. It
comes from a fixed seed and belongs to the demo clock, 2 March 2026: the same every time.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))


from portal_app.adapters.csv_writing import stream_csv
from portal_app.adapters.spreadsheets import Cell, Column, ColumnKind, Sheet
from portal_app.adapters.spreadsheets_writing import write_workbook
from portal_app.demo.journeys import SHARES, Enrolment, Go, Maker, Standing
from portal_app.demo.people import ORGANISATIONS, Person, make_person
from portal_app.demo.routes import DemoRoute, demo_routes
from portal_app.demo.world import world
from portal_app.languages import say
from portal_app.reading_candidate_words import (
    FIELDS,
    LINKED_VIA,
    RESULTS,
    SALUTATIONS,
    STEP_FIELDS,
    Field,
    StepField,
)

SEED = 20260302
TWO_ORGANISATIONS = 8
FOR_COLLEAGUES = ("VCA", "LOTO", "EXCEL")
VIAS = ("website", "website", "website", "registration_manager", "payment_code", "payment_code")
DATES = (Field.BIRTH_DATE, Field.LINKED_ON, Field.REGISTERED_ON, Field.VALID_UNTIL)
KINDS = (  # of steps, in the order of the columns
    "self_test",
    "e_learning",
    "theory_test",
    "practical_exam",
    "portfolio",
    "assessment",
    "attendance",
    "certificate",
)

Values = dict[str, Cell]


def main(folder: Path) -> None:
    """Write both files."""
    enrolments = sorted(make_enrolments(Random(SEED)), key=_order)  # noqa: S311  # not a secret
    rows = [values_of(enrolment) for enrolment in enrolments]
    columns = columns_of(rows)
    sheet = Sheet(
        "Kandidaten", columns, [[row.get(column.title) for column in columns] for row in rows]
    )
    folder.mkdir(parents=True, exist_ok=True)
    write_workbook(folder / "candidates.xlsx", [sheet])
    (folder / "candidates.csv").write_bytes(b"".join(stream_csv(sheet)))


def make_enrolments(random: Random) -> Iterator[Enrolment]:
    """Make every row: each organisation's routes, in the shares of the demo world."""
    routes = {route.code: route for route in demo_routes()}
    places = [
        (code, routes[route])
        for code, (_, counts) in ORGANISATIONS.items()
        for route, count in counts.items()
        for _ in range(count)
    ]
    people = make_people(places, random)
    standings = make_standings(len(places), random)
    for index, (code, route) in enumerate(places):
        maker = Maker(route, standings[index], random)
        links = [(code, random.choice(VIAS))]
        if index % (len(places) // TWO_ORGANISATIONS) == 0:
            others = [one.key for one in world().organisation if route.code in one.routes]
            links.append((random.choice([other for other in others if other != code]), ""))
        yield maker.enrolment(people[index], links, reference=f"{code}-{2300 + index * 7}")


def make_standings(count: int, random: Random) -> list[Standing]:
    """Deal out how the enrolments stand."""
    dealt = [one for one, share in SHARES.items() for _ in range(round(count * share / 100))]
    random.shuffle(dealt)
    return dealt


def make_people(places: Sequence[tuple[str, DemoRoute]], random: Random) -> list[Person]:
    """Give every row its person: trainings are for people who are on a route already."""
    people: list[Person] = []
    colleagues: dict[str, list[Person]] = {}
    emails: set[str] = set()
    for code, route in places:
        if route.code in FOR_COLLEAGUES:
            people.append(colleagues[code].pop(0))
            continue
        person = make_person(ORGANISATIONS[code][0], len(emails), emails, random)
        colleagues.setdefault(code, []).append(person)
        people.append(person)
    return people


def values_of(one: Enrolment) -> Values:
    """Say an enrolment in the columns of the file."""
    person = one.person
    values: Values = {
        title(Field.SALUTATION): SALUTATIONS[person.salutation][0],
        title(Field.GIVEN_NAME): person.given_name,
        title(Field.INFIX): person.infix or None,
        title(Field.FAMILY_NAME): person.family_name,
        title(Field.EMAIL): person.email,
        title(Field.BIRTH_DATE): person.birth_date,
        title(Field.ROUTE): one.route.name,
        title(Field.PROFILE): one.profile,
        title(Field.REFERENCE): one.reference or None,
        title(Field.REGISTERED_ON): one.registered_on,
        title(Field.VALID_UNTIL): one.valid_until,
    }
    for number, (code, via, linked_on) in enumerate(one.links, start=1):
        values[title(Field.ORGANISATION, number)] = code
        values[title(Field.LINKED_VIA, number)] = LINKED_VIA[via][0]
        values[title(Field.LINKED_ON, number)] = linked_on
    numbers: dict[str, int] = {}
    for go in one.goes:
        number = numbers[go.step.kind] = numbers.get(go.step.kind, 0) + 1
        values |= values_of_go(go, number)
    return values


def values_of_go(go: Go, number: int) -> Values:
    """Say an attempt in its three columns."""
    far = "" if go.percent is None else f" {go.percent}%"
    return {
        step_title(go.step.kind, StepField.RESULT, number): RESULTS[go.result][0] + far,
        step_title(go.step.kind, StepField.ON, number): go.on,
        step_title(go.step.kind, StepField.PLACE, number): go.place or None,
    }


def columns_of(rows: Sequence[Values]) -> list[Column]:
    """List the columns that are used, in the order of the format."""
    used = {title for row in rows for title, value in row.items() if value is not None}
    fields = [title(field, number) for number in (1, 2) for field in Field]
    first = [name for name in fields if not name.endswith("(2)")]
    steps = [
        step_title(kind, field, number)
        for kind in KINDS
        for number in (1, 2, 3)
        for field in StepField
    ]
    wanted = [*first, *(name for name in fields if name not in first), *steps]
    return [_column(name) for name in wanted if name in used]


def title(field: Field, number: int = 1) -> str:
    """Give the Dutch title of a column."""
    return FIELDS[field][0] + (f" ({number})" if number > 1 else "")


def step_title(kind: str, field: StepField, number: int) -> str:
    """Give the Dutch title of a column about a step."""
    name = f"{say(f'steps.kind_{kind}', 'nl')} {STEP_FIELDS[field][0]}"
    return name + (f" ({number})" if number > 1 else "")


def _column(name: str) -> Column:
    plain = name.removesuffix(" (2)").removesuffix(" (3)")
    is_date = plain.endswith(STEP_FIELDS[StepField.ON][0]) or plain in map(title, DATES)
    wide = {title(Field.EMAIL): 42.0, title(Field.PROFILE): 36.0, title(Field.ROUTE): 28.0}
    width = wide.get(plain, max(12.0, len(name) + 4))
    return Column(name, ColumnKind.DATE if is_date else ColumnKind.TEXT, width)


def _order(one: Enrolment) -> tuple[str, str, str]:
    return (one.links[0][0], one.route.code, one.person.email)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/examples"))
