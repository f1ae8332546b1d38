"""Roles, said one after another."""

import reflex as rx

from portal_app.components.text import told_by_key


def roles(keys: rx.Var[list[str]] | list[str]) -> rx.Component:
    """Say the roles under these keys, with commas between."""
    return rx.fragment(rx.foreach(keys, _role))


def _role(key: rx.Var[str], index: rx.Var[int]) -> rx.Component:
    return rx.fragment(rx.cond(index == 0, "", ", "), told_by_key(key))
