"""The parts of the form of an application: each with what it does, at an address of its own."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import Kind, button
from portal_app.components.text import t

FORMS = "/formulieren/beheer/aanvragen"


def part(*content: rx.Component) -> rx.Component:
    """Build one of the things that can be done next."""
    return rx.el.div(*content, class_name="stack", custom_attrs={"data-part": ""})


def does(
    what: str, action: str, form: PostedForm, *, kind: Kind = "primary", default: bool = True
) -> rx.Component:
    """Build the button that does it; Enter in its part presses the default one."""
    return button(
        t(f"applications.{what}"),
        kind=kind,
        submits=True,
        form_action=f"{FORMS}/{action}",
        busy=form.is_busy if kind == "primary" else None,
        custom_attrs={"data-default": ""} if default else {},
    )
