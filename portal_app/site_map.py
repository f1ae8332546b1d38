"""Every page: its address, its title, what it loads, and for whom it is.

`audience` is for a friendly redirect and the tests; what a person may see and do is decided
by the use cases alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx
from reflex.event import EventCallback

from portal_app.components.layout import document_title
from portal_app.components.text import t
from portal_app.gate.handlers import Audience
from portal_app.pages import (
    building_blocks,
    candidates,
    caught_mail,
    demo_clock,
    home,
    invitation,
    payment_codes,
    registration,
    sign_in,
)
from portal_app.state.candidate_record import CandidateRecordState
from portal_app.state.candidates import CandidatesState
from portal_app.state.caught_mail import CaughtMailState
from portal_app.state.demo_clock import DemoClockState
from portal_app.state.invitations import InvitationState
from portal_app.state.payment_codes import PaymentCodesState
from portal_app.state.registration import RegistrationState
from portal_app.state.shell import ShellState
from portal_app.state.sign_in import SignInState


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the portal."""

    path: str
    build: Callable[[], rx.Component]
    title_key: str
    loads: tuple[EventCallback[()], ...] = ()
    audience: Audience = Audience.SIGNED_IN
    demo_only: bool = False

    def add_to(self, app: rx.App) -> None:
        """Hand the page to Reflex."""
        app.add_page(
            self.build,
            route=self.path,
            title=document_title(t(self.title_key)),
            on_load=[*self.loads],
        )


SITE_MAP = (
    Page("/", home.home, "home.title", (ShellState.load,)),
    Page(
        "/betaalcodes",
        payment_codes.payment_codes,
        "payment_codes.title",
        (ShellState.load, PaymentCodesState.load),
    ),
    Page(
        "/overzicht",
        candidates.overview,
        "candidates.title",
        (ShellState.load, CandidatesState.load),
    ),
    Page(
        "/overzicht/kandidaat",
        candidates.record,
        "candidates.record",
        (ShellState.load, CandidateRecordState.load),
    ),
    Page(
        "/uitnodiging",
        invitation.invitation,
        "invitations.title",
        (InvitationState.load,),
        Audience.PUBLIC,
    ),
    Page(
        "/aanmelden",
        sign_in.sign_in,
        "sign_in.title",
        (SignInState.load, InvitationState.load),
        Audience.PUBLIC,
    ),
    Page(
        "/registreren",
        registration.registration,
        "registration.title",
        (RegistrationState.load, InvitationState.load),
        Audience.PUBLIC,
    ),
    Page(
        caught_mail.PATH,
        caught_mail.caught_mail,
        "caught_mail.title",
        (CaughtMailState.load,),
        Audience.PUBLIC,
        demo_only=True,
    ),
    Page(
        "/dev/clock",
        demo_clock.demo_clock,
        "demo_clock.title",
        (DemoClockState.load,),
        Audience.PUBLIC,
        demo_only=True,
    ),
    Page(
        building_blocks.PATH,
        building_blocks.building_blocks,
        "shell.building_blocks",
        audience=Audience.PUBLIC,
        demo_only=True,
    ),
)
