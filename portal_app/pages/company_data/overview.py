"""The page: a card for each part, those of the people and branches last."""

import reflex as rx

from portal_app.brand import Module, brand, offers
from portal_app.components.buttons import button_row, link_button
from portal_app.components.company_page import company_page
from portal_app.components.dialogs import unsaved_changes
from portal_app.components.elements import link_elsewhere
from portal_app.components.roles import roles
from portal_app.components.text import t, told
from portal_app.pages.company_data.bank_account import bank_account, decisions
from portal_app.pages.company_data.editing import fact, part_card, value_of
from portal_app.pages.company_data.parts import address_form, contact_form, name_form
from portal_app.state.access_questions import PATH as ACCESS
from portal_app.state.company_data import PATH, BranchLine, CompanyDataState, ContactLine
from portal_app.state.shell import ShellState

_S = CompanyDataState


def overview() -> rx.Component:
    """Show the page, or that it is not for the reader."""
    return company_page(
        _S,
        PATH,
        t("company_data.title"),
        _company(),
        decisions(),
        unsaved_changes(),
        choose=t("company_data.choose"),
        on_retry=_S.load,
    )


def _company() -> rx.Component:
    parts = rx.el.div(
        part_card("name", _name(), name_form(), _S.name_change),
        part_card("address", _address(), address_form(), _S.address_change),
        part_card("contact", _contact(), contact_form(), _S.contact_change),
        bank_account(),
        class_name="company-parts",
    )
    return rx.fragment(
        rx.el.p(
            rx.cond(
                _S.may_edit,
                rx.cond(
                    ShellState.is_staff,
                    t("company_data.explained_staff", organisation=brand.organisation),
                    t("company_data.explained"),
                ),
                t("company_data.explained_reader"),
            ),
            class_name="muted page-intro",
        ),
        rx.el.div(
            parts,
            rx.el.div(_contacts(), _branches(), class_name="company-parts"),
            class_name="company-data",
        ),
    )


def _name() -> rx.Component:
    return rx.fragment(
        fact(t("company_data.name"), value_of("name")),
        fact(
            rx.cond(_S.is_dutch, t("company_data.kvk_number"), t("company_data.enterprise_number")),
            _S.number,
            rx.cond(
                _S.may_edit,
                t("company_data.number_fixed", phone=brand.contact.phone_said),
                "",
            ),
        ),
        rx.cond(
            _S.unit,
            fact(
                rx.cond(_S.is_dutch, t("company_data.branch_number"), t("company_data.province")),
                told(_S.unit),
            ),
            rx.fragment(),
        ),
    )


def _address() -> rx.Component:
    return rx.fragment(
        *(
            fact(t(f"company_data.{one}"), value_of(one))
            for one in ("street", "postal_code", "town")
        )
    )


def _contact() -> rx.Component:
    website = value_of("website")
    return rx.fragment(
        fact(t("company_data.phone"), _S.phone),
        fact(t("company_data.email"), value_of("email")),
        fact(
            t("company_data.website"),
            website,
            shown=link_elsewhere(website, website),
        ),
    )


def _contacts() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("company_data.part_contacts")),
        rx.cond(
            _S.contacts,
            rx.el.ul(rx.foreach(_S.contacts, _person), class_name="plain-rows"),
            rx.el.p(t("company_data.no_contacts"), class_name="muted"),
        ),
        *((_to_access(),) if offers(Module.ACCESS) else ()),
        class_name="card is-padded stack",
    )


def _person(line: ContactLine) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.b(line.name), rx.el.p(roles(line.role_keys), class_name="small muted"))
    )


def _to_access() -> rx.Component:
    number = rx.Var.create(_S.organisation_id).to_string()
    address = rx.Var.create(f"{ACCESS}?org=") + number
    return rx.cond(
        _S.sees_access,
        button_row(link_button(t("company_data.to_access"), address, small=True)),
        rx.fragment(),
    )


def _branches() -> rx.Component:
    return rx.cond(
        _S.branches,
        rx.el.section(
            rx.el.h2(t("company_data.part_branches")),
            rx.el.p(t("company_data.branches_text"), class_name="muted"),
            rx.el.ul(rx.foreach(_S.branches, _branch), class_name="plain-rows"),
            class_name="card is-padded stack",
        ),
        rx.fragment(),
    )


def _branch(line: BranchLine) -> rx.Component:
    return rx.el.li(rx.el.a(line.name, href=line.href), rx.el.span(told(line.unit)))
