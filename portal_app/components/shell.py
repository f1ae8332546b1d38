"""What the bar inside the portal shows, from the one state that knows it."""

from portal_app.components.header import Shell
from portal_app.state.shell import ShellState

SHELL = Shell(
    person_name=ShellState.person_name,
    initials=ShellState.initials,
    organisation_name=ShellState.organisation_name,
    organisation_code=ShellState.organisation_code,
    organisation_apart=ShellState.organisation_apart,
    organisations=ShellState.organisations,
    places=ShellState.places,
    sign_out_action="/formulieren/afmelden",
)
