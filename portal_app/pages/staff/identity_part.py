"""What staff do with an application of which it must be known who asks: two look, one by one."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.fields import field_class, hint_and_error, text_area
from portal_app.components.filters import filter_form, keyword_field
from portal_app.components.messages import details, message
from portal_app.components.step_icons import tag
from portal_app.components.tables import under_line
from portal_app.components.text import day, t, told, told_by_key
from portal_app.pages.staff.step_parts import does, part
from portal_app.state.application_record import ApplicationRecordState, RoleLine, SuspectLine

_R = ApplicationRecordState


def is_to_establish() -> rx.Var[bool]:
    """Hold while nobody has said yet who the applicant is."""
    return rx.Var.create((_R.state == "in_progress") & _R.checks_identity)


def search() -> rx.Component:
    """Look for other people whom the applicant may be; a form beside that of the steps."""
    return filter_form(
        keyword_field("zoek", t("applications.who_search"), default_value=_R.words),
        on_submit=_R.search,
    )


def establish(form: PostedForm) -> rx.Component:
    """Let the first say who the applicant is, and how they know."""
    return part(
        _suspects(form, chooses=True),
        text_area(
            "how",
            t("applications.how"),
            hint=t("applications.how_hint"),
            error=told(form.mistake_of("how")),
            required=True,
            rows="3",
        ),
        does("check", "vaststellen", form),
    )


def second(form: PostedForm) -> rx.Component:
    """Let the second agree, or send it back."""
    return part(
        _suspects(form, chooses=False),
        rx.cond(
            _R.checked_by_me,
            message("info", t("applications.second_not_you")),
            rx.fragment(
                rx.el.p(t("applications.second_text", name=_R.checked_by)),
                rx.el.p(told_by_key(_R.outcome_key)),
                does("agree", "akkoord", form),
            ),
        ),
        details(
            t("applications.disagree"),
            part(
                text_area(
                    "why",
                    t("applications.why"),
                    error=told(form.mistake_of("why")),
                    required=True,
                    rows="2",
                ),
                does("disagree", "terug", form, kind="secondary"),
            ),
        ),
    )


def _suspects(form: PostedForm, *, chooses: bool) -> rx.Component:
    error = told(form.mistake_of("person"))
    return rx.el.fieldset(
        rx.el.legend(t("applications.who_title"), class_name="field-label"),
        *hint_and_error("person", _who_text() if chooses else None, error),
        rx.cond(
            _R.suspects,
            rx.el.div(
                rx.foreach(
                    _R.suspects,
                    lambda one, at: _suspect(one, at if chooses else None),
                ),
                class_name="choices is-column",
            ),
            message("info", t("applications.who_none")),
        ),
        class_name=field_class(error),
    )


def _who_text() -> rx.Var[str]:
    return rx.cond(_R.is_known, t("applications.who_known"), t("applications.who_text"))


def _suspect(one: SuspectLine, at: rx.Var[int] | None) -> rx.Component:
    about = rx.el.span(
        rx.el.b(one.name),
        under_line(one.email),
        rx.cond(one.phone, under_line(one.phone), rx.fragment()),
        rx.cond(
            one.born,
            under_line(t("applications.born", day=day(one.born))),
            rx.fragment(),
        ),
        rx.foreach(one.roles, _role),
        rx.el.span(
            _evidence(one.name_key, "applications.name_same"),
            " ",
            rx.cond(
                _R.asks_number,
                _evidence(one.number_key, "applications.number_same"),
                rx.fragment(),
            ),
            " ",
            rx.cond(
                one.is_blocked,
                tag("warn", t("applications.blocked"), icon_name="lock"),
                rx.fragment(),
            ),
            class_name="under",
        ),
    )
    if at is None:
        return rx.el.div(about)
    radio = rx.el.input(
        id=rx.cond(at == 0, "person", "person-" + rx.Var.create(one.person).to_string()),
        name="person",
        type="radio",
        value=one.person,
    )
    return rx.el.label(radio, about, class_name="choice")


def _evidence(key: rx.Var[str] | str, good: str) -> rx.Component:
    said = told(rx.Var.create(key), rx.Var.create({}))
    return rx.cond(rx.Var.create(key) == good, tag("ok", said), tag("idle", said))


def _role(one: RoleLine) -> rx.Component:
    return rx.el.span(
        told(rx.Var.create(one.role_key), rx.Var.create({})),
        rx.cond(one.organisation, rx.fragment(", ", told(one.organisation)), ""),
        class_name="under",
    )
