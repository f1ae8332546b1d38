"""Privacy: what is kept, why, for how long, and what one may ask."""

import reflex as rx

from portal_app.brand import brand
from portal_app.components.text import t
from portal_app.pages.information.frame import part, reading_page

PATH = "/privacy"
_PARTS = ("what", "why", "who", "how_long", "cookies", "rights")


def privacy() -> rx.Component:
    """Say it in short parts."""
    return reading_page(
        t("privacy.title"),
        rx.el.p(t("privacy.intro", organisation=brand.organisation)),
        *(part(t(f"privacy.{name}"), t(f"privacy.{name}_text")) for name in _PARTS),
        path=PATH,
    )
