"""A list that follows the address, once it is there: its counter, its rows and its pager."""

import reflex as rx

from portal_app.components.messages import fetch_failed
from portal_app.components.pager import pager, result_counter, result_line
from portal_app.components.skeleton import skeleton
from portal_app.state.lists import ListState
from portal_app.state.paging import Paging


def once_loaded(state: type[ListState], found: rx.Component, *, lines: int = 6) -> rx.Component:
    """Show what was found, its shape while it is on its way, or that it could not be had."""
    return rx.cond(
        state.is_failed,
        fetch_failed(state.load),
        rx.cond(state.is_loaded, found, skeleton(lines)),
    )


def counted(state: type[ListState], rows: rx.Component, *, none: rx.Component) -> rx.Component:
    """Count what was found above its rows; where nothing was, `none` says so in their place."""
    shown = state.paging
    return rx.fragment(list_counter(shown), rx.cond(shown.total == 0, none, rows))


def list_counter(shown: Paging) -> rx.Component:
    """Say how many there are and which are shown."""
    return result_line(
        result_counter(
            rx.Var.create(shown.total), rx.Var.create(shown.first), rx.Var.create(shown.last)
        )
    )


def list_pager(shown: Paging) -> rx.Component:
    """Build the pager of a list."""
    return pager(
        rx.Var.create(shown.pages),
        previous=rx.Var.create(shown.previous),
        following=rx.Var.create(shown.following),
        sizes=rx.Var.create(shown.sizes),
    )
