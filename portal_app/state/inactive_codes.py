"""'Inactief maken' and 'Opnieuw actief': the question, the act, and what came of it."""

import re
from datetime import UTC, datetime

import reflex as rx
from reflex.event import EventSpec

from portal_app.errors import Invalid, NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.services import inactive_codes
from portal_app.services.inactive_codes import BatchSwitched, Switched
from portal_app.state.base import PortalState
from portal_app.state.payment_codes import PaymentCodesState

REASON = "reason"
_NUMBER = re.compile(r"[0-9]{1,18}")


class InactiveCodesState(PortalState, rx.State):
    """Which code or batch the question is about; the act itself names it anew."""

    is_asking: bool = False
    code_id: str = ""  # as the form sends it back; empty when it is about a batch
    code: str = ""
    batch: str = ""
    used: str = ""  # moment in ISO form; empty when nobody has used the code
    used_by: str = ""
    mistakes: dict[str, Text] = {}
    done: Text | None = None
    batch_done: Text | None = None  # what can be taken back in one press
    undoes_batch: str = ""
    undoes_moment: str = ""  # in ISO form
    refusal: Text | None = None
    focus: str = ""  # id of what gets the focus

    @handler(Audience.STAFF)
    async def ask(self, code_id: int) -> None:
        """Ask whether a code that is shown is to be made inactive."""
        page = await self.get_state(PaymentCodesState)
        line = page._line(code_id)  # noqa: SLF001  # states of one page
        if line is None:
            return
        try:
            asked = await self._run(inactive_codes.to_make_inactive, code_id=code_id)
        except NotFound:
            await self._show(None, str(code_id))
            return
        self._forget()
        self.code_id, self.code, self.batch = str(line.id), line.code, line.batch
        self.used, self.used_by = line.used, asked.used_by
        self.is_asking = True

    @handler(Audience.STAFF)
    async def ask_batch(self, number: str) -> None:
        """Ask whether the unused codes of a batch are to be made inactive."""
        self._forget()
        self.code_id, self.code, self.batch, self.used = "", "", number[:6], ""
        self.is_asking = True

    @handler(Audience.STAFF)
    async def close(self) -> None:
        """Leave everything as it is."""
        self.is_asking = False

    @handler(Audience.SIGNED_IN)
    async def arrive(self) -> None:
        """Start another page without what was said on the last one."""
        self._forget()

    @handler(Audience.STAFF)
    async def make_inactive(self, form: dict[str, str]) -> EventSpec | None:
        """Make what the form names inactive, for the reason that it gives."""
        number, reason = form.get("code", ""), form.get(REASON, "")
        undoable: BatchSwitched | None = None
        try:
            if _NUMBER.fullmatch(number):
                switched = await self._run(
                    inactive_codes.make_inactive, code_id=int(number), reason=reason
                )
                done = _said("made_inactive", switched)
            else:
                undoable = await self._run(
                    inactive_codes.make_batch_inactive, number=form.get("batch", ""), reason=reason
                )
                done = Text("payment_codes.batch_made_inactive", {"n": undoable.count})
        except Invalid as wrong:
            self.mistakes = wrong.fields
            return rx.set_focus(REASON)
        except NotFound:
            done = None
        await self._show(done, number)
        if undoable:
            self.done, self.batch_done = None, self.done
            self.undoes_batch = undoable.number
            self.undoes_moment = undoable.made_at.isoformat()
        return None

    @handler(Audience.STAFF)
    async def undo_batch(self, number: str, moment: str) -> None:
        """Take back what one press made inactive of a batch."""
        try:
            count = await self._run(
                inactive_codes.undo_batch_inactive,
                number=number,
                made_at=datetime.fromisoformat(moment).astimezone(UTC),
            )
        except (NotFound, ValueError, OverflowError):
            done = None
        else:
            done = Text("payment_codes.batch_made_active", {"n": count})
        await self._show(done, "")

    @handler(Audience.STAFF)
    async def dismiss(self) -> None:
        """Let the news of a batch go."""
        self.batch_done, self.undoes_batch, self.undoes_moment = None, "", ""

    @handler(Audience.STAFF)
    async def make_active(self, code_id: int) -> None:
        """Take back that a code was made inactive."""
        try:
            switched = await self._run(inactive_codes.make_active, code_id=code_id)
        except NotFound:
            await self._show(None, str(code_id))
        else:
            await self._show(_said("made_active", switched), str(code_id))

    def _forget(self) -> None:
        self.is_asking, self.mistakes = False, {}
        self.done, self.refusal, self.focus = None, None, ""
        self.batch_done, self.undoes_batch, self.undoes_moment = None, "", ""

    async def _show(self, done: Text | None, code_id: str) -> None:
        """Say what came of it, or that somebody was first, beside the list as it is now."""
        self._forget()
        self.done = done
        self.refusal = None if done else Text("payment_codes.switched_meanwhile")
        page = await self.get_state(PaymentCodesState)
        await page._show_anew()  # noqa: SLF001  # states of one page
        lines = [line for group in page.groups for line in group.lines]
        there = next((line for line in lines if str(line.id) == code_id), None)
        following = there or next(iter(lines), None)
        self.focus = f"switch-{following.id}" if following else ""


def _said(what: str, switched: Switched) -> Text:
    if switched.used_by:
        said = {"code": switched.code, "person": switched.used_by}
        return Text(f"payment_codes.{what}_after_use", said)
    return Text(f"payment_codes.{what}", {"code": switched.code})
