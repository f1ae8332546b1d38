"""Reading a mandate from what a broker claims: which company, by whom, how sure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from portal_app.eherkenning import Level, Outcome, SubjectKind
from portal_app.oidc_settings import OidcSettings, oidc_settings

_NUMBER = {SubjectKind.KVK: re.compile("[0-9]{8}"), SubjectKind.RSIN: re.compile("[0-9]{9}")}
_BRANCH = re.compile("[0-9]{12}")
_LONGEST = 512
_OF_A_CHAIN = "intermediateentityid"
_RESTRICTED = "servicerestriction"
_OF_A_CITIZEN = re.compile(r"(?:^|[^a-z])bsn(?:$|[^a-z])|burgerservicenummer", re.IGNORECASE)
_NO_MANDATE = re.compile(r"mandate|machtiging", re.IGNORECASE)
_ASTRAY = object()  # at the end of a path that leads through what holds no names


class MandateRefused(Exception):
    """A token that is genuine, but not a mandate with which the portal works."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class Mandate:
    """Who may represent whom, as a broker proved it."""

    issuer: str
    kind: SubjectKind
    number: str
    branch: str  # empty: the whole company
    acting_subject: str = field(repr=False)  # a person's, so no log may quote it
    level: Level
    authenticated_at: datetime
    token: str = field(repr=False)


def read_mandate(
    token: str, claims: Mapping[str, Any], knobs: OidcSettings = oidc_settings
) -> Mandate:
    """Read the mandate from a genuine token.

    Raises:
        MandateRefused: it is a citizen's, a chain's, limited in a way that cannot be read, or none.
    """
    qualifier = _text(claims, knobs.name_qualifier)
    names = _names(claims)
    if _OF_A_CITIZEN.search(qualifier) or any(_OF_A_CITIZEN.search(name) for name in names):
        raise MandateRefused(Outcome.CITIZEN)
    if any(_OF_A_CHAIN in name.lower() for name in names):
        raise MandateRefused(Outcome.CHAIN_MANDATE)
    number = _text(claims, knobs.legal_subject)
    if not number:
        raise MandateRefused(Outcome.NO_MANDATE)
    kind, branch = _kind(qualifier), _branch(claims, names, knobs)
    acting = _text(claims, knobs.acting_subject)
    # A mandate for a branch names the company by its KvK number.
    fits = kind is not None and _NUMBER[kind].fullmatch(number) and acting
    if not fits or (branch and kind is not SubjectKind.KVK):
        raise MandateRefused(Outcome.REFUSED)
    return Mandate(
        issuer=str(claims["iss"]),
        kind=cast("SubjectKind", kind),
        number=number,
        branch=branch,
        acting_subject=acting,
        level=_level(_text(claims, knobs.level), knobs),
        authenticated_at=datetime.fromtimestamp(claims["auth_time"], UTC),
        token=token,
    )


def outcome_of(error: str, description: str) -> Outcome:
    """Tell how a try ended for which a broker sent an error instead of a code."""
    if error == "access_denied":
        said_why = _NO_MANDATE.search(description)
        return Outcome.NO_MANDATE if said_why else Outcome.CANCELLED
    if error in ("temporarily_unavailable", "server_error"):
        return Outcome.UNREACHABLE
    return Outcome.REFUSED


def _kind(qualifier: str) -> SubjectKind | None:
    try:
        return SubjectKind(qualifier)
    except ValueError:
        return None


def _level(said: str, knobs: OidcSettings) -> Level:
    try:
        return knobs.levels.get(said) or Level(said)
    except ValueError:
        raise MandateRefused(Outcome.REFUSED) from None


def _branch(claims: Mapping[str, Any], names: list[str], knobs: OidcSettings) -> str:
    """Return the branch to which a mandate is limited; empty when it is not limited at all."""
    # What limits a mandate and is not understood must never open the whole company.
    if any(_RESTRICTED in name.lower() for name in names if name not in knobs.branch):
        raise MandateRefused(Outcome.REFUSED)
    said = _at(claims, knobs.branch)
    if said is None:
        return ""
    if not isinstance(said, str) or not _BRANCH.fullmatch(said):
        raise MandateRefused(Outcome.REFUSED)
    return said


def _text(claims: Mapping[str, Any], path: tuple[str, ...]) -> str:
    """Return the text at the end of a path; empty unless there is one."""
    found = _at(claims, path)
    return found if isinstance(found, str) and len(found) <= _LONGEST else ""


def _at(claims: Mapping[str, Any], path: tuple[str, ...]) -> object:
    """Return what is at the end of a path; None only where nothing is."""
    found: object = claims
    for name in path:
        if not isinstance(found, dict):
            return _ASTRAY
        found = cast("dict[str, object]", found).get(name)
        if found is None:
            return None
    return found


def _names(claims: object) -> list[str]:
    """Return the names of all claims, also of those inside others."""
    if isinstance(claims, list):
        return [name for one in cast("list[object]", claims) for name in _names(one)]
    if not isinstance(claims, dict):
        return []
    inside = cast("dict[str, object]", claims)
    return [*inside, *(name for one in inside.values() for name in _names(one))]
