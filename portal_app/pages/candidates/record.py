"""'Inzien kandidaatgegevens': all that the organisation may see of one candidate."""

import reflex as rx

from portal_app.components.buttons import button, link_button
from portal_app.components.elements import Words, icon, native_link, visually_hidden
from portal_app.components.empty import empty
from portal_app.components.layout import app_page, back_link, page_head
from portal_app.components.shell import SHELL
from portal_app.components.skeleton import skeleton
from portal_app.components.step_icons import state_name, step_icon
from portal_app.components.text import day, t, told, unbroken
from portal_app.icon_names import IconName
from portal_app.pages.candidates.unlinking import unlinking
from portal_app.services.candidate_address import PATH
from portal_app.state.candidate_record import (
    AttemptLine,
    CandidateRecordState,
    OtherRoute,
    StepLine,
)
from portal_app.state.unlinking import UnlinkingState

_R = CandidateRecordState


def record() -> rx.Component:
    """Show the candidate, the way through the route, and how the link came about."""
    return app_page(
        rx.cond(_R.is_loaded, rx.cond(_R.is_there, _candidate(), _gone()), _coming()),
        unlinking(),
        shell=SHELL,
        path=PATH,
    )


def _coming() -> rx.Component:
    return rx.fragment(page_head(t("candidates.record")), skeleton(6))


def _gone() -> rx.Component:
    return rx.fragment(
        page_head(t("candidates.record")),
        empty(
            t("candidates.gone_title"),
            t("candidates.gone"),
            rx.el.a(t("candidates.to_overview"), href=_R.back_href, class_name="button is-primary"),
            icon_name="unlink",
        ),
    )


def _candidate() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            back_link(t("candidates.to_overview"), _R.back_href),
            rx.el.nav(
                _neighbour(_R.previous_href, _R.previous_name, "candidates.previous", "left"),
                _neighbour(_R.following_href, _R.following_name, "candidates.following", "right"),
                class_name="neighbours",
                custom_attrs={"aria-label": t("candidates.in_selection")},
            ),
            class_name="record-ways",
        ),
        page_head(
            _R.name,
            rx.cond(
                _R.email,
                link_button(
                    t("candidates.mail"), "mailto:" + _R.email, icon_name="mail", loads=True
                ),
                rx.fragment(),
            ),
            rx.cond(
                _R.may_unlink,
                button(
                    t("candidates.unlink"),
                    kind="secondary",
                    icon_name="unlink",
                    on_click=UnlinkingState.ask([_R.link]),
                ),
                rx.fragment(),
            ),
            sub=rx.el.span(t("candidates.record"), " · ", _R.route, " · ", _R.organisation),
        ),
        rx.el.div(
            rx.el.section(
                rx.el.h2(t("candidates.timeline")),
                rx.el.p(
                    t("candidates.next_step"),
                    ": ",
                    rx.cond(
                        _R.is_resit,
                        rx.el.b(unbroken(told(_R.next_step))),
                        rx.el.span(unbroken(told(_R.next_step))),
                    ),
                ),
                rx.el.ol(rx.foreach(_R.steps, _step), class_name="timeline record-steps"),
                class_name="card record-timeline",
            ),
            rx.el.div(_facts(), _link(), class_name="record-aside"),
            class_name="record-columns",
        ),
    )


def _neighbour(href: Words, name: Words, key: str, arrow: IconName) -> rx.Component:
    parts = [icon(arrow), rx.el.span(t(key)), visually_hidden(": ", name)]
    return rx.cond(
        href,
        rx.el.a(
            *(parts if arrow == "left" else [*parts[1:], parts[0]]),
            href=href,
            class_name="button is-secondary is-small",
            custom_attrs={"data-way": arrow, "title": name},
        ),
        rx.fragment(),
    )


def _step(step: StepLine) -> rx.Component:
    return rx.el.li(
        step_icon(rx.Var.create(step.state)),
        rx.el.div(
            rx.el.b(told(step.name)),
            rx.el.span(state_name(rx.Var.create(step.state)), class_name="under"),
            rx.cond(
                step.attempts,
                rx.el.ul(rx.foreach(step.attempts, _attempt), class_name="attempts"),
                rx.fragment(),
            ),
        ),
        rx.cond(
            step.attempts,
            rx.fragment(),
            rx.el.span(told(step.tip), class_name="small muted"),
        ),
    )


def _attempt(one: AttemptLine) -> rx.Component:
    return rx.el.li(
        told(one.title), ": ", told(one.result),
        rx.cond(one.detail, rx.fragment(" – ", unbroken(one.detail)), rx.fragment()),
    )  # fmt: skip


def _facts() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("candidates.data")),
        rx.el.dl(
            *_fact(t("candidates.status"), told(_R.status_key, rx.Var.create({}))),
            *_fact(
                t("candidates.email"),
                native_link(unbroken(_R.email), href="mailto:" + _R.email),
                _R.email,
            ),
            *_fact(
                t("candidates.phone"), native_link(_R.phone_said, href="tel:" + _R.phone), _R.phone
            ),
            *_fact(t("candidates.profile"), _R.profile),
            *_fact(t("candidates.registered_on"), _R.registered_on),
            *_fact(t("candidates.valid_until"), _valid(), _R.valid_until),
            *_fact(t("candidates.reference"), _R.reference, _R.reference),
            *_fact(
                t("candidates.payment_code"),
                rx.el.a(
                    f"…-{_R.payment_code}",
                    href=f"/betaalcodes?trefwoorden={_R.payment_code}",
                    class_name="code",
                ),
                _R.payment_code,
            ),
            *_fact(
                t("candidates.quality_scheme"),
                native_link(t("candidates.read_scheme"), href=_R.quality_scheme, rel="noopener"),
                _R.quality_scheme,
            ),
            *_fact(
                t("candidates.other_routes"),
                rx.el.ul(rx.foreach(_R.others, _other)),
                rx.Var.create(_R.others),
            ),
            class_name="facts",
        ),
        class_name="card record-facts",
    )


def _valid() -> rx.Component:
    return rx.el.span(_R.valid_until, class_name=rx.cond(_R.expires_soon, "is-soon", ""))


def _other(other: OtherRoute) -> rx.Component:
    return rx.el.li(rx.el.a(other.name, href=other.href))


def _fact(
    name: Words, value: rx.Component | Words, shown: rx.Var | Words | None = None
) -> list[rx.Component]:
    pair = [rx.el.dt(name), rx.el.dd(value)]
    return pair if shown is None else [rx.cond(shown, rx.fragment(*pair), rx.fragment())]


def _link() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("candidates.link")),
        rx.el.p(
            told(_R.linked_via_key, rx.Var.create({})),
            ", ",
            unbroken(t("candidates.since", date=day(_R.linked_at))),
        ),
        rx.el.p(told(_R.why), class_name="muted"),
        class_name="card record-link",
    )
