"""Say what interrupts a reader, in place of Reflex's own English.

A lost connection, a page that fails.
"""

from collections.abc import Callable

import reflex as rx
from reflex.constants.compiler import Hooks, Imports
from reflex.utils.imports import ImportVar
from reflex.vars import VarData
from reflex.vars.function import FunctionStringVar
from reflex_components_core.base.error_boundary import ErrorBoundary

from portal_app.brand import brand
from portal_app.components.footer import helpdesk_line
from portal_app.components.text import Languages, page_title, rich, t
from portal_app.languages import say

Wrap = Callable[[bool], rx.Component | None]

_RELOAD = FunctionStringVar.create("(() => window.location.reload())")
_TRIANGLE = "M12 3.2 22 20.5H2zM12 10v4.6M12 17.4v.1"


def app_wraps() -> dict[tuple[int, str], Wrap]:
    """Return what `rx.App(app_wraps=…)` needs: Reflex's own wraps are all replaced.

    An app wrap holds the whole app as its child, hence the fragment around the status.
    """
    return {
        (60, "Languages"): lambda _stateful: Languages.create(),
        (55, "ErrorBoundary"): lambda _stateful: ErrorBoundary.create(
            fallback_render=rx.Var.create(failed())
        ),
        (5, "Overlay"): lambda stateful: rx.fragment(connection_status()) if stateful else None,
    }


def connection_status() -> rx.Component:
    """Say that the connection is lost, as long as it is, and then that it is back.

    The picture is drawn in place: without a connection no file can be fetched. The words are
    components: an app wrap itself is drawn outside the languages, where every word is Dutch.
    """
    lost = rx.el.div(
        rx.el.svg(
            rx.el.svg.path(d=_TRIANGLE),
            view_box="0 0 24 24",
            class_name="icon",
            custom_attrs={"aria-hidden": "true"},
        ),
        rx.el.span(rich("shell.connection_lost")),
        class_name="connection-bar",
    )
    back = rx.el.span(rich("shell.connection_back"), class_name="visually-hidden")
    phase = _connection()
    return rx.el.div(
        rx.cond(phase == "lost", lost),
        rx.cond(phase == "back", back),
        role="status",
        class_name="connection-status",
    )


def no_script() -> rx.Component:
    """Say what is missing without JavaScript: in every language, since none can be chosen."""
    sentences = (rx.el.p(say("shell.no_script", one), lang=one) for one in brand.languages)
    return rx.el.noscript(rx.el.div(*sentences, class_name="noscript-bar"))


def failed() -> rx.Component:
    """Say that a page failed on our side, and offer to try again."""
    return rx.el.main(
        rx.el.title(page_title(t("shell.failed_title"), portal=brand.portal_name)),
        rx.el.div(
            rx.el.h1(t("shell.failed_title")),
            rx.el.p(t("shell.failed_text")),
            rx.el.button(
                t("shell.try_again"),
                type="button",
                class_name="button is-primary",
                on_click=_RELOAD,
            ),
            rx.el.p(helpdesk_line()),
            class_name="column stack",
        ),
        id="inhoud",
        tab_index=-1,
        class_name="page",
        custom_attrs={"data-failed": ""},  # `developing.js` looks for it
    )


def _connection() -> rx.Var[str]:
    return rx.Var(
        "portalConnection",
        _var_type=str,
        _var_data=VarData(
            imports={
                **Imports.CONNECT_ERRORS,
                "$/utils/connection": [ImportVar(tag="useConnection")],
            },
            hooks={
                Hooks.CONNECT_ERRORS: None,
                "const portalConnection = useConnection(connectErrors.length > 0)": None,
            },
        ),
    )
