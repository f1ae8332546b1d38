"""What the portal knows of an applicant and of the company, for whoever decides."""

import reflex as rx

from portal_app.components.text import t, told_by_key, unbroken
from portal_app.state.access_evidence import KnownLine
from portal_app.state.company_evidence import ManagerLine


def evidence(
    *facts: rx.Component,
    people: list[KnownLine] | list[ManagerLine],
    heading: rx.Var[str],
) -> rx.Component:
    """List the facts, and who is at the company already."""
    return rx.el.div(
        rx.el.h3(t("applications.evidence")),
        rx.el.ul(*facts, class_name="stack"),
        rx.cond(
            people,
            rx.fragment(rx.el.h3(heading), rx.el.ul(rx.foreach(people, _person))),
            rx.fragment(),
        ),
        class_name="stack",
    )


def _person(one: KnownLine | ManagerLine) -> rx.Component:
    return rx.el.li(one.name, " · ", unbroken(one.email), " · ", told_by_key(one.role_key))
