"""Which of several companies a page is about, while its address names none."""

import reflex as rx

from portal_app.components.elements import Words
from portal_app.components.layout import section
from portal_app.components.text import told
from portal_app.components.tiles import tile, tiles
from portal_app.state.shapes import OrganisationChoice


def company_choice(asked: Words, choices: rx.Var[list[OrganisationChoice]]) -> rx.Component:
    """Ask which, with a tile for each."""
    return section(asked, tiles(rx.foreach(choices, _choice), wide=True))


def _choice(one: OrganisationChoice) -> rx.Component:
    return tile("building", one.name, told(one.detail), one.href)
