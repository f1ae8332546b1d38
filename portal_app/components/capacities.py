"""Capacities of the brand, said in the reader's language."""

import reflex as rx

from portal_app.brand import brand
from portal_app.components.elements import Words, in_readers_language
from portal_app.components.fields import field_class, hint_and_error


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


def capacity_choice(codes: list[str], legend: Words, wrong: Words) -> rx.Component:
    """Let one of some capacities be chosen, each with what it is for."""
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="field-label"),
        *hint_and_error("capacity", None, wrong),
        rx.el.div(rx.foreach(codes, _choice), class_name="choices is-column"),
        class_name=field_class(wrong),
    )


def _choice(code: rx.Var[str], at: rx.Var[int]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            id=rx.cond(at == 0, "capacity", "capacity-" + rx.Var.create(code).to(str)),
            name="capacity",
            type="radio",
            value=code,
        ),
        rx.el.span(capacity_name(code), rx.el.span(capacity_explained(code), class_name="under")),
        class_name="choice",
    )
