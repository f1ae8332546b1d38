"""Which of several companies a page is about, while its address names none."""

import reflex as rx

from portal_app.components.elements import Words
from portal_app.components.empty import empty
from portal_app.components.layout import section
from portal_app.components.text import t, told
from portal_app.components.tiles import tile, tiles
from portal_app.state.shapes import OrganisationChoice


def company_choice(asked: Words, choices: rx.Var[list[OrganisationChoice]]) -> rx.Component:
    """Ask which, with a tile for each; the fund's own people have none of their own."""
    return rx.cond(
        choices,
        section(asked, tiles(rx.foreach(choices, _choice), wide=True)),
        empty(
            t("components.no_company_title"),
            t("components.no_company_text"),
            icon_name="building",
        ),
    )


def _choice(one: OrganisationChoice) -> rx.Component:
    return tile("building", one.name, told(one.detail), one.href)
