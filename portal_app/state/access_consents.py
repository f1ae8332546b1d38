"""What the page of a company's access asks about somebody who proved the company (0031)."""

from reflex.event import EventSpec

from portal_app.errors import Text
from portal_app.gate.handlers import Audience, handler
from portal_app.services import consents
from portal_app.state.access_lines import ConsentLine, consent_line
from portal_app.state.access_questions import AccessQuestions

_LONGEST_WHY = 300


class AccessConsents(AccessQuestions, mixin=True):
    """Mixed into the state of the page."""

    consents: list[ConsentLine] = []

    _consent: ConsentLine | None = None  # that is asked about

    @handler(Audience.SIGNED_IN)
    async def ask_consent(self, what: str, application: int) -> None:
        """Ask whether somebody may manage beside one ('consent'), or may not ('refuse')."""
        found = next((one for one in self.consents if one.application == application), None)
        if what not in ("consent", "refuse") or found is None:
            return
        self.asking, self.asked_name, self.refused = what, found.name, None
        self._consent = found

    @handler(Audience.SIGNED_IN)
    async def consent(self) -> EventSpec | None:
        """Let whoever was asked about be co-manager."""
        found, self.asking = self._asked_about("consent"), ""
        if found is None:
            return None
        done = Text("access.done_consent", {"name": found.name})
        wanted = {"application_id": found.application, "version": found.version}
        return await self._do_or_prove(done, consents.accept, "", **wanted)

    @handler(Audience.SIGNED_IN)
    async def refuse(self, form: dict[str, str]) -> None:
        """Refuse whoever was asked about."""
        found, self.asking = self._asked_about("refuse"), ""
        if found is None:
            return
        why = form.get("why", "").strip()[:_LONGEST_WHY]
        done = Text("access.done_refuse", {"name": found.name})
        wanted = {"application_id": found.application, "version": found.version, "why": why}
        await self._do(done, consents.refuse, **wanted)

    async def _show_consents(self) -> None:
        found = await self._run(consents.waiting, organisation_id=self._chosen)
        self.consents = [consent_line(one) for one in found]

    def _asked_about(self, what: str) -> ConsentLine | None:
        return self._consent if self.asking == what else None
