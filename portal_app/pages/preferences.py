"""Preferences: language, light or dark, rows, words beside icons, keys."""

from collections.abc import Sequence

import reflex as rx
from reflex.style import color_mode

from portal_app.brand import brand
from portal_app.components.buttons import button
from portal_app.components.dialogs import opens
from portal_app.components.fields import select_field
from portal_app.components.footer import choose_theme, themes
from portal_app.components.layout import app_page, column, page_head
from portal_app.components.shell import SHELL
from portal_app.components.text import locale_var, t
from portal_app.state.preferences import PreferencesState

PATH = "/voorkeuren"


def preferences() -> rx.Component:
    """Show every choice with what it does; each counts at once."""
    return app_page(
        page_head(t("preferences.title"), sub=t("preferences.at_once")),
        column(
            rx.el.div(
                select_field(
                    "language",
                    t("shell.language"),
                    [(locale, t(f"shell.language_{locale}")) for locale in brand.languages],
                    hint=t("preferences.language_hint"),
                    value=locale_var(),
                    on_change=PreferencesState.choose_language,
                    custom_attrs={"data-language-choice": ""},
                ),
                select_field(
                    "theme",
                    t("components.theme"),
                    themes(),
                    value=color_mode,
                    on_change=choose_theme,
                ),
                _start_page(),
                _choice("rows", ("normal", "compact")),
                _choice("labels", ("off", "on")),
                _choice("keys", ("on", "off")),
                button(t("preferences.show_keys"), kind="link", custom_attrs=opens("keys-help")),
                class_name="card stack",
            ),
        ),
        shell=SHELL,
        path=PATH,
    )


def _start_page() -> rx.Component:
    state = PreferencesState
    return select_field(
        "start_page",
        t("preferences.start_page"),
        rx.Var.create(state.start_pages),
        hint=t("preferences.start_page_hint"),
        value=state.start_page,
        on_change=state.choose_start_page,
    )


def _choice(name: str, values: Sequence[str]) -> rx.Component:
    return select_field(
        name,
        t(f"preferences.{name}"),
        [(value, t(f"preferences.{name}_{value}")) for value in values],
        hint=t(f"preferences.{name}_hint"),
        custom_attrs={"data-preference": name},
    )
