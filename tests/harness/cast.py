"""The cast: the people of whom every test tells, and how they act.

| who | is |
|---|---|
| Alice | organisation manager of Vakmanschap Demo (VAK) |
| Bob | trusted contact of Klimaatwerken De Smet, Antwerpen |
| Charlie | organisation manager of Installatiebedrijf Jongeneel (JON): the other tenant |
| Dora | organisation manager of VAK and trusted contact of Klimaatwerken De Smet, Antwerpen |
| Sam | staff of the fund |
| Ada | administrator of the fund |
| Vic | a visitor who is not signed in |
"""

from dataclasses import dataclass
from typing import Final, ParamSpec, TypeVar

from portal_app import unit_of_work
from portal_app.models import Organisation, Person, TradeRegister
from portal_app.permissions import Role
from portal_app.unit_of_work import Browser, Caller, UseCase
from tests import factories
from tests.harness.databases import MIGRATED, Template

P = ParamSpec("P")
T = TypeVar("T")


class Visitor:
    """Somebody who is not signed in."""

    def __repr__(self) -> str:
        return "VIC"


VIC: Final = Visitor()


@dataclass(frozen=True, slots=True)
class Cast:
    """Three organisations and the people around them."""

    vak: Organisation
    de_smet: Organisation
    jon: Organisation
    alice: Person
    bob: Person
    charlie: Person
    dora: Person
    sam: Person
    ada: Person
    vic: Visitor = VIC


def assemble() -> None:
    """Write the cast; everybody but Vic has an account with `factories.PASSWORD`."""
    following = (factories.EMPLOYER, factories.CANDIDATE_FOLLOWING)
    vak = _dutch("Vakmanschap Demo", "90004701", code="VAK", capacities=following)
    jon = _dutch("Installatiebedrijf Jongeneel BV", "90004702", code="JON", capacities=following)
    de_smet = factories.make_organisation()
    _member("Alice", "Jansen", Role.ORGANISATION_MANAGER, vak)
    _member("Bob", "De Smet", Role.TRUSTED_CONTACT, de_smet)
    _member("Charlie", "Berg", Role.ORGANISATION_MANAGER, jon, infix="van den")
    dora = _member("Dora", "Maes", Role.ORGANISATION_MANAGER, vak)
    factories.make_grant(dora, Role.TRUSTED_CONTACT, de_smet)
    _member("Sam", "Willems", Role.STAFF)
    _member("Ada", "Peeters", Role.ADMINISTRATOR)


CAST = Template("cast", MIGRATED, assemble)
"""A database that starts with the cast."""


def present() -> Cast:
    """Return the cast as it stands in the portal's own database."""
    vak, jon, de_smet = factories.all_of(Organisation)
    return Cast(vak, de_smet, jon, *factories.all_of(Person))


def acting_as(person: Person | Visitor, organisation: Organisation | None = None) -> Browser:
    """Sign a person in and return the caller; `organisation` is the `?org=` of the page."""
    key = "nobody" if isinstance(person, Visitor) else factories.sign_in(person)
    return Browser(key, organisation.key if organisation else None, "Chrome, Windows")


def run_as(
    who: Person | Visitor | Caller, use_case: UseCase[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run a use case on somebody's behalf, through the one door."""
    caller = acting_as(who) if isinstance(who, Person | Visitor) else who
    return unit_of_work.run(use_case, caller, *args, **kwargs)


def _dutch(name: str, number: str, *, code: str, capacities: tuple[str, ...]) -> Organisation:
    return factories.make_organisation(
        name,
        number=number,
        unit="",
        trade_register=TradeRegister.KVK,
        code=code,
        capacities=capacities,
    )


def _member(
    given_name: str,
    family_name: str,
    role: Role,
    organisation: Organisation | None = None,
    *,
    infix: str = "",
) -> Person:
    person = factories.make_person(
        given_name, family_name, infix=infix, email=f"{given_name.casefold()}@voorbeeld.example"
    )
    factories.make_account(person)
    factories.make_grant(person, role, organisation)
    return person
