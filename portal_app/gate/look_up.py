"""How the gate asks after sessions: off the event loop, whatever holds them."""

from collections.abc import Awaitable, Callable, Collection, Mapping

from portal_app.gate.cookies import Visit
from portal_app.gate.guest import GONE, VISITOR, SessionFacts, Sessions

InThread = Callable[..., Awaitable[Mapping[str, SessionFacts]]]


class LookUp:
    """Asks `sessions` in the portal's bounded thread pool (`in_thread`)."""

    def __init__(self, sessions: Sessions, in_thread: InThread) -> None:
        self._sessions = sessions
        self._in_thread = in_thread

    async def one(self, visit: Visit) -> SessionFacts:
        """Return what is known of a visit now. Nothing is asked about anonymous visitors."""
        if not visit.is_session:
            return VISITOR
        return (await self.many((visit.key,)))[visit.key]

    async def many(self, session_keys: Collection[str]) -> Mapping[str, SessionFacts]:
        """Return what is known of each session now; one that is unknown is gone."""
        known = await self._in_thread(self._sessions.alive, session_keys)
        return {key: known.get(key, GONE) for key in session_keys}
