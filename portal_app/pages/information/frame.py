"""How the pages that explain look: a heading, reading text, the contact card at the end."""

import reflex as rx

from portal_app.components.contact_card import contact_card
from portal_app.components.elements import Words
from portal_app.components.layout import open_page, page_head
from portal_app.components.shell import SHELL
from portal_app.components.text import unbroken


def reading_page(title: Words, *content: rx.Component, path: str) -> rx.Component:
    """Frame a page of reading text, for people outside and inside."""
    return open_page(
        page_head(title),
        rx.el.div(*content, contact_card(), class_name="column reading"),
        shell=SHELL,
        path=path,
    )


def part(title: Words, *paragraphs: rx.Component | Words) -> rx.Component:
    """Build a part under an h2."""
    return rx.el.section(
        rx.el.h2(unbroken(title)),
        *(one if isinstance(one, rx.Component) else rx.el.p(one) for one in paragraphs),
        class_name="card stack",
    )
