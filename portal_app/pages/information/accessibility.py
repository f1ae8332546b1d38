"""Accessibility: what the portal holds itself to, and where to report what does not work."""

import reflex as rx

from portal_app.brand import brand
from portal_app.components.contact_card import mail_about
from portal_app.components.text import rich, t
from portal_app.pages.information.frame import part, reading_page

PATH = "/toegankelijkheid"


def accessibility() -> rx.Component:
    """State it in short parts."""
    return reading_page(
        t("accessibility.title"),
        rx.el.p(t("accessibility.intro", organisation=brand.organisation)),
        part(t("accessibility.works"), t("accessibility.works_text")),
        part(t("accessibility.keys"), t("accessibility.keys_text")),
        part(
            t("accessibility.report"),
            rx.el.p(rich("accessibility.report_text", mail=mail_about("toegankelijkheid"))),
        ),
        path=PATH,
    )
