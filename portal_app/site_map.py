"""Every page: its address, its title, what it loads, and for whom it is.

`audience` is for a friendly redirect and the tests; what a person may see and do is decided
by the use cases alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx
from reflex.event import EventCallback

from portal_app.brand import Module, offers
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.layout import document_title
from portal_app.components.text import t
from portal_app.gate.handlers import Audience
from portal_app.pages import (
    access,
    account,
    building_blocks,
    candidates,
    caught_mail,
    demo_clock,
    eherkenning,
    forced_change,
    home,
    invitation,
    password_reset,
    payment_codes,
    preferences,
    profile,
    registration,
    security,
    sign_in,
    test_broker,
)
from portal_app.pages.information import accessibility, helping, privacy, sign_in_problems
from portal_app.pages.staff import invitations, new_account, new_invitation
from portal_app.settings import settings
from portal_app.state.access import APPOINT, AccessState
from portal_app.state.access import PATH as ACCESS
from portal_app.state.appointing import AppointingState
from portal_app.state.candidate_record import CandidateRecordState
from portal_app.state.candidates import CandidatesState
from portal_app.state.capacity_parameters import PATH as PARAMETERS
from portal_app.state.capacity_parameters import CapacityParametersState
from portal_app.state.caught_mail import CaughtMailState
from portal_app.state.demo_clock import DemoClockState
from portal_app.state.eherkenning import EherkenningState
from portal_app.state.forced_change import ForcedChangeState
from portal_app.state.home import HomeState
from portal_app.state.inactive_codes import InactiveCodesState
from portal_app.state.invitation_list import InvitationListState
from portal_app.state.invitations import InvitationState
from portal_app.state.password_reset import PasswordResetState
from portal_app.state.payment_codes import PaymentCodesState
from portal_app.state.profile import ProfileState
from portal_app.state.registration import RegistrationState
from portal_app.state.security import SecurityState
from portal_app.state.shell import ShellState
from portal_app.state.sign_in import SignInState
from portal_app.state.staff_forms import StaffFormsState
from portal_app.state.unlinking import UnlinkingState


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the portal."""

    path: str
    build: Callable[[], rx.Component]
    title_key: str
    loads: tuple[EventCallback[()], ...] = ()
    audience: Audience = Audience.SIGNED_IN
    demo_only: bool = False
    module: Module | None = None  # without which the page is not there
    mistaken: rx.Var[bool] | None = None  # whether what was asked for cannot be read

    @property
    def is_here(self) -> bool:
        """Whether this installation has the page."""
        is_offered = self.module is None or offers(self.module)
        return is_offered and (settings.is_demo or not self.demo_only)

    def add_to(self, app: rx.App) -> None:
        """Hand the page to Reflex."""
        app.add_page(
            self.build,
            route=self.path,
            title=document_title(t(self.title_key), mistaken=self.mistaken),
            on_load=[*self.loads],
        )


