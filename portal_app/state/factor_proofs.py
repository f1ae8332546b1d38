"""The page where somebody proves who they are: with what they can."""

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.services import factor_proofs
from portal_app.state.base import PortalState


class FactorProofState(PortalState, rx.State):
    """How the person that is here may prove who they are."""

    login: str = ""
    is_coming_in: bool = False  # else it is once more
    has_app: bool = False
    has_passkeys: bool = False
    has_codes: bool = False
    with_password: bool = False

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Look which ways there are."""
        ways = await self._run(factor_proofs.ways)
        self.login, self.is_coming_in = ways.login, ways.is_coming_in
        self.has_app, self.has_codes = ways.has_app, ways.has_codes
        self.has_passkeys = ways.has_passkeys
        self.with_password = ways.with_password
