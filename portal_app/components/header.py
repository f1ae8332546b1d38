"""The bar on top: the brand, and then languages (public) or places and person (inside)."""

from dataclasses import dataclass

import reflex as rx

from portal_app.brand import brand
from portal_app.components.elements import Words, icon, maybe, native_form, visually_hidden
from portal_app.components.roles import roles
from portal_app.components.text import choose_language, locale_var, t, told
from portal_app.errors import Text
from portal_app.state.shapes import NavLink, OrganisationChoice

_SEEN_AT_ONCE = 7
"""Of more organisations than these, one is searched for."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What the bar inside the portal shows; a state's vars fill it.

    `organisations` holds the choices, the current one too; with one of them there is no
    switcher. `organisation_name` and `organisation_code` are of the current one, and so is
    `organisation_apart`: its unit, when another has the same name.
    """

    person_name: Words
    initials: Words
    organisation_name: Words
    organisation_code: Words
    organisation_apart: rx.Var | Text | str
    organisations: rx.Var[list[OrganisationChoice]] | list[OrganisationChoice]
    places: rx.Var[list[NavLink]] | list[NavLink]
    sign_out_action: str = "/afmelden"


def public_header() -> rx.Component:
    """Build the bar for people who are not inside: the brand and the languages."""
    return rx.el.header(
        rx.el.div(
            _brand_link(),
            rx.el.div(language_choice(), class_name="header-end"),
            class_name="site-header-row",
        ),
        class_name="site-header",
    )


def app_header(shell: Shell, *, path: str, places: bool = True) -> rx.Component:
    """Build the bar inside: brand, organisation, places at the right, the person last.

    `path` is the address of this page, to mark its place. The first page inside has tiles
    and leaves the places out, so that each is named once.
    """
    several = rx.Var.create(shell.organisations).to(list).length() > 1
    return rx.el.header(
        rx.el.div(
            _brand_link(),
            rx.cond(several, _organisation_button(shell), rx.fragment()),
            rx.el.div(
                *(_places(shell, path) if places else []),
                _person_button(shell),
                *maybe(_menu_button() if places else None),
                class_name="header-end",
            ),
            class_name="site-header-row",
        ),
        rx.cond(several, _organisation_menu(shell), rx.fragment()),
        _person_menu(shell),
        class_name="site-header is-app",
    )


def language_choice() -> rx.Component:
    """List the brand's languages by their own names; choosing keeps address and typing."""
    return rx.el.nav(
        *(
            rx.el.button(
                locale.upper(),
                visually_hidden(" ", t(f"shell.language_{locale}")),
                type="button",
                lang=locale,
                on_click=choose_language(locale),
                custom_attrs={
                    "aria-current": rx.cond(locale_var() == locale, "true", rx.Var("undefined"))
                },
            )
            for locale in brand.languages
        ),
        class_name="language-nav",
        custom_attrs={"aria-label": t("shell.language")},
    )


def _brand_link() -> rx.Component:
    return rx.el.a(
        rx.el.img(src=f"/logos/{brand.logo}", alt="", custom_attrs={"width": "32", "height": "32"}),
        rx.el.span(brand.name, custom_attrs={"aria-hidden": "true"}),
        visually_hidden(t("shell.to_home_of", portal=brand.portal_name)),
        href="/",
        class_name="brand-link",
    )


def _organisation_button(shell: Shell) -> rx.Component:
    return rx.el.button(
        icon("building"),
        visually_hidden(t("shell.switch_organisation", organisation="")),
        rx.el.b(
            rx.cond(shell.organisation_name, shell.organisation_name, t("shell.all_organisations")),
            rx.cond(
                shell.organisation_apart,
                rx.fragment(" (", told(shell.organisation_apart), ")"),
                rx.fragment(),
            ),
        ),
        rx.cond(
            shell.organisation_code,
            rx.el.span(shell.organisation_code, class_name="mono"),
            rx.fragment(),
        ),
        icon("down"),
        type="button",
        class_name="header-button organisation-button",
        custom_attrs={"popoverTarget": "organisation-menu", "data-menu-button": ""},
    )


def _organisation_menu(shell: Shell) -> rx.Component:
    return rx.el.div(
        rx.el.p(t("components.choose_organisation"), class_name="menu-title"),
        rx.cond(
            rx.Var.create(shell.organisations).to(list).length() > _SEEN_AT_ONCE,
            rx.el.input(
                type="search",
                class_name="input",
                placeholder=t("components.search_organisation"),
                custom_attrs={
                    "aria-label": t("components.search_organisation"),
                    "data-narrows": "organisation-list",
                },
            ),
            rx.fragment(),
        ),
        rx.el.ul(rx.foreach(shell.organisations, _organisation), id="organisation-list"),
        rx.el.hr(),
        rx.el.a(t("components.enter_invitation_code"), href="/uitnodiging"),
        id="organisation-menu",
        class_name="menu from-left",
        custom_attrs={"popover": "auto", "data-menu": ""},
    )


def _organisation(choice: OrganisationChoice) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                choice.name,
                rx.el.small(told(choice.detail)),
                rx.el.small(roles(choice.role_keys)),
            ),
            rx.cond(choice.code, rx.el.span(choice.code, class_name="mono tiny"), rx.fragment()),
            href=choice.href,
            custom_attrs={"aria-current": rx.cond(choice.current, "true", rx.Var("undefined"))},
        )
    )


def _places(shell: Shell, path: str) -> list[rx.Component]:
    return [
        rx.el.nav(
            rx.el.ul(rx.foreach(shell.places, lambda link: _place(link, path))),
            id="main-menu",
            class_name="main-nav",
            custom_attrs={
                "popover": "auto",
                "data-menu": "",
                "aria-label": t("shell.main_menu"),
            },
        )
    ]


def _place(link: NavLink, path: str) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            told(rx.Var.create(link.label_key), rx.Var.create({})),
            href=link.href,
            custom_attrs={
                "aria-current": rx.cond(
                    rx.Var.create(link.path) == path, "page", rx.Var("undefined")
                )
            },
        )
    )


def _menu_button() -> rx.Component:
    return rx.el.button(
        icon("menu"),
        visually_hidden(t("shell.menu")),
        type="button",
        class_name="menu-button",
        custom_attrs={"popoverTarget": "main-menu", "data-menu-button": ""},
    )


def _person_button(shell: Shell) -> rx.Component:
    return rx.el.button(
        rx.cond(shell.person_name, "", visually_hidden(t("shell.account"))),
        rx.el.span(shell.person_name, class_name="user-name"),
        rx.el.span(shell.initials, class_name="avatar", custom_attrs={"aria-hidden": "true"}),
        icon("down"),
        type="button",
        class_name="header-button is-plain user-button",
        custom_attrs={"popoverTarget": "person-menu", "data-menu-button": ""},
    )


def _person_menu(shell: Shell) -> rx.Component:
    links = (
        ("shell.edit_profile", "/profiel"),
        ("shell.security", "/beveiliging"),
        ("shell.own_applications", "/aanvragen"),
        ("shell.preferences", "/voorkeuren"),
    )
    return rx.el.div(
        rx.el.ul(*(rx.el.li(rx.el.a(t(key), href=href)) for key, href in links)),
        rx.el.hr(),
        native_form(rx.el.button(t("shell.sign_out"), type="submit"), action=shell.sign_out_action),
        id="person-menu",
        class_name="menu",
        custom_attrs={"popover": "auto", "data-menu": ""},
    )
