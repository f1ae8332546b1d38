"""The contact card: how the helpdesk is reached, and whether it answers now."""

import json

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

from portal_app.brand import brand
from portal_app.components.elements import (
    Words,
    icon,
    in_readers_language,
    native_link,
)
from portal_app.components.text import t, unbroken
from portal_app.icon_names import IconName


def contact_card() -> rx.Component:
    """Show phone, mail and hours, and 'nu open' or 'gesloten'."""
    contact = brand.contact
    return rx.el.section(
        rx.el.h2(contact.helpdesk),
        _line("phone", native_link(contact.phone_said, href=f"tel:{contact.phone_number}")),
        _line("mail", native_link(unbroken(contact.email), href=f"mailto:{contact.email}")),
        _line("clock", in_readers_language(contact.hours_said), _standing(), class_name="hours"),
        class_name="card stack",
        custom_attrs={"aria-label": contact.helpdesk},
    )


def mail_about(subject: str) -> rx.Component:
    """Link to a mail to the helpdesk whose subject is given."""
    address = brand.contact.email
    words = subject.replace(" ", "%20")
    return native_link(unbroken(address), href=f"mailto:{address}?subject={words}")


def _line(icon_name: IconName, *words: rx.Component | Words, class_name: str = "") -> rx.Component:
    return rx.el.p(
        icon(icon_name), rx.el.span(*words, class_name=class_name), class_name="contact-line"
    )


def _standing() -> rx.Component:
    standing = rx.Var(
        "helpdeskStanding",
        _var_type=str,
        _var_data=VarData(
            imports={"$/utils/behaviours/opening_hours.js": [ImportVar(tag="useOpen")]},
            hooks={f"const helpdeskStanding = useOpen({_hours()})": None},
        ),
    )
    said = rx.cond(standing == "open", t("help.open_now"), t("help.closed_now"))
    return rx.cond(standing, rx.fragment(" · ", rx.el.b(said)), rx.fragment())


def _hours() -> str:
    return json.dumps([hours.model_dump(mode="json") for hours in brand.contact.hours])
