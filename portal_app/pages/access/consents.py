"""Who proved the company and waits for the consent of its manager, and what is asked of them."""

import reflex as rx

from portal_app.components.buttons import button, button_row
from portal_app.components.dialogs import dialog
from portal_app.components.elements import event_form
from portal_app.components.fields import text_area
from portal_app.components.text import day, t, unbroken
from portal_app.state.access import AccessState
from portal_app.state.access_lines import ConsentLine

_FORM = "refuse-consent"


def consents() -> rx.Component:
    """List them, when there are any, with the two answers."""
    return rx.cond(
        AccessState.consents,
        rx.el.div(
            rx.el.section(
                rx.el.h2(t("access.consents_title")),
                rx.el.p(t("access.consents_text")),
                rx.el.ul(rx.foreach(AccessState.consents, _waits), class_name="plain-rows"),
                class_name="card stack",
            ),
            class_name="access-managers",
        ),
        rx.fragment(),
    )


def consent_questions() -> rx.Component:
    """Hold the two dialogs."""
    state = AccessState
    asking = rx.Var.create(state.asking)
    return rx.fragment(
        dialog(
            "ask-consent",
            t("access.ask_consent", name=state.asked_name),
            rx.el.p(t("access.ask_consent_text")),
            confirm=button(t("access.consent"), on_click=state.consent),
            wanted=asking == "consent",
            on_close=state.keep,
        ),
        dialog(
            "ask-refuse",
            t("access.ask_refuse", name=state.asked_name),
            event_form(
                text_area(
                    "why",
                    t("access.refuse_why", name=state.asked_name),
                    rows="2",
                    max_length=300,
                ),
                id=_FORM,
                key=state.asked_name,
                on_submit=state.refuse,
            ),
            confirm=button(t("access.refuse"), kind="danger", submits=True, form=_FORM),
            wanted=asking == "refuse",
            on_close=state.keep,
        ),
    )


def _waits(line: ConsentLine) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.b(line.name),
            rx.el.p(unbroken(line.email), class_name="small muted"),
            rx.el.p(
                unbroken(t("access.consent_proven", level=line.level, at=day(line.asked_at))),
                class_name="small muted",
            ),
        ),
        button_row(
            button(
                t("access.consent"),
                small=True,
                aria_label=t("access.consent_to", name=line.name),
                on_click=AccessState.ask_consent("consent", line.application),
            ),
            button(
                t("access.refuse"),
                kind="secondary",
                small=True,
                aria_label=t("access.refuse_of", name=line.name),
                on_click=AccessState.ask_consent("refuse", line.application),
            ),
        ),
        key=line.application,
    )
