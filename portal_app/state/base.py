"""What every state shares: the only road to the services, and the address of the page."""

from collections.abc import Awaitable, Mapping
from typing import ParamSpec, TypeVar

import reflex as rx

from portal_app.database import in_thread
from portal_app.errors import PortalError
from portal_app.gate import activity, logs
from portal_app.gate.guest import guest
from portal_app.unit_of_work import Browser, UseCase, run

P = ParamSpec("P")
T = TypeVar("T")

_LARGEST_ID = 2**31 - 1


class PortalState(rx.State, mixin=True):
    """Mixed into every state of ours.

    What a state holds is a disposable copy for one tab. Who asks and what they may do is
    found anew in every use case; a write names its target and is judged by that.
    """

    async def _run(self, use_case: UseCase[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case for the browser behind this event, in the organisation of `?org=`."""
        asking = guest()
        if asking.is_signed_in:
            await activity.note(asking.session_key)
        return await self._look(use_case, *args, **kwargs)

    async def _look(self, use_case: UseCase[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do the same where nobody did anything: the page follows what changed elsewhere."""
        caller = Browser(guest().session_key, self._organisation())
        return await in_thread(run, use_case, caller, *args, **kwargs)

    async def _succeeds(self, showing: Awaitable[None]) -> bool:
        """Carry out what fills a page; say whether nothing failed on our side.

        A failure is noted; the page says so in place of what it could not get, and offers to
        try again. Refusals pass through.
        """
        try:
            await showing
        except PortalError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it was, the page goes on
            logs.note_error(error, "page")
            return False
        return True

    def _tell_changes(self, **told: object) -> None:
        """Set vars of this state; one that stays the same is not sent to the page again."""
        for name, value in told.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

    def _asked(self) -> Mapping[str, str]:
        """Return the query of the address: typed by anyone, so read it before use."""
        return self.router.url.query_parameters

    def _organisation(self) -> int | None:
        """Return the organisation that the address asks for, or None."""
        asked = self._asked().get("org", "")
        if asked.isascii() and asked.isdigit() and len(asked) < len(str(_LARGEST_ID)):
            return int(asked)
        return None
