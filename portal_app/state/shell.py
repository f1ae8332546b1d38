"""What every page inside the portal shows around itself: who is here, for whom, and where to."""

import reflex as rx
from reflex.event import EventCallback, EventSpec

from portal_app.errors import Text
from portal_app.gate import activity
from portal_app.gate.answers import PROVE, proof_address
from portal_app.gate.guest import guest
from portal_app.gate.handlers import Audience, handler
from portal_app.reading_numbers import shown_unit
from portal_app.services import home
from portal_app.services.home import Myself
from portal_app.services.organisations import OrganisationSight
from portal_app.services.places import ADDRESSES
from portal_app.services.sign_in import OWED_AT
from portal_app.state.base import PortalState
from portal_app.state.home import HomeState
from portal_app.state.shapes import NavLink, OrganisationChoice

_MINUTE = 60
_ARRIVALS = frozenset({"account", "toegang", "bedrijfsaccount"})


class ShellState(PortalState, rx.State):
    """The bar on top of every page inside, and the tiles of the first one."""

    person_name: str = ""
    given_name: str = ""
    login: str = ""
    arrived: str = ""  # how one just came in, one of `_ARRIVALS`
    initials: str = ""
    is_staff: bool = False
    organisation_name: str = ""
    organisation_code: str = ""
    organisation_unit: Text | str = ""
    organisation_apart: Text | str = ""  # its unit, when another has the same name
    organisations: list[OrganisationChoice] = []
    places: list[NavLink] = []
    tiles: list[str] = []
    elsewhere: list[str] = []  # the brand's tiles and rubrics, by code
    role_keys: list[str] = []
    rights_changed: bool = False
    query: str = ""  # '?org=7' while working for one organisation out of several
    refusal_key: str = ""  # what could not be done
    refusal_values: dict[str, str] = {}
    ends_in_minutes: int = 0  # the session, when that is soon; 0: not soon
    can_stay: bool = True

    @handler(Audience.PUBLIC)
    async def tell(self, key: str, values: dict[str, str]) -> None:
        """Show what the portal could not do, in place."""
        self.refusal_key, self.refusal_values = key, values

    @handler(Audience.SIGNED_IN)
    async def load(self) -> EventSpec | None:
        """Look who is here; while the session owes something, go nowhere else."""
        self.refusal_key, self.rights_changed = "", False
        return self._follow(await self._run(home.myself, organisation_id=self._organisation()))

    @handler(Audience.PUBLIC)
    async def load_if_inside(self) -> None:
        """Look who is here, on a page that strangers read too; it leads nobody elsewhere."""
        self.refusal_key, self.rights_changed = "", False
        if guest().is_signed_in:
            self._follow(await self._run(home.myself, organisation_id=self._organisation()))

    @handler(Audience.SIGNED_IN)
    async def look_again(self) -> EventSpec | EventCallback[()]:
        """Follow a change of rights on a page that is open."""
        before = (list(self.tiles), list(self.elsewhere), list(self.role_keys))
        event = self._follow(await self._look(home.myself, organisation_id=self._organisation()))
        self.rights_changed = before != (self.tiles, self.elsewhere, self.role_keys)
        return event or HomeState.follow

    @handler(Audience.SIGNED_IN)
    async def warn_of_end(self, seconds: int, can_stay: bool) -> None:  # noqa: FBT001
        """Tell that the session ends in so many seconds; 0 takes the warning back."""
        self.ends_in_minutes, self.can_stay = -(-seconds // _MINUTE), can_stay

    @handler(Audience.SIGNED_IN)
    async def stay(self) -> None:
        """Stay signed in: somebody is here."""
        self.ends_in_minutes = 0
        await activity.note(guest().session_key, at_once=True)

    def _follow(self, seen: Myself) -> EventSpec | None:
        wished = self._organisation()
        here = self.router.url.path.rstrip("/") or "/"
        if seen.owes and here != OWED_AT[seen.owes]:
            page = OWED_AT[seen.owes]
            return rx.redirect(proof_address(here) if page == PROVE else page, replace=True)
        chosen = _chosen(seen, wished)
        self.person_name, self.given_name, self.login = seen.name, seen.given_name, seen.login
        arrived = self._asked().get("nieuw", "")
        self.arrived = arrived if arrived in _ARRIVALS else ""
        self.initials, self.is_staff = seen.initials, seen.is_staff
        self.organisation_name = chosen.name if chosen else ""
        self.organisation_code = chosen.code if chosen else ""
        self.organisation_unit = shown_unit(chosen.unit) if chosen else ""
        self.organisation_apart = self.organisation_unit if _has_namesake(seen, chosen) else ""
        self.organisations = [_choice(seen, one, chosen) for one in seen.organisations]
        self.role_keys = _role_keys(seen, chosen)
        self.tiles, self.elsewhere = list(seen.tiles), list(seen.elsewhere)
        self.query = f"?org={wished}" if wished is not None and chosen else ""
        self.places = [
            NavLink(f"shell.place_{name}", f"{path}{self.query}", path)
            for name, path in (("home", "/"), *ADDRESSES.items())
            if name == "home" or name in seen.tiles
        ]
        return None


def _chosen(seen: Myself, wished: int | None) -> OrganisationSight | None:
    if len(seen.organisations) == 1:
        return seen.organisations[0]
    return next((one for one in seen.organisations if one.id == wished), None)


def _has_namesake(seen: Myself, chosen: OrganisationSight | None) -> bool:
    return chosen is not None and any(
        one.name == chosen.name and one.id != chosen.id for one in seen.organisations
    )


def _role_keys(seen: Myself, of: OrganisationSight | None) -> list[str]:
    return sorted(
        {
            f"roles.{held.role.value}"
            for held in seen.roles
            if of is None or held.organisation_id in (None, of.id)
        }
    )


def _choice(
    seen: Myself, one: OrganisationSight, chosen: OrganisationSight | None
) -> OrganisationChoice:
    return OrganisationChoice(
        name=one.name,
        code=one.code,
        detail=one.detail,
        href=f"/?org={one.id}",
        role_keys=_role_keys(seen, one),
        current=chosen is not None and one.id == chosen.id,
    )
