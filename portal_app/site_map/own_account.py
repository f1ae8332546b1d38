"""The pages about one's own account."""

from portal_app.brand import Module
from portal_app.browser.posted_forms import PostedForm
from portal_app.pages import (
    company_application,
    factor_proof,
    factor_setup,
    forced_change,
    my_applications,
    own_application,
    preferences,
    profile,
    security,
)
from portal_app.site_map.page import Page
from portal_app.state.company_application import (
    CAPACITY,
    ROLE,
    CapacityApplicationState,
    RoleApplicationState,
)
from portal_app.state.factor_proofs import FactorProofState
from portal_app.state.factors import FactorsState
from portal_app.state.forced_change import ForcedChangeState
from portal_app.state.my_applications import MyApplicationsState
from portal_app.state.own_application import MINE, ONE_OF_MINE, MyApplicationState
from portal_app.state.preferences import PreferencesState
from portal_app.state.profile import ProfileState
from portal_app.state.security import SecurityState
from portal_app.state.shell import ShellState

OWN_ACCOUNT = (
    Page(
        forced_change.PATH,
        forced_change.forced_change,
        "passwords.choose_title",
        (ShellState.load, ForcedChangeState.load),
        mistaken=PostedForm("forced_change").is_refused,
    ),
    Page(
        factor_proof.PATH,
        factor_proof.factor_proof,
        "factors.prove_title",
        (ShellState.load, FactorProofState.load),
        mistaken=PostedForm("proof_code").is_refused
        | PostedForm("proof_recovery").is_refused
        | PostedForm("proof_password").is_refused,
    ),
    Page(
        factor_setup.PATH,
        factor_setup.factor_setup,
        "factors.setup_title",
        (ShellState.load, FactorsState.load),
        mistaken=PostedForm("app_confirm").is_refused,
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
        (ShellState.load, SecurityState.load, FactorsState.load),
        mistaken=PostedForm("own_password").is_refused | PostedForm("app_confirm").is_refused,
    ),
    Page(
        MINE,
        my_applications.my_applications,
        "shell.own_applications",
        (ShellState.load, MyApplicationsState.load),
    ),
    Page(
        ONE_OF_MINE,
        own_application.my_application,
        "applications.own_title",
        (ShellState.load, MyApplicationState.load),
        mistaken=PostedForm("my_application").is_refused,
    ),
    Page(
        ROLE,
        company_application.role_application,
        "applications.role_title",
        (ShellState.load, RoleApplicationState.load),
        mistaken=PostedForm("role_application").is_refused,
    ),
    Page(
        CAPACITY,
        company_application.capacity_application,
        "applications.capacity_title",
        (ShellState.load, CapacityApplicationState.load),
        module=Module.ACCESS,
        mistaken=PostedForm("capacity_application").is_refused,
    ),
    Page(
        preferences.PATH,
        preferences.preferences,
        "preferences.title",
        (ShellState.load, PreferencesState.load),
    ),
)
