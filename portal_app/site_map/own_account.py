"""The pages about one's own account."""

from portal_app.browser.posted_forms import PostedForm
from portal_app.pages import (
    forced_change,
    preferences,
    profile,
    security,
)
from portal_app.site_map.page import Page
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
)
