"""What the state of a list shares with others: all of it follows from the address."""

from collections.abc import Callable, Mapping
from typing import ParamSpec, TypeVar

from portal_app.errors import NotAllowed, NotFound
from portal_app.gate.handlers import Audience, handler
from portal_app.reading import read_page_number, read_page_size
from portal_app.state.base import PortalState
from portal_app.state.paging import Paging
from portal_app.state.shapes import TabLink
from portal_app.unit_of_work import UseCase

P = ParamSpec("P")
T = TypeVar("T")
Tab = TypeVar("Tab", bound=str)


class ListState(PortalState, mixin=True):
    """Mixed into the state of a list: `components/lists.py` shows it."""

    is_loaded: bool = False
    is_refused: bool = False
    is_failed: bool = False
    paging: Paging = Paging()

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show what the address asks for."""
        self.is_failed = not await self._succeeds(self._show())

    async def _find(self, use_case: UseCase[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run the use case of the list; None, and the page says so, when it is not theirs."""
        try:
            found = await self._run(use_case, *args, **kwargs)
        except (NotAllowed, NotFound):
            self.reset()
            self.is_refused = True
            return None
        self.is_refused, self.is_loaded = False, True
        return found

    def _asked_page(self) -> tuple[int, int]:
        """Return the number of the page that the address asks for, and how long it is."""
        asked = self._asked()
        return read_page_number(asked.get("pagina", "")), read_page_size(asked.get("per", ""))

    async def _show(self) -> None:
        """Show the list: each does it in its own way."""
        raise NotImplementedError


def tab_links(
    tabs: Mapping[str, Tab],
    counts: Mapping[Tab, int],
    *,
    chosen: str,
    label: Callable[[Tab], str],
    href: Callable[..., str],
) -> list[TabLink]:
    """Lay out the tabs, by their word in the address; `label` is the key of what each is called."""
    return [
        TabLink(href(tab=word, pagina=""), counts[tab], tab == chosen, label_key=label(tab))
        for word, tab in tabs.items()
    ]
