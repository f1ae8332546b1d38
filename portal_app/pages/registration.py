"""Registration on one screen, in the sources' own sentences (M-22 ... M-30)."""

import reflex as rx

from portal_app import clock
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import Kind, button
from portal_app.components.choices import date_parts_field
from portal_app.components.coming_in import (
    eherkenning_context,
    inside_already,
    invitation_context,
)
from portal_app.components.fields import text_field
from portal_app.components.footer import help_section
from portal_app.components.layout import (
    account_page,
    aside_section,
    back_link,
    form_card,
    form_part,
    form_parts,
)
from portal_app.components.mailed_code import code_field, code_sent
from portal_app.components.messages import details, error_summary, message
from portal_app.components.new_password import new_password_fields
from portal_app.components.text import t, told
from portal_app.reading_dates import OLDEST, YOUNGEST
from portal_app.state.registration import RegistrationState
from portal_app.state.shapes import MISTAKES

_FORM = PostedForm("registration")
_FORMS = "/formulieren/registreren"
_THIS_YEAR = clock.real_now().year  # when the page is built; the server judges the day
_YEARS = range(_THIS_YEAR - YOUNGEST + 1, _THIS_YEAR - OLDEST - 1, -1)


def registration() -> rx.Component:
    """Show the three parts; all of them can be filled in from the start."""
    verified = rx.Var.create(RegistrationState.stage) == "verified"
    return account_page(
        back_link(t("shell.cancel"), "/aanmelden"),
        error_summary(_FORM.mistakes),
        rx.el.h1(t("registration.title")),
        inside_already(),
        invitation_context(),
        eherkenning_context(is_next=RegistrationState.to_eherkenning),
        _asked_for(),
        form_card(
            _FORM(
                form_parts(
                    form_part(
                        1,
                        t("registration.part_email"),
                        _email_part(),
                        now=~verified,
                        done=verified,
                        beside=t("registration.becomes_login"),
                    ),
                    form_part(
                        2,
                        t("registration.part_password"),
                        *new_password_fields(
                            _FORM,
                            confirm_label=t("passwords.confirm"),
                            name_fields="given_name family_name",
                            login_field="email",
                        ),
                        now=verified,
                    ),
                    form_part(3, t("registration.part_person"), *_person_part()),
                ),
                action=_FORMS,
                draft_action=f"{_FORMS}/concept",
                values=rx.Var.create(RegistrationState.draft),
                summary=MISTAKES,
                on_answered=RegistrationState.load,
            )
        ),
        narrow=False,
        aside=(
            aside_section(t("registration.why_code"), rx.el.p(t("registration.why_code_text"))),
            aside_section(
                t("registration.have_account"),
                rx.el.p(t("registration.have_account_text")),
                rx.el.p(rx.el.a(t("sign_in.title"), href="/aanmelden")),
            ),
            help_section(),
        ),
    )


def _asked_for() -> rx.Component:
    sentence = rx.el.p(t("registration.give_details"), class_name="before-card")
    return rx.cond(RegistrationState.to_eherkenning, sentence, rx.fragment())


def _email_part() -> rx.Component:
    stage = rx.Var.create(RegistrationState.stage)
    return rx.el.div(
        rx.match(
            stage,
            ("sent", _sent()),
            ("verified", _verified()),
            ("changing", _changing()),
            _required(),
        ),
        key=stage,  # so that no field keeps what was typed in another state
        class_name="stack",
        custom_attrs={"data-part": ""},
    )


def _required() -> rx.Component:
    return rx.fragment(
        message("info", t("registration.required"), icon_name="mail", role="status"),
        _email_field(read_only=False),
        rx.el.div(
            _part_button(t("registration.send_code"), "code"),
            class_name="button-row",
        ),
    )


def _sent() -> rx.Component:
    return rx.fragment(
        code_sent(t("registration.sent"), sent_at=RegistrationState.sent_at),
        _email_field(read_only=True, change=True),
        code_field(_FORM),
        rx.el.div(
            _part_button(t("registration.verify_code"), "verifieren"),
            _part_button(t("registration.new_code"), "code", kind="secondary"),
            class_name="button-row",
        ),
        details(
            t("registration.no_mail"),
            rx.el.ul(*(rx.el.li(t(f"registration.no_mail_{n}")) for n in range(1, 4))),
        ),
    )


def _verified() -> rx.Component:
    return rx.fragment(
        message("ok", t("registration.verified"), role="status"),
        _email_field(read_only=True),
        rx.el.div(
            _part_button(t("registration.change_email"), "wijzigen", kind="secondary"),
            class_name="button-row",
        ),
    )


def _changing() -> rx.Component:
    return rx.fragment(
        message("info", t("registration.changing"), icon_name="mail", role="status"),
        _email_field(read_only=False),
        rx.el.div(
            _part_button(t("registration.send_code"), "code"),
            _part_button(t("registration.keep_email"), "behouden", kind="link"),
            class_name="button-row",
        ),
    )


def _email_field(*, read_only: bool, change: bool = False) -> rx.Component:
    return text_field(
        "email",
        t("registration.email"),
        error=told(_FORM.mistake_of("email")),
        required=True,
        kind="email",
        verbatim=True,
        auto_complete="email",
        input_mode="email",
        read_only=read_only,
        default_value=RegistrationState.email,
        beside_label=_part_button(t("registration.change_email"), "wijzigen", kind="link")
        if change
        else None,
    )


def _part_button(words: rx.Var[str], action: str, *, kind: Kind = "primary") -> rx.Component:
    return button(
        words,
        kind=kind,
        submits=True,
        form_action=f"{_FORMS}/{action}",
        busy=_FORM.is_busy if kind == "primary" else None,
        custom_attrs={"data-default": ""} if kind == "primary" else {},
    )


def _person_part() -> list[rx.Component]:
    draft = RegistrationState.draft
    return [
        rx.cond(
            RegistrationState.asks_birth_date,
            date_parts_field(
                "birth_date",
                t("registration.birth_date"),
                years=_YEARS,
                birthday=True,
                error=told(_FORM.mistake_of("birth_date")),
            ),
            rx.fragment(),
        ),
        text_field(
            "given_name",
            t("registration.given_name"),
            error=told(_FORM.mistake_of("given_name")),
            required=True,
            auto_complete="given-name",
            default_value=draft["given_name"],
        ),
        text_field(
            "infix",
            t("registration.infix"),
            hint=t("registration.infix_hint"),
            error=told(_FORM.mistake_of("infix")),
            width="short",
            auto_complete="additional-name",
            default_value=draft["infix"],
        ),
        text_field(
            "family_name",
            t("registration.family_name"),
            error=told(_FORM.mistake_of("family_name")),
            required=True,
            auto_complete="family-name",
            default_value=draft["family_name"],
        ),
        rx.el.div(
            button(t("registration.create"), submits=True, busy=_FORM.is_busy),
            class_name="button-row",
        ),
    ]
