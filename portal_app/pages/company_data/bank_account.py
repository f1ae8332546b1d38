"""The bank account: looked at once more before it is sent, and decided on by a second person."""

import reflex as rx

from portal_app.brand import Module, brand, offers
from portal_app.components.buttons import Kind, button, button_row, link_button
from portal_app.components.dialogs import dialog
from portal_app.components.fields import text_field
from portal_app.components.messages import message
from portal_app.components.text import moment, t, told, unbroken
from portal_app.pages.company_data.editing import fact, here, part_card, part_form
from portal_app.pages.company_data.parts import BANK_ACCOUNT
from portal_app.state.company_data import CompanyDataState

_S = CompanyDataState
_FORMS = "/formulieren/bedrijf/rekening"


def bank_account() -> rx.Component:
    """Show the part; a fund that gives no subsidies asks for no account."""
    if not offers(Module.SUBSIDIES):
        return rx.fragment()
    return part_card(
        "bank_account",
        _present(),
        part_form(
            BANK_ACCOUNT,
            "bank_account",
            _fields(),
            _check(),
            now=_present(),
            buttons=rx.fragment(),
        ),
        _S.bank_account_change,
        rx.el.p(t("company_data.account_explained"), class_name="small muted"),
        rx.cond(_S.waiting.account, _waits(), rx.fragment()),
        fixed=rx.Var.create(_S.waiting.account) > 0,
    )


def decisions() -> rx.Component:
    """Hold what is asked before the account that waits is decided on."""
    asking = rx.Var.create(_S.asking)
    return rx.fragment(
        *(
            dialog(
                f"ask-{what}",
                t(f"company_data.ask_{what}"),
                rx.el.dl(_account(), class_name="facts"),
                rx.el.p(t(f"company_data.{text}")),
                confirm=button(t(f"company_data.{what}"), kind=kind, on_click=_S.decide),
                wanted=asking == what,
                on_close=_S.keep,
            )
            for what, text, kind in _QUESTIONS
        )
    )


_QUESTIONS: tuple[tuple[str, str, Kind], ...] = (
    ("confirm", "check_text", "primary"),
    ("refuse", "stays_text", "danger"),
    ("withdraw", "stays_text", "danger"),
)


def _present() -> rx.Component:
    return rx.fragment(
        fact(t("company_data.iban"), rx.Var.create(_S.iban)),
        rx.cond(_S.holder, fact(t("company_data.holder"), rx.Var.create(_S.holder)), rx.fragment()),
    )


def _account() -> rx.Component:
    return rx.fragment(
        fact(t("company_data.iban"), _S.waiting.iban),
        fact(t("company_data.holder"), _S.waiting.holder),
    )


def _is_checked() -> rx.Var[bool]:
    return rx.Var.create(BANK_ACCOUNT.answer("iban")).bool()


def _fields() -> rx.Component:
    return rx.el.div(
        *((rx.el.p(_second_person()),) if brand.second_person_for_bank_account else ()),
        text_field(
            "iban",
            t("company_data.iban"),
            hint=t("company_data.iban_hint"),
            error=told(BANK_ACCOUNT.mistake_of("iban")),
            required=True,
            verbatim=True,
            width="mono",
            auto_complete="off",
            max_length=60,
        ),
        text_field(
            "holder",
            t("company_data.holder"),
            error=told(BANK_ACCOUNT.mistake_of("holder")),
            required=True,
            auto_complete="off",
            default_value=rx.cond(_S.holder, _S.holder, rx.Var.create(_S.values)["name"]),
        ),
        button_row(
            button(
                t("company_data.check"),
                submits=True,
                busy=BANK_ACCOUNT.is_busy,
                form_action=f"{_FORMS}/controleren",
                custom_attrs={"data-default": ""},
            ),
            link_button(t("shell.cancel"), here()),
        ),
        hidden=_is_checked(),
        class_name="stack",
        custom_attrs={"data-part": ""},
    )


def _second_person() -> rx.Var[str]:
    return unbroken(t("company_data.account_second", organisation=brand.organisation))


def _check() -> rx.Component:
    return rx.cond(
        _is_checked(),
        rx.el.div(
            rx.el.h3(t("company_data.check_title"), id="check", tab_index=-1),
            rx.el.dl(
                fact(t("company_data.iban"), BANK_ACCOUNT.answer("iban")),
                fact(t("company_data.holder"), BANK_ACCOUNT.answer("holder")),
                class_name="facts",
            ),
            rx.el.p(t("company_data.check_text")),
            button_row(
                button(t("company_data.is_right"), submits=True, busy=BANK_ACCOUNT.is_busy),
                button(
                    t("company_data.correct"),
                    kind="secondary",
                    submits=True,
                    form_action=f"{_FORMS}/aanpassen",
                ),
            ),
            class_name="stack",
        ),
        rx.fragment(),
    )


def _waits() -> rx.Component:
    line, at = _S.waiting, moment(_S.waiting.at)
    fund = brand.organisation
    by = rx.cond(line.by, line.by, fund)
    return rx.el.div(
        rx.el.h3(t("company_data.waits_title")),
        rx.el.dl(_account(), class_name="facts"),
        message(
            "info",
            rx.cond(
                line.is_own,
                t("company_data.waits_own", moment=at, organisation=fund),
                t("company_data.waits_by", name=by, moment=at),
            ),
            icon_name="clock",
        ),
        rx.cond(
            line.is_own,
            button_row(_asks("withdraw", "secondary")),
            button_row(_asks("confirm", "primary"), _asks("refuse", "secondary")),
        ),
        class_name="stack",
    )


def _asks(what: str, kind: Kind) -> rx.Component:
    return button(t(f"company_data.{what}"), kind=kind, small=True, on_click=_S.ask(what))
