"""Finding the people of a candidates' file among those who are known, or making them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import islice
from typing import Self, TypeVar

from sqlalchemy import insert
from sqlmodel import col, select

from portal_app.errors import Text
from portal_app.models import Account, OrganisationCode, OrganisationLink, Person, Salutation
from portal_app.names import folded, name_of
from portal_app.reading_candidate_cells import Mistake
from portal_app.reading_candidate_words import FIELDS, Field
from portal_app.reading_candidates import ImportedCandidate, ParsedImport
from portal_app.unit_of_work import Work

T = TypeVar("T")
_AT_ONCE = 500


class People:
    """The people of a file, by e-mail address."""

    def __init__(self, known: dict[str, Person], with_account: frozenset[int]) -> None:
        self._known = known
        self._with_account = with_account
        self._settled: set[str] = set()

    @classmethod
    def find(cls, work: Work, rows: Sequence[ImportedCandidate]) -> Self:
        """Find who is known already.

        First by the address in an earlier file, then by the address of an account, then by
        name and birth date within the same organisation: an address that was put right.
        """
        by_email = {address(row): row for row in rows}
        known: dict[str, Person] = {}
        for some in _some(by_email):
            keys = {_import_key(email): email for email in some}
            for person in work.session.exec(select(Person).where(col(Person.import_key).in_(keys))):
                known[keys[person.import_key or ""]] = person
        for some in _some(by_email.keys() - known.keys()):
            known |= dict(
                work.session.exec(
                    select(Account.email, Person)
                    .join(Person, col(Person.id) == Account.person_id)
                    .where(col(Account.email).in_(some))
                ).all()
            )
        with_account = _with_account(work, known.values())
        strangers = [row for email, row in by_email.items() if email not in known]
        return cls(known | _moved(work, strangers, known.values()), with_account)

    def mistakes(self, parsed: ParsedImport) -> Iterator[Mistake]:
        """Tell whose address belongs to the account of somebody with another name."""
        column = parsed.layout.title(Field.EMAIL) or FIELDS[Field.EMAIL][0]
        for row in parsed.rows:
            person = self._known.get(address(row))
            if person is None or person.import_key or person.key not in self._with_account:
                continue
            if folded(person.family_name) != folded(row.family_name):
                values = {"email": row.email, "name": name_of(person).full}
                yield Mistake(row.row, column, Text("candidate_import.account_of_another", values))

    def settle(self, work: Work, rows: Iterable[ImportedCandidate]) -> frozenset[str]:
        """Make who is new, put right who differs, and return the addresses of the latter.

        The first row of a person decides. Who has an account keeps an own name and address:
        they are the person's to change.
        """
        new: dict[str, dict[str, object]] = {}
        changed: set[str] = set()
        for row in rows:
            email = address(row)
            person = self._known.get(email)
            if person is None:
                new.setdefault(email, _made(work, row))
            elif email not in self._settled and self._differs(person, row):
                changed.add(email)
            self._settled.add(email)
        work.session.flush()
        if new:
            keys = {_import_key(email): email for email in new}
            made = work.session.exec(
                insert(Person).returning(Person).execution_options(render_nulls=True),
                params=list(new.values()),
            ).scalars()
            self._known |= {keys[person.import_key or ""]: person for person in made}
        return frozenset(changed)

    def _differs(self, person: Person, row: ImportedCandidate) -> bool:
        if person.key in self._with_account:
            person.import_key = person.import_key or _import_key(address(row))
            return False
        return _put_right(person, row)

    def of(self, row: ImportedCandidate) -> Person:
        """Return the person of a row that was settled."""
        return self._known[address(row)]


def address(row: ImportedCandidate) -> str:
    """Return the address of a row as addresses are compared."""
    return row.email.casefold()


def _import_key(email: str) -> str:
    return sha256(f"candidate {email}".encode()).hexdigest()


def _made(work: Work, row: ImportedCandidate) -> dict[str, object]:
    return {
        "salutation": row.salutation or None,
        "given_name": row.given_name,
        "infix": row.infix,
        "family_name": row.family_name,
        "birth_date": row.birth_date,
        "email": address(row),
        "phone": None,
        "name_sort": name_of(row).name_sort,
        "import_key": _import_key(address(row)),
        "created_at": work.now,
        "grants_version": 1,
    }


def _put_right(person: Person, row: ImportedCandidate) -> bool:
    told: Mapping[str, object] = {
        "salutation": Salutation(row.salutation) if row.salutation else person.salutation,
        "given_name": row.given_name,
        "infix": row.infix,
        "family_name": row.family_name,
        "birth_date": row.birth_date or person.birth_date,
        "email": address(row),
    }
    differs = {name: value for name, value in told.items() if getattr(person, name) != value}
    for name, value in differs.items():
        setattr(person, name, value)
    if differs:
        person.name_sort = name_of(person).name_sort
        person.import_key = _import_key(address(row))
    return bool(differs)


def _with_account(work: Work, people: Iterable[Person]) -> frozenset[int]:
    return frozenset(
        person_id
        for some in _some(person.key for person in people)
        for person_id in work.session.exec(
            select(Account.person_id).where(col(Account.person_id).in_(some))
        )
    )


_Likeness = tuple[str, date, str]  # name, birth date, organisation code


def _moved(
    work: Work, strangers: Sequence[ImportedCandidate], present: Collection[Person]
) -> dict[str, Person]:
    """Find whose address was put right; the old one no longer stands in the file."""
    wanted = {likeness: row for row in strangers for likeness in _likenesses(row)}
    in_file = {person.key for person in present}
    alike: dict[_Likeness, dict[int, Person]] = defaultdict(dict)
    for some in _some({name for name, _, _ in wanted}):
        for person, code in work.session.exec(
            select(Person, OrganisationCode.code)
            .join(OrganisationLink, col(OrganisationLink.person_id) == Person.id)
            .join(
                OrganisationCode, col(OrganisationCode.id) == OrganisationLink.organisation_code_id
            )
            .join(Account, col(Account.person_id) == Person.id, isouter=True)
            .where(
                col(Person.name_sort).in_(some),
                col(Person.import_key).is_not(None),
                col(Account.person_id).is_(None),
            )
        ):
            if person.birth_date and person.key not in in_file:
                alike[person.name_sort, person.birth_date, code][person.key] = person
    return {
        address(wanted[likeness]): found.popitem()[1]
        for likeness, found in alike.items()
        if likeness in wanted and len(found) == 1
    }


def _likenesses(row: ImportedCandidate) -> Iterator[_Likeness]:
    if row.birth_date:
        name = name_of(row).name_sort
        yield from ((name, row.birth_date, link.organisation_code) for link in row.links)


def _some(values: Iterable[T]) -> Iterator[list[T]]:
    left = iter(values)
    while some := list(islice(left, _AT_ONCE)):
        yield some
