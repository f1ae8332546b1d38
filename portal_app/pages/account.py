"""'Met één account toegang tot al onze diensten': why one has an account, and where to begin."""

import reflex as rx

from portal_app.brand import brand
from portal_app.components.buttons import link_button
from portal_app.components.layout import open_page, page_head, section
from portal_app.components.shell import SHELL
from portal_app.components.text import t

PATH = "/account"


def account() -> rx.Component:
    """Say what one account opens, and what changes (W-01, W-02)."""
    return open_page(
        page_head(t("eherkenning.account_title")),
        rx.el.div(
            rx.el.p(t("eherkenning.account_intro", organisation=brand.organisation)),
            section(
                t("eherkenning.changes_title"),
                rx.el.ul(
                    rx.el.li(t("eherkenning.changes_once")),
                    rx.el.li(t("eherkenning.changes_verify")),
                    rx.el.li(t("eherkenning.changes_like")),
                ),
            ),
            link_button(t("eherkenning.start_here"), "/eherkenning", kind="primary"),
            class_name="column reading stack",
        ),
        shell=SHELL,
        path=PATH,
    )
