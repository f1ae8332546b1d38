"""What somebody may do who has lost every second step: ask two members of staff to look."""

import reflex as rx

from portal_app.brand import brand
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button
from portal_app.components.fields import text_field
from portal_app.components.messages import details, error_summary, message
from portal_app.components.national_number import national_number_field
from portal_app.components.text import t, tn, told
from portal_app.settings import settings

_FORM = PostedForm("lost_factor")


def lost_factor() -> rx.Component:
    """Offer the form, or say that it came."""
    number = _FORM.answer("number")
    return rx.fragment(
        details(
            t("factors.lost_everything"),
            error_summary(_FORM.mistakes, id=_FORM.summary),
            _FORM(  # around its answer too: a form that goes takes that along
                rx.cond(number, _received(number), _questions()),
                action="/formulieren/bevestigen/kwijt",
                summary=_FORM.summary,
                class_name="stack",
            ),
        ),
        rx.el.p(t("factors.lost_by_phone", phone=brand.contact.phone_said)),
    )


def _questions() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("factors.lost_what")),
        text_field(
            "phone",
            t("factors.lost_phone"),
            hint=t("factors.lost_phone_hint"),
            error=told(_FORM.mistake_of("phone")),
            required=True,
            kind="tel",
            auto_complete="tel",
            input_mode="tel",
        ),
        *(
            [national_number_field(told(_FORM.mistake_of("national_number")))]
            if brand.national_number
            else []
        ),
        button(t("asking.submit"), kind="secondary", submits=True, busy=_FORM.is_busy),
        class_name="stack",
    )


def _received(number: rx.Var[str]) -> rx.Component:
    return message(
        "ok",
        t("asking.received_number", number=number),
        tn("asking.received_next", settings.application_days),
        t("factors.lost_received"),
        icon_name="mail",
        role="status",
        id="lost_factor_received",
        tab_index=-1,
    )
