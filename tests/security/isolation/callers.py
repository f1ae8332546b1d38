"""Who asks, and what of the world they may see."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal_app.unit_of_work import Browser, Caller, Job
from tests.security.isolation.sentinels import Stamp
from tests.security.isolation.written import World

_FOLLOWING = frozenset({"organisation", "candidates", "codes", "colleagues"})
_COMPANY = frozenset({"organisation"})
_CONTACT = _COMPANY | {"bank account"}
_INVITED = frozenset({"organisation", "invitation", "colleagues"})
_ACCESS = _FOLLOWING | {"invitation", "access", "account", "bank account"}
_STAFF = _ACCESS | {"application"}
_NAMES = frozenset({"person.given_name", "person.infix", "person.family_name"})
_COMPANY_DATA = frozenset({"organisation", "company_change", "bank_account", "audit_event"})
_KNOWN = frozenset({"main", "local", "contact"})  # whose names every colleague may read


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks: their browser, and the kinds of things they may see, by owner."""

    name: str
    sees: dict[str, frozenset[str]]
    personas: tuple[str, ...] = ()  # whose own things they may see too
    is_staff: bool = False
    keeps: frozenset[str] = frozenset()  # tables of SOUTH in which they change what is theirs

    def may_see(self, stamp: Stamp) -> bool:
        """Tell whether a value that came back was theirs to see."""
        if stamp.persona in self.personas:
            return not stamp.column.startswith("browser_session.token")
        if stamp.column in _NAMES and self._is_colleague_of(stamp.persona):
            return True
        return stamp.kind in self.sees.get(stamp.owner, ())

    def _is_colleague_of(self, persona: str) -> bool:
        company, _, who = persona.partition(".")
        return who in _KNOWN and "organisation" in self.sees.get(company, ())


def _following(owner: str) -> dict[str, frozenset[str]]:
    return {owner: _FOLLOWING, "shared": frozenset({"candidates"}), "fund": frozenset()}


_EVERYTHING = dict.fromkeys(("north", "south", "shared", "fund", "nobody"), _STAFF)

ASKERS = {
    asker.name: asker
    for asker in (
        Asker("visitor", {}),
        Asker("south.ended", {}),
        Asker("south.expired", {}),
        Asker("south.former", {}, ("south.former",)),
        Asker("south.member", {"south": _COMPANY}, ("south.member",)),
        Asker("south.user", {"south": _COMPANY}, ("south.user",)),
        Asker("south.contact", {"south": _CONTACT}, ("south.contact",), keeps=_COMPANY_DATA),
        Asker("nobody.candidate", {"north": _INVITED}, ("nobody.candidate",)),
        Asker("nobody.invited", {"north": _INVITED}, ("nobody.invited",)),
        Asker("nobody.proven", {"north": _INVITED}, ("nobody.candidate", "nobody.proven")),
        Asker("shared.candidate", {"south": frozenset()}, ("shared.candidate",)),
        Asker("north.appointed", {}, ("north.appointed",)),
        Asker("north.contact", {"north": _CONTACT}, ("north.contact",)),
        Asker("north.manager", _following("north"), ("north.manager",)),
        Asker(
            "north.main",
            _following("north") | {"north": _ACCESS},
            ("north.main", "north.consent"),
        ),
        Asker("fund.staff", _EVERYTHING, ("fund.staff",), is_staff=True),
    )
}
"""Everybody who asks. Nobody but staff may see or change anything of SOUTH's candidates."""

TRUSTED = Asker("portal", _EVERYTHING, is_staff=True)
"""The portal itself, for use cases that are nobody's over the network."""

FEW = (
    "visitor",
    "south.ended",
    "south.former",
    "south.user",
    "nobody.candidate",
    "north.contact",
    "north.manager",
)
"""Those of the short form: one of each kind."""


def caller_of(world: World, asker: Asker, organisation: int | None = None) -> Caller:
    """Return the caller behind an asker, with the `?org=` of the page."""
    if asker is TRUSTED:
        return Job("matrix")
    return Browser(world.sessions.get(asker.name, "nobody"), organisation, "Chrome, Windows")


def askers(*, few: bool) -> Iterator[Asker]:
    """Yield everybody, or one of each kind."""
    for name, asker in ASKERS.items():
        if not few or name in FEW:
            yield asker
