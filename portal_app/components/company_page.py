"""The frame of a page about one company: what is said, and which of several it is about."""

import reflex as rx
from reflex.event import EventType

from portal_app.components.elements import Words
from portal_app.components.empty import empty
from portal_app.components.layout import app_page, page_head, section
from portal_app.components.messages import fetch_failed, live_message
from portal_app.components.refused import refused_page
from portal_app.components.shell import SHELL
from portal_app.components.skeleton import skeleton
from portal_app.components.text import t, told
from portal_app.components.tiles import tile, tiles
from portal_app.state.company_pages import CompanyPageState
from portal_app.state.shapes import OrganisationChoice


def company_page(
    state: type[CompanyPageState],
    path: str,
    title: Words,
    company: rx.Component,
    *dialogs: rx.Component,
    choose: Words,
    on_retry: EventType[()],
) -> rx.Component:
    """Build the page at `path`; `choose` asks which company while its address names none."""
    about = rx.cond(
        state.organisation, company, _company_choice(choose, rx.Var.create(state.choices))
    )
    page = rx.fragment(
        page_head(title, sub=told(state.organisation)),
        live_message("ok", told(state.said)),
        live_message("bad", told(state.refused)),
        rx.cond(
            state.is_failed,
            fetch_failed(on_retry),
            rx.cond(state.is_loaded, about, skeleton(6)),
        ),
        *dialogs,
    )
    return app_page(rx.cond(state.is_refused, refused_page(), page), shell=SHELL, path=path)


def _company_choice(asked: Words, choices: rx.Var[list[OrganisationChoice]]) -> rx.Component:
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
