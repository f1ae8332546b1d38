"""The pages about one's own account."""

from portal_app.browser.posted_forms import PostedForm
from portal_app.pages import (
    factor_proof,
    factor_setup,
    forced_change,
    preferences,
    profile,
    security,
)
from portal_app.site_map.page import Page
from portal_app.state.factor_proofs import FactorProofState
from portal_app.state.factors import FactorsState
from portal_app.state.forced_change import ForcedChangeState
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
    Page(preferences.PATH, preferences.preferences, "preferences.title", (ShellState.load,)),
)
