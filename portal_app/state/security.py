"""The security page: the password's age, where one is signed in, what happened lately."""

from dataclasses import dataclass

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.services import own_activity, passwords, sessions
from portal_app.state.base import PortalState


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A browser in which the person is signed in."""

    id: int
    label: str  # empty when unknown
    signed_in_at: str  # moments in ISO form
    seen_at: str
    is_this_one: bool


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """A sentence of what happened, and when."""

    text_key: str
    at: str  # moment in ISO form


class SecurityState(PortalState, rx.State):
    """What the security page shows."""

    login: str = ""
    changed_at: str = ""  # moment in ISO form; empty: never
    names: str = ""  # what the new password may not hold, separated by spaces
    devices: list[DeviceLine] = []
    activity: list[ActivityLine] = []
    was_changed: bool = False  # the password, just before this page came
    ended: int = -1  # how many devices were signed out just now; -1: none was asked

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show everything."""
        self.ended = -1
        self.was_changed = self._asked().get("gewijzigd", "") == "wachtwoord"
        await self._show()

    @handler(Audience.SIGNED_IN)
    async def end_device(self, device: int) -> None:
        """Sign out one other device; its tabs empty within seconds."""
        await self._run(sessions.end_device, device_id=device)
        self.ended = 1
        await self._show()

    @handler(Audience.SIGNED_IN)
    async def end_other_devices(self) -> None:
        """Sign out everywhere but here."""
        self.ended = await self._run(sessions.end_other_devices)
        await self._show()

    async def _show(self) -> None:
        held = await self._run(passwords.own)
        self.login, self.names = held.login, " ".join(held.names)
        self.changed_at = held.changed_at.isoformat() if held.changed_at else ""
        self.devices = [
            DeviceLine(
                one.id,
                one.label,
                one.signed_in_at.isoformat(),
                one.seen_at.isoformat(),
                one.is_this_one,
            )
            for one in await self._run(sessions.devices)
        ]
        self.activity = [
            ActivityLine(f"activity.{one.action.replace('.', '_')}", one.at.isoformat())
            for one in await self._run(own_activity.lately)
        ]
