"""The second ways that somebody has to prove who they are; keys and codes never come here."""

from dataclasses import dataclass

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.services import factors
from portal_app.state.base import PortalState

_CHANGES = {
    "passkey": "changed_passkey",
    "passkey-naam": "changed_passkey_name",
    "passkey-weg": "changed_passkey_removed",
    "passkey-terug": "changed_passkey_restored",
    "app": "changed_app",
    "app-weg": "changed_app_removed",
    "codes": "changed_codes",
}


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    """A passkey as its owner knows it."""

    id: int
    name: str
    made_at: str  # moments in ISO form
    used_at: str  # empty: never


class FactorsState(PortalState, rx.State):
    """What the cards of the second step show."""

    app_since: str = ""  # moments in ISO form; empty: no app
    app_used_at: str = ""
    passkeys: list[PasskeyLine] = []
    has_any: bool = False
    codes_left: int = 0
    is_required: bool = False
    removed_passkey: str = ""  # its number, as the address says it
    change_key: str = ""  # of the sentence on what was changed just before this page came

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show what there is."""
        change = _CHANGES.get(self._asked().get("gewijzigd", ""), "")
        self.change_key = f"factors.{change}" if change else ""
        number = self._asked().get("passkey", "") if change == "changed_passkey_removed" else ""
        self.removed_passkey = number if number.isascii() and number.isdigit() else ""
        await self._show()

    @handler(Audience.SIGNED_IN)
    async def follow(self) -> None:
        """Show what a form has just changed."""
        await self._show()

    async def _show(self) -> None:
        held = await self._run(factors.own)
        self.app_since = held.app_since.isoformat() if held.app_since else ""
        self.app_used_at = held.app_used_at.isoformat() if held.app_used_at else ""
        self.passkeys = [
            PasskeyLine(
                one.id,
                one.name,
                one.made_at.isoformat(),
                one.used_at.isoformat() if one.used_at else "",
            )
            for one in held.passkeys
        ]
        self.has_any = held.app_since is not None or bool(held.passkeys)
        self.codes_left, self.is_required = held.codes_left, held.is_required
