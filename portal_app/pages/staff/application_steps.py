"""What can be done next with an application, as one form with a part for each."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import Kind, button
from portal_app.components.elements import visually_hidden
from portal_app.components.fields import field_class, hint_and_error, select_field, text_area
from portal_app.components.filters import filter_form, keyword_field
from portal_app.components.messages import details, message
from portal_app.components.step_icons import tag
from portal_app.components.text import day, moment, t, told, told_by_key
from portal_app.pages.staff.access_part import access_part
from portal_app.pages.staff.company_part import company_part
from portal_app.state.access_evidence import AccessEvidenceState
from portal_app.state.application_record import ApplicationRecordState, RoleLine, SuspectLine
from portal_app.state.company_evidence import CompanyEvidenceState
from portal_app.state.shapes import MISTAKES

_FORMS = "/formulieren/beheer/aanvragen"
_R = ApplicationRecordState


def next_steps(form: PostedForm) -> rx.Component:
    """Show who has it in hand, and what its state allows; the form stays when that changes."""
    return rx.el.section(
        rx.el.h2(t("applications.next_title")),
        rx.cond(
            _R.assignee,
            rx.el.p(t("applications.in_hand", name=_R.assignee)),
            rx.fragment(),
        ),
        rx.cond(_is_to_establish() & ~rx.Var.create(_R.is_known), _search(), rx.fragment()),
        form(
            rx.el.input(type="hidden", name="number", value=_R.number),
            rx.el.input(type="hidden", name="version", value=_R.version),
            rx.cond(_R.is_open, rx.fragment(), rx.el.p(t("applications.nothing_to_do"))),
            _take(form),
            rx.cond(_is_to_establish(), _establish(form), rx.fragment()),
            rx.cond(
                (_R.state == "in_progress") & AccessEvidenceState.is_there,
                access_part(form),
                rx.fragment(),
            ),
            rx.cond(
                (_R.state == "in_progress") & CompanyEvidenceState.is_there,
                company_part(form),
                rx.fragment(),
            ),
            rx.cond(_R.state == "checked", _second(form), rx.fragment()),
            rx.cond(_R.state == "waiting", _answered(form), rx.fragment()),
            rx.cond(_R.state == "approved", _until_confirmed(form), rx.fragment()),
            rx.cond(_R.state == "in_progress", _question(form), rx.fragment()),
            rx.cond(_R.may_refuse, _refusal(form), rx.fragment()),
            action=f"{_FORMS}/nemen",
            summary=MISTAKES,
            on_answered=[_R.load, AccessEvidenceState.load, CompanyEvidenceState.load],
            class_name="stack",
        ),
        class_name="card stack",
    )


def _is_to_establish() -> rx.Var[bool]:
    return rx.Var.create((_R.state == "in_progress") & _R.checks_identity)


def _take(form: PostedForm) -> rx.Component:
    return rx.cond(
        _R.state == "submitted",
        _part(_does("take", "nemen", form)),
        rx.cond(
            _R.is_open & ~rx.Var.create(_R.is_mine) & (_R.assignee != ""),
            _part(_does("take_over", "nemen", form, kind="secondary")),
            rx.fragment(),
        ),
    )


def _search() -> rx.Component:
    return filter_form(
        keyword_field("zoek", t("applications.who_search"), default_value=_R.words),
        on_submit=_R.search,
    )


def _establish(form: PostedForm) -> rx.Component:
    return _part(
        _suspects(form, chooses=True),
        text_area(
            "how",
            t("applications.how"),
            hint=t("applications.how_hint"),
            error=told(form.mistake_of("how")),
            required=True,
            rows="3",
        ),
        _does("check", "vaststellen", form),
    )


def _second(form: PostedForm) -> rx.Component:
    return _part(
        _suspects(form, chooses=False),
        rx.cond(
            _R.checked_by_me,
            message("info", t("applications.second_not_you")),
            rx.fragment(
                rx.el.p(t("applications.second_text", name=_R.checked_by)),
                rx.el.p(told_by_key(_R.outcome_key)),
                _does("agree", "akkoord", form),
            ),
        ),
        details(
            t("applications.disagree"),
            _part(
                text_area(
                    "why",
                    t("applications.why"),
                    error=told(form.mistake_of("why")),
                    required=True,
                    rows="2",
                ),
                _does("disagree", "terug", form, kind="secondary"),
            ),
        ),
    )


def _answered(form: PostedForm) -> rx.Component:
    return _part(
        text_area(
            "answer",
            t("applications.answer"),
            error=told(form.mistake_of("answer")),
            required=True,
            rows="3",
        ),
        _does("go_on", "verder", form),
    )


def _until_confirmed(form: PostedForm) -> rx.Component:
    return _part(
        message(
            "info",
            t("applications.until_confirmed", moment=moment(_R.confirm_until)),
            icon_name="clock",
        ),
        _does("send_again", "opnieuw", form, kind="secondary"),
    )


def _question(form: PostedForm) -> rx.Component:
    return details(
        t("applications.ask_title"),
        _part(
            select_field(
                "question",
                t("applications.question"),
                rx.Var.create(_R.questions),
                empty=t("applications.own_words"),
                error=told(form.mistake_of("question")),
            ),
            text_area(
                "own_question",
                t("applications.own_question"),
                error=told(form.mistake_of("own_question")),
                rows="3",
            ),
            _does("ask", "vragen", form, kind="secondary"),
        ),
    )


def _refusal(form: PostedForm) -> rx.Component:
    return details(
        t("applications.refuse_title"),
        _part(
            select_field(
                "reason",
                t("applications.reason"),
                rx.Var.create(_R.reasons),
                empty=t("components.choose"),
                error=told(form.mistake_of("reason")),
                required=True,
            ),
            text_area(
                "note", t("applications.note"), error=told(form.mistake_of("note")), rows="3"
            ),
            _does("refuse", "afwijzen", form, kind="danger"),
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
        rx.el.span(one.email, class_name="under"),
        rx.cond(one.phone, rx.el.span(one.phone, class_name="under"), rx.fragment()),
        rx.cond(
            one.born,
            rx.el.span(t("applications.born", day=day(one.born)), class_name="under"),
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
            rx.cond(one.is_blocked, tag("warn", t("applications.blocked")), rx.fragment()),
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
        rx.cond(one.organisation, rx.fragment(visually_hidden(","), " ", one.organisation), ""),
        class_name="under",
    )


def _part(*content: rx.Component) -> rx.Component:
    return rx.el.div(*content, class_name="stack", custom_attrs={"data-part": ""})


def _does(what: str, action: str, form: PostedForm, *, kind: Kind = "primary") -> rx.Component:
    return button(
        t(f"applications.{what}"),
        kind=kind,
        submits=True,
        form_action=f"{_FORMS}/{action}",
        busy=form.is_busy if kind == "primary" else None,
        custom_attrs={"data-default": ""},
    )
