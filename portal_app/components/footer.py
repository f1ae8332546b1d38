"""The foot of every page: how to reach the fund, where else to go, light or dark."""

from typing import cast

import reflex as rx
from reflex.event import EventSpec
from reflex.style import LiteralColorMode, color_mode, set_color_mode

from portal_app.brand import FooterLink, LinkBlock, brand
from portal_app.components.elements import (
    Words,
    icon,
    in_readers_language,
    maybe,
    native_link,
)
from portal_app.components.text import t, unbroken


def footer() -> rx.Component:
    """Build the foot: the contact card, the brand's links, and the same help line everywhere."""
    return rx.el.footer(
        rx.el.div(
            _block(t("components.contact"), *_contact_lines(), *_links("contact")),
            *_block_of("direct", t("components.direct")),
            *_block_of("follow", t("components.follow")),
            class_name="footer-blocks",
        ),
        rx.el.div(
            rx.el.a(t("shell.help_and_contact"), href="/hulp"),
            rx.el.a(t("shell.accessibility"), href="/toegankelijkheid"),
            rx.el.a(t("shell.privacy"), href="/privacy"),
            rx.el.span(helpdesk_line()),
            theme_choice(),
            class_name="footer-line",
        ),
        class_name="site-footer",
    )


def helpdesk_line() -> rx.Var[str]:
    """Say how and when the helpdesk can be reached, in one line."""
    hours = in_readers_language(brand.contact.hours_said)
    return t("shell.helpdesk", phone=brand.contact.phone_said, hours=hours)


def help_section() -> rx.Component:
    """Build the section 'Hulp nodig?' that stands beside forms."""
    return rx.el.section(
        rx.el.h2(t("components.help_needed")),
        rx.el.p(icon("phone"), _phone(), class_name="phone"),
        rx.el.p(in_readers_language(brand.contact.hours_said), class_name="hours"),
    )


def theme_choice() -> rx.Component:
    """Build the choice of light, dark or as the device has it.

    Reflex keeps it, and has it on <html> before anything is painted.
    """
    return rx.el.label(
        rx.el.span(t("components.theme")),
        rx.el.select(
            *(rx.el.option(words, value=theme) for theme, words in themes()),
            class_name="select",
            value=color_mode,
            on_change=choose_theme,
        ),
        class_name="theme-choice",
    )


def themes() -> list[tuple[str, rx.Var[str]]]:
    """List what can be chosen, with its words."""
    return [(theme, t(f"components.theme_{theme}")) for theme in ("system", "light", "dark")]


def choose_theme(theme: rx.Var[str]) -> EventSpec:
    """Show the portal in another theme from now on: for `on_change`."""
    return set_color_mode(cast("rx.Var[LiteralColorMode]", theme))


def _contact_lines() -> list[rx.Component]:
    contact = brand.contact
    return [
        rx.el.li(rx.el.b(contact.helpdesk)),
        rx.el.li(icon("phone"), _phone()),
        rx.el.li(icon("mail"), _mail(contact.email)),
        rx.el.li(
            icon("clock"),
            rx.el.span(in_readers_language(contact.hours_said), class_name="hours"),
        ),
    ]


def _phone() -> rx.Component:
    return native_link(brand.contact.phone_said, href=f"tel:{brand.contact.phone_number}")


def _mail(address: str) -> rx.Component:
    return native_link(unbroken(address), href=f"mailto:{address}")


def _block_of(block: LinkBlock, title: Words) -> list[rx.Component]:
    links = _links(block)
    return maybe(_block(title, *links) if links else None)


def _block(title: Words, *lines: rx.Component) -> rx.Component:
    return rx.el.section(rx.el.h2(title), rx.el.ul(*lines))


def _links(block: LinkBlock) -> list[rx.Component]:
    return [rx.el.li(_link(link)) for link in brand.links_in(block)]


def _link(link: FooterLink) -> rx.Component:
    kind = rx.el.a if link.href.startswith("/") else native_link
    return kind(in_readers_language(link.label), href=link.href)