SITE_MAP = (
    Page("/", home.home, "home.title", (ShellState.load, HomeState.load)),
    Page(
        "/betaalcodes",
        payment_codes.payment_codes,
        "payment_codes.title",
        (ShellState.load, PaymentCodesState.load, InactiveCodesState.arrive),
        module=Module.PAYMENT_CODES,
        mistaken=rx.Var.create(PaymentCodesState.mistake_list).length() > 0,
    ),
    Page(
        "/overzicht",
        candidates.overview,
        "candidates.title",
        (ShellState.load, CandidatesState.load, UnlinkingState.arrive),
        module=Module.OVERVIEW,
        mistaken=rx.Var.create(CandidatesState.mistake_list).length() > 0,
    ),
    Page(
        "/overzicht/kandidaat",
        candidates.record,
        "candidates.record",
        (ShellState.load, CandidateRecordState.load, UnlinkingState.arrive),
        module=Module.OVERVIEW,
    ),
    Page(
        "/uitnodiging",
        invitation.invitation,
        "invitations.title",
        (ShellState.load_if_inside, InvitationState.load),
        Audience.PUBLIC,
        mistaken=PostedForm("invitation").is_refused | PostedForm("consent").is_refused,
    ),
    Page(
        "/aanmelden",
        sign_in.sign_in,
        "sign_in.title",
        (SignInState.load, InvitationState.load),
        Audience.PUBLIC,
        mistaken=PostedForm("sign_in").is_refused,
    ),
    Page(
        "/registreren",
        registration.registration,
        "registration.title",
        (RegistrationState.load, InvitationState.load),
        Audience.PUBLIC,
        mistaken=PostedForm("registration").is_refused,
    ),
    Page(
        password_reset.PATH,
        password_reset.password_reset,
        "password_reset.title",
        (PasswordResetState.load,),
        Audience.PUBLIC,
        mistaken=PostedForm("password_reset").is_refused,
    ),
    Page(
        password_reset.WITHDRAWAL_PATH,
        password_reset.withdrawal,
        "password_reset.not_me",
        (PasswordResetState.load,),
        Audience.PUBLIC,
        mistaken=PostedForm("withdrawal").is_refused,
    ),
    Page(
        account.PATH,
        account.account,
        "eherkenning.account_page",
        (ShellState.load_if_inside,),
        Audience.PUBLIC,
        module=Module.EHERKENNING,
    ),
    Page(
        eherkenning.PATH,
        eherkenning.eherkenning,
        "eherkenning.title",
        (ShellState.load_if_inside, EherkenningState.load),
        Audience.PUBLIC,
        module=Module.EHERKENNING,
    ),
    Page(
        forced_change.PATH,
        forced_change.forced_change,
        "passwords.choose_title",
        (ShellState.load, ForcedChangeState.load),
        mistaken=PostedForm("forced_change").is_refused,
    ),
    Page(
        profile.PATH,
        profile.profile,
        "profile.title",
        (ShellState.load, ProfileState.load),
        mistaken=PostedForm("profile").is_refused,
    ),
    Page(
        security.PATH,
        security.security,
        "security.title",
        (ShellState.load, SecurityState.load),
        mistaken=PostedForm("own_password").is_refused,
    ),
    Page(preferences.PATH, preferences.preferences, "preferences.title", (ShellState.load,)),
    Page(
        ACCESS,
        access.overview,
        "access.title",
        (ShellState.load, AccessState.load),
        module=Module.ACCESS,
    ),
    Page(
        APPOINT,
        access.appointing,
        "access.appoint",
        (ShellState.load, AppointingState.load),
        module=Module.ACCESS,
    ),
    Page(
        PARAMETERS,
        access.parameters,
        "capacities.parameters_title",
        (ShellState.load, CapacityParametersState.load),
        module=Module.ACCESS,
    ),
    Page(
        invitations.PATH,
        invitations.invitations,
        "invitations.list_title",
        (ShellState.load, InvitationListState.load),
    ),
    Page(
        new_invitation.PATH,
        new_invitation.new_invitation,
        "invitations.new",
        (ShellState.load, StaffFormsState.load),
        mistaken=PostedForm("new_invitation").is_refused,
    ),
    Page(
        new_account.PATH,
        new_account.new_account,
        "invitations.new_account",
        (ShellState.load, StaffFormsState.load),
        mistaken=PostedForm("new_account").is_refused,
    ),
    *(
        Page(module.PATH, build, title_key, (ShellState.load_if_inside,), Audience.PUBLIC)
        for module, build, title_key in (
            (helping, helping.help_page, "help.title"),
            (sign_in_problems, sign_in_problems.sign_in_problems, "help.sign_in_problems"),
            (privacy, privacy.privacy, "privacy.title"),
            (accessibility, accessibility.accessibility, "accessibility.title"),
        )
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
        test_broker.PATH,
        test_broker.test_broker,
        "eherkenning.test_title",
        audience=Audience.PUBLIC,
        demo_only=True,
        module=Module.EHERKENNING,
    ),
    Page(
        building_blocks.PATH,
        building_blocks.building_blocks,
        "shell.building_blocks",
        audience=Audience.PUBLIC,
        demo_only=True,
    ),
)

INSIDE = tuple(
    page.path for page in SITE_MAP if page.is_here and page.audience is not Audience.PUBLIC
)
"""The addresses of the pages for people who are signed in."""
