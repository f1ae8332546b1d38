"""The pages to read."""

from portal_app.gate.handlers import Audience
from portal_app.pages.information import accessibility, helping, privacy, sign_in_problems
from portal_app.site_map.page import Page
from portal_app.state.shell import ShellState

INFORMATION = (
    *(
        Page(module.PATH, build, title_key, (ShellState.load_if_inside,), Audience.PUBLIC)
        for module, build, title_key in (
            (helping, helping.help_page, "help.title"),
            (sign_in_problems, sign_in_problems.sign_in_problems, "shell.sign_in_problems"),
            (privacy, privacy.privacy, "privacy.title"),
            (accessibility, accessibility.accessibility, "accessibility.title"),
        )
    ),
)
