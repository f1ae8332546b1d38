"""What can be done next with an application, as one form with a part for each."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.fields import select_field, text_area
from portal_app.components.messages import details, message
from portal_app.components.text import moment, t, told
from portal_app.pages.staff.access_part import access_part
from portal_app.pages.staff.company_part import company_part
from portal_app.pages.staff.identity_part import establish, is_to_establish, search, second
from portal_app.pages.staff.step_parts import FORMS, does, part
from portal_app.state.access_evidence import AccessEvidenceState
from portal_app.state.application_record import ApplicationRecordState
from portal_app.state.company_evidence import CompanyEvidenceState
from portal_app.state.shapes import MISTAKES

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
        rx.cond(is_to_establish() & ~rx.Var.create(_R.is_known), search(), rx.fragment()),
        form(
            rx.el.input(type="hidden", name="number", value=_R.number),
            rx.el.input(type="hidden", name="version", value=_R.version),
            rx.cond(_R.is_open, rx.fragment(), rx.el.p(t("applications.nothing_to_do"))),
            _take(form),
            rx.cond(is_to_establish(), establish(form), rx.fragment()),
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
            rx.cond(_R.state == "checked", second(form), rx.fragment()),
            rx.cond(_R.state == "waiting", _answered(form), rx.fragment()),
            rx.cond(_R.state == "approved", _until_confirmed(form), rx.fragment()),
            rx.cond(_R.state == "in_progress", _question(form), rx.fragment()),
            rx.cond(_R.may_refuse, _refusal(form), rx.fragment()),
            action=f"{FORMS}/nemen",
            summary=MISTAKES,
            on_answered=[_R.load, AccessEvidenceState.load, CompanyEvidenceState.load],
            class_name="stack",
        ),
        class_name="card stack",
    )


def _take(form: PostedForm) -> rx.Component:
    return rx.cond(
        _R.state == "submitted",
        part(does("take", "nemen", form)),
        rx.cond(
            _R.is_open & ~rx.Var.create(_R.is_mine) & (_R.assignee != ""),
            part(does("take_over", "nemen", form, kind="secondary")),
            rx.fragment(),
        ),
    )


def _answered(form: PostedForm) -> rx.Component:
    return part(
        text_area(
            "answer",
            t("applications.answer"),
            error=told(form.mistake_of("answer")),
            required=True,
            rows="3",
        ),
        does("go_on", "verder", form),
    )


def _until_confirmed(form: PostedForm) -> rx.Component:
    return part(
        message(
            "info",
            t("applications.until_confirmed", moment=moment(_R.confirm_until)),
            icon_name="clock",
        ),
        does("send_again", "opnieuw", form, kind="secondary"),
    )


def _question(form: PostedForm) -> rx.Component:
    return details(
        t("applications.ask_title"),
        part(
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
            does("ask", "vragen", form, kind="secondary"),
        ),
    )


def _refusal(form: PostedForm) -> rx.Component:
    return details(
        t("applications.refuse_title"),
        part(
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
            does("refuse", "afwijzen", form, kind="danger"),
        ),
    )
