"""What the state of a page about one company shares with others of its kind."""

from collections.abc import Iterable

from portal_app.errors import Text
from portal_app.services.organisations import OrganisationSight
from portal_app.state.base import PortalState
from portal_app.state.shapes import OrganisationChoice


class CompanyPageState(PortalState, mixin=True):
    """Mixed into the state of such a page: `components/company_page.py` shows it."""

    is_loaded: bool = False
    is_refused: bool = False
    is_failed: bool = False
    organisation: Text | str = ""  # empty while none of several is chosen
    choices: list[OrganisationChoice] = []  # meanwhile
    said: Text | None = None
    refused: Text | None = None

    def _show_refusal(self) -> None:
        """Show that the page is not for the reader, and nothing of it."""
        self.reset()
        self.is_refused = True

    def _show_choices(self, mine: Iterable[OrganisationSight], path: str) -> None:
        """Ask which company, each at the address where the page of `path` is about it."""
        self.reset()
        self.is_loaded = True
        self.choices = [
            OrganisationChoice(one.name, one.code, one.detail, f"{path}?org={one.id}")
            for one in mine
        ]

    def _show_chosen(self) -> None:
        """Show the page, now that it is about one."""
        self.is_refused, self.is_loaded, self.choices = False, True, []
