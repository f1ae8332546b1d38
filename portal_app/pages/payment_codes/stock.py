"""How many codes there are of each kind, and the downloads beside it."""

import reflex as rx
from reflex.vars.function import FunctionStringVar

from portal_app.brand import brand
from portal_app.components.buttons import link_button
from portal_app.components.charts import stacked_bar
from portal_app.components.downloads import download_link
from portal_app.components.elements import native_link
from portal_app.components.messages import message
from portal_app.components.text import number, rich, t, tn, unbroken
from portal_app.reading_payment_codes import STATUS_WORDS
from portal_app.state.payment_code_lines import Figure
from portal_app.state.payment_codes import PaymentCodesState
from portal_app.state.shell import ShellState


def stock() -> rx.Component:
    """Show what is left, as a number, a bar and figures that set the filter."""
    state = PaymentCodesState
    return rx.el.section(
        rx.el.div(
            rx.el.p(number(state.usable), class_name="stock-number"),
            rx.el.span(tn("payment_codes.left", state.usable)),
        ),
        rx.el.div(
            stacked_bar(
                state.stock,
                tn(
                    "payment_codes.stock_sentence",
                    state.all_codes,
                    used=state.all_codes - state.usable,
                    usable=state.usable,
                ),
                tall=True,
            ),
            rx.el.ul(rx.foreach(state.figures, _figure), class_name="chart-key"),
        ),
        rx.el.div(request_codes(), downloads(), class_name="stock-actions"),
        rx.cond(state.is_short, _short(), rx.fragment()),
        class_name="card stock",
        custom_attrs={"aria-label": t("payment_codes.stock")},
    )


def _figure(figure: Figure) -> rx.Component:
    count = rx.Var.create(figure.count)
    bold = rx.el.b(number(count))
    return rx.el.li(
        rx.el.i(class_name=f"is-share-{figure.kind}"),
        rx.el.a(
            rx.match(
                figure.status,
                *(
                    (status.value, rich(f"payment_codes.stock_{status}", n=count, figure=bold))
                    for status in STATUS_WORDS
                ),
                rx.fragment(),
            ),
            href=figure.href,
        ),
    )


def downloads() -> rx.Component:
    """Link to the files of the filter selection, when there is one and it may be had."""
    state = PaymentCodesState
    return rx.cond(
        state.may_export,
        rx.el.div(
            download_link(t("components.download_excel"), state.excel, small=True),
            download_link(t("components.download_csv"), state.csv, quiet=True),
            class_name="stock-actions",
        ),
        rx.fragment(),
    )


def _short() -> rx.Component:
    return message(
        "warn",
        rx.el.p(
            rx.cond(
                PaymentCodesState.usable == 0,
                t("payment_codes.none_left"),
                tn("payment_codes.few_left", PaymentCodesState.usable),
            )
        ),
        ask_for_codes(),
        icon_name="alert",
    )


def ask_for_codes() -> rx.Component:
    """Say where new codes come from, for people whose browser opens no mail."""
    mail = brand.contact.email
    return rx.el.p(
        rich("payment_codes.ask", mail=native_link(unbroken(mail), href=f"mailto:{mail}"))
    )


def request_codes() -> rx.Component:
    """Link to a mail to the helpdesk that asks all that a batch of codes needs.

    The organisation's code stands in it already: codes made for it link whoever redeems them.
    """
    name, code = ShellState.organisation_name, ShellState.organisation_code
    asked = (
        (t("payment_codes.request_number"), ""),
        (t("payment_codes.profile"), ""),
        (t("payment_codes.reference"), ""),
        (t("payment_codes.contact"), ShellState.person_name),
        (t("payment_codes.request_invoice"), ""),
        (t("payment_codes.organisation"), name),
        (t("payment_codes.request_code"), code),
    )
    body = "".join(f"{_encoded(label)}:%20{_encoded(value)}%0A" for label, value in asked)
    subject = _encoded(t("payment_codes.request_subject", organisation=name))
    href = f"mailto:{brand.contact.email}?subject={subject}&body={body}"
    return rx.cond(
        ShellState.is_staff,
        rx.fragment(),
        link_button(t("payment_codes.request"), href, kind="primary", loads=True, small=True),
    )


def _encoded(words: rx.Var[str] | str) -> rx.Var[str]:
    return FunctionStringVar.create("encodeURIComponent").call(words).to(str)
