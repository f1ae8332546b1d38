"""How many codes there are of each kind, and the downloads beside it."""

import reflex as rx

from portal_app.brand import brand
from portal_app.components.charts import stacked_bar
from portal_app.components.downloads import download_link
from portal_app.components.elements import native_link
from portal_app.components.messages import message
from portal_app.components.text import number, rich, t, tn
from portal_app.reading_payment_codes import STATUS_WORDS
from portal_app.state.payment_code_lines import Figure
from portal_app.state.payment_codes import PaymentCodesState


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
        downloads(),
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
    """Say where new codes come from."""
    mail = brand.contact.email
    return rx.el.p(rich("payment_codes.ask", mail=native_link(mail, href=f"mailto:{mail}")))
