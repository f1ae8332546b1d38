"""'Ontkoppel kandidaat': the question, the act, and taking it back."""

from typing import Annotated

import reflex as rx
from pydantic import Field
from reflex.event import EventSpec

from portal_app.errors import Invalid, NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.services import links
from portal_app.services.candidate_address import PATH
from portal_app.services.links import AT_MOST, REASONS
from portal_app.state.base import PortalState
from portal_app.state.candidates import CandidatesState

Links = Annotated[list[int], Field(min_length=1, max_length=AT_MOST)]


class UnlinkingState(PortalState, rx.State):
    """Whom the question is about; the act itself names its links anew."""

    is_asking: bool = False
    links: str = ""  # their numbers, as the form sends them back
    name: str = ""
    number: int = 0
    names: list[str] = []  # of everybody, when there are several
    organisation: str = ""
    mistakes: dict[str, Text] = {}
    done: Text | None = None
    undoes: list[int] = []
    said: Text | None = None  # what happened, where nothing can be undone
    focus: str = ""  # id of what gets the focus

    @handler(Audience.SIGNED_IN)
    async def ask(self, link_ids: Links) -> None:
        """Ask whether these candidates are to be unlinked."""
        await self._ask(tuple(link_ids))

    async def _ask(self, link_ids: tuple[int, ...]) -> None:
        self.mistakes, self.said = {}, None
        try:
            named = await self._run(links.to_unlink, link_ids=link_ids)
        except NotFound:
            await self._show_gone()
            return
        self.links = ",".join(str(one.link_id) for one in named)
        self.name, self.number = named[0].name, len(named)
        self.names = [one.name for one in named] if len(named) > 1 else []
        self.organisation = ", ".join(dict.fromkeys(one.organisation for one in named))
        self.is_asking = True

    @handler(Audience.SIGNED_IN)
    async def ask_selected(self) -> None:
        """Ask about the candidates that are selected in the list."""
        page = await self.get_state(CandidatesState)
        if page.selected:
            await self._ask(tuple(page.selected[:AT_MOST]))

    @handler(Audience.SIGNED_IN)
    async def close(self) -> None:
        """Leave everything as it is."""
        self.is_asking = False

    @handler(Audience.SIGNED_IN)
    async def unlink(self, form: dict[str, str | None]) -> EventSpec | None:
        """End the links that the form names, for the reason that it gives."""
        chosen = _numbers(form.get("links") or "")
        reason = _reason(form)
        if reason is None:
            self.mistakes = _reason_mistakes(form)
            return rx.set_focus("reason" if "reason" in self.mistakes else "explanation")
        try:
            names = await self._run(links.unlink, link_ids=chosen, reason=reason)
        except Invalid as wrong:
            self.mistakes = wrong.fields
            return None
        except NotFound:
            self.is_asking = False
            await self._show_gone()
            return None
        self.is_asking = False
        self.undoes = list(chosen)
        self.done = Text("candidates.unlinked", {"n": len(names), "name": names[0]})
        if self.router.url.path.rstrip("/") != PATH:
            return rx.redirect(f"{PATH}?{self.router.url.query}" if self.router.url.query else PATH)
        await self._show_list_again(chosen)
        return None

    @handler(Audience.SIGNED_IN)
    async def undo(self, link_ids: Links) -> None:
        """Link candidates again that were unlinked just now, or within 30 days."""
        self.done, self.undoes = None, []
        try:
            names = await self._run(links.restore, link_ids=tuple(link_ids))
        except NotFound:
            await self._show_gone()
            return
        self.said = Text("candidates.linked_again", {"n": len(names), "name": names[0]})
        page = await self.get_state(CandidatesState)
        await page._show(anew=True)  # noqa: SLF001  # states of one page
        self.focus = "count"

    @handler(Audience.SIGNED_IN)
    async def arrive(self) -> None:
        """Start another page without what was said on the last one, but for what can be undone."""
        self.is_asking, self.said, self.focus = False, None, ""

    @handler(Audience.SIGNED_IN)
    async def dismiss(self) -> None:
        """Let the news go."""
        self.done, self.undoes, self.said = None, [], None

    async def _show_gone(self) -> None:
        """Say that somebody else was first, and show how things stand."""
        self.said = Text("candidates.gone")
        page = await self.get_state(CandidatesState)
        await page._show(anew=True)  # noqa: SLF001  # states of one page

    async def _show_list_again(self, ended: tuple[int, ...]) -> None:
        page = await self.get_state(CandidatesState)
        at = next((n for n, line in enumerate(page.lines) if line.link in ended), 0)
        page._select([], [])  # noqa: SLF001  # states of one page
        await page._show(anew=True)  # noqa: SLF001  # states of one page
        following = page.lines[min(at, len(page.lines) - 1)] if page.lines else None
        self.focus = f"candidate-{following.key}" if following else "count"


def _numbers(typed: str) -> tuple[int, ...]:
    parts = typed.split(",")[: AT_MOST + 1]
    return tuple(int(part) for part in parts if part.isascii() and part.isdigit())


def _reason(form: dict[str, str | None]) -> str | None:
    """Return the reason as it is kept: in words of the person, or the key of a usual one."""
    chosen, more = form.get("reason"), (form.get("explanation") or "").strip()
    if chosen not in REASONS or (chosen == "other" and not more):
        return None
    return more if chosen == "other" else f"{chosen}: {more}" if more else chosen


def _reason_mistakes(form: dict[str, str | None]) -> dict[str, Text]:
    if form.get("reason") not in REASONS:
        return {"reason": Text("candidates.reason_empty")}
    return {"explanation": Text("candidates.explanation_empty")}
