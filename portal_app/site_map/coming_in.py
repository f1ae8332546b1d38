"""The pages on the way in, which are there before anybody is signed in."""

from portal_app.brand import Module
from portal_app.browser.posted_forms import PostedForm
from portal_app.gate.handlers import Audience
from portal_app.pages import (
    access_request,
    account,
    activation_codes,
    address_forgotten,
    eherkenning,
    invitation,
    own_application,
    password_reset,
    registration,
    sign_in,
    who_manages,
)
from portal_app.site_map.page import Page
from portal_app.state.access_request import AccessRequestState
from portal_app.state.activation_codes import ActivationCodesState
from portal_app.state.address_application import AddressApplicationState
from portal_app.state.eherkenning import EherkenningState
from portal_app.state.invitations import InvitationState
from portal_app.state.own_application import OwnApplicationState
from portal_app.state.password_reset import PasswordResetState
from portal_app.state.registration import RegistrationState
from portal_app.state.shell import ShellState
from portal_app.state.sign_in import SignInState
from portal_app.state.who_manages import WhoManagesState

COMING_IN = (
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
        (ShellState.load_if_inside, SignInState.load, InvitationState.load),
        Audience.PUBLIC,
        mistaken=PostedForm("sign_in").is_refused,
    ),
    Page(
        "/registreren",
        registration.registration,
        "registration.title",
        (ShellState.load_if_inside, RegistrationState.load, InvitationState.load),
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
        address_forgotten.PATH,
        address_forgotten.address_forgotten,
        "asking.address_title",
        (AddressApplicationState.load,),
        Audience.PUBLIC,
        mistaken=PostedForm("address_forgotten").is_refused,
    ),
    Page(
        address_forgotten.CONFIRMATION_PATH,
        address_forgotten.address_confirmation,
        "asking.confirm_title",
        audience=Audience.PUBLIC,
        mistaken=PostedForm("address_confirmation").is_refused,
    ),
    Page(
        activation_codes.PATH,
        activation_codes.activation_codes,
        "activation.codes_title",
        (ActivationCodesState.load,),
        Audience.PUBLIC,
        mistaken=PostedForm("activation_codes").is_refused,
    ),
    Page(
        access_request.PATH,
        access_request.access_request,
        "asking.access_title",
        (ShellState.load_if_inside, AccessRequestState.load),
        Audience.PUBLIC,
        mistaken=PostedForm("access_request").is_refused,
    ),
    Page(
        who_manages.PATH,
        who_manages.who_manages,
        "shell.who_manages",
        (ShellState.load_if_inside, WhoManagesState.load),
        Audience.PUBLIC,
        module=Module.ACCESS,
        mistaken=PostedForm("who_manages").is_refused | PostedForm("access_message").is_refused,
    ),
    Page(
        own_application.PATH,
        own_application.own_application,
        "applications.own_title",
        (OwnApplicationState.load,),
        Audience.PUBLIC,
        mistaken=PostedForm("own_application").is_refused,
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
)
