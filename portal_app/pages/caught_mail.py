"""The inbox of demo mode, `/dev/mail`: the mails on the left, one of them on the right."""

import reflex as rx

from portal_app.components.buttons import button, copy_button, link_button
from portal_app.components.elements import event_form, icon
from portal_app.components.empty import empty
from portal_app.components.fields import text_field
from portal_app.components.layout import page_head, public_page
from portal_app.components.messages import message
from portal_app.components.text import moment, t, unbroken
from portal_app.state.caught_mail import PATH, CaughtMailState
from portal_app.state.shapes import MailLine

_STATE = CaughtMailState


def caught_mail() -> rx.Component:
    """Show what the portal mailed; it looks for more by itself."""
    return public_page(
        page_head(
            t("caught_mail.title"),
            button(
                t("caught_mail.refresh"),
                kind="secondary",
                small=True,
                icon_name="refresh",
                on_click=_STATE.load,
                custom_attrs={"data-presses-itself": ""},
            ),
            button(t("caught_mail.clear"), kind="secondary", small=True, on_click=_STATE.clear),
        ),
        message("warn", t("caught_mail.demo")),
        event_form(
            text_field(
                "to",
                t("caught_mail.to"),
                default_value=_STATE.to,
                verbatim=True,
                key=_STATE.to,
                auto_complete="off",
            ),
            button(t("components.find"), kind="secondary", icon_name="search", submits=True),
            on_submit=_STATE.find,
            class_name="inbox-filter",
        ),
        rx.cond(_STATE.number, rx.fragment(), _nothing()),
        rx.el.div(
            rx.el.ul(rx.foreach(_STATE.mails, _line), class_name="inbox-list card"),
            _opened(),
            class_name="inbox",
            # Never taken away: the page's policy allows frames because it has one.
            hidden=_STATE.number == "",
        ),
        ornament=False,
    )


def _nothing() -> rx.Component:
    everything = rx.cond(_STATE.to, link_button(t("caught_mail.everything"), PATH), rx.fragment())
    return empty(t("caught_mail.none"), t("caught_mail.none_why"), everything, icon_name="mail")


def _line(mail: MailLine) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.strong(mail.subject),
            rx.el.span(unbroken(mail.recipient)),
            rx.el.span(moment(mail.arrived_at), class_name="muted"),
            href=mail.href,
            custom_attrs={"aria-current": rx.cond(mail.is_read, "true", rx.Var("undefined"))},
        )
    )


def _opened() -> rx.Component:
    return rx.el.section(
        rx.el.h2(_STATE.subject),
        rx.el.p(
            unbroken(_STATE.recipient),
            " · ",
            unbroken(moment(_STATE.arrived_at)),
            class_name="muted small",
        ),
        rx.cond(_STATE.code, _code(), rx.fragment()),
        rx.cond(
            _STATE.link,
            rx.el.p(link_button(t("caught_mail.open_link"), _STATE.link, icon_name="link")),
            rx.fragment(),
        ),
        rx.el.iframe(
            src=rx.cond(_STATE.number, f"{PATH}/{_STATE.number}.html", "about:blank"),
            title=t("caught_mail.as_sent"),
            class_name="inbox-frame",
            custom_attrs={"sandbox": ""},
        ),
        rx.el.details(
            rx.el.summary(icon("right"), t("caught_mail.plain")),
            rx.el.pre(_STATE.text),
            class_name="details",
        ),
        class_name="card inbox-mail",
    )


def _code() -> rx.Component:
    return rx.el.p(
        t("caught_mail.code"),
        " ",
        rx.el.code(_STATE.code),
        copy_button(_STATE.code, t("caught_mail.copy_code")),
        class_name="inbox-code",
    )
