"""Capacities of the brand, said in the reader's language."""

import reflex as rx

from portal_app.brand import brand
from portal_app.components.elements import Words, in_readers_language


def capacity_name(code: Words) -> rx.Var[str]:
    """Say the name of the capacity with this code; none for the organisation as a whole."""
    said = rx.Var.create("")
    for one in brand.capacities:
        said = rx.cond(rx.Var.create(code) == one.code, in_readers_language(one.name), said)
    return said


def capacity_explained(code: Words) -> rx.Var[str]:
    """Say in one sentence what an organisation does in this capacity."""
    said = rx.Var.create("")
    for one in brand.capacities:
        said = rx.cond(rx.Var.create(code) == one.code, in_readers_language(one.explanation), said)
    return said
