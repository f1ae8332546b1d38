"""What the first page says of roles of one's own that are suspended (I-15)."""

import reflex as rx

from portal_app.brand import brand
from portal_app.components.messages import message
from portal_app.components.text import day, t, told_by_key, unbroken
from portal_app.state.home import HomeState, SuspendedLine


def suspended_roles() -> rx.Component:
    """Say since when a role of one's own opens nothing, why, and whom to ask; else nothing."""
    return rx.cond(
        HomeState.suspended,
        message("warn", rx.fragment(rx.foreach(HomeState.suspended, _suspended_role))),
        rx.fragment(),
    )


def _suspended_role(line: SuspendedLine) -> rx.Component:
    contact = brand.contact
    return rx.el.p(
        unbroken(
            t(
                "home.suspended",
                role=told_by_key(line.role_key),
                company=line.company,
                day=day(line.since),
                why=told_by_key(line.why_key),
            )
        ),
        " ",
        rx.cond(
            line.by_fund,
            t("home.suspended_by_fund", organisation=brand.organisation, phone=contact.phone),
            t("home.suspended_by_company"),
        ),
    )
