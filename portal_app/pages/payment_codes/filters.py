"""The filters of the list, letter for letter the source's (V-27); they follow the address."""

from typing import Any

import reflex as rx

from portal_app.components.choices import date_field
from portal_app.components.fields import select_field
from portal_app.components.filters import filter_chips, filter_form, keyword_field
from portal_app.components.text import t, told
from portal_app.errors import Text
from portal_app.reading_payment_codes import PATH, STATUS_WORDS
from portal_app.state.payment_codes import PaymentCodesState
from portal_app.state.shell import ShellState


def code_filters() -> rx.Component:
    """Build the form and, below it, the chips of what is set."""
    found = PaymentCodesState.view != "nothing_found"
    return rx.fragment(
        _form(), filter_chips(PaymentCodesState.chips, without_filters(), found=found)
    )


def without_filters() -> rx.Var[str]:
    """Return the address of the list without its filters."""
    return rx.Var.create(PATH) + ShellState.query


def _form() -> rx.Component:
    state = PaymentCodesState
    mistakes = rx.Var.create(state.mistakes)
    return filter_form(
        keyword_field(
            "trefwoorden",
            t("payment_codes.placeholder"),
            label=_label("components.keywords"),
            **_follows("trefwoorden"),
        ),
        select_field(
            "organisatie",
            _label("payment_codes.organisation"),
            rx.Var.create(state.organisations),
            empty=t("payment_codes.all_organisations"),
            **_follows("organisatie"),
        ),
        select_field(
            "profiel",
            _label("payment_codes.profile"),
            rx.Var.create(state.profiles),
            empty=t("payment_codes.all_profiles"),
            **_follows("profiel"),
        ),
        *(
            date_field(
                name,
                _label(f"payment_codes.{label}"),
                error=told(mistakes.to(dict[str, Text])[name]),
                **_follows(name),
            )
            for name, label in (("van", "created_from"), ("tot", "created_to"))
        ),
        select_field(
            "status",
            _label("payment_codes.status"),
            [(word, t(f"payment_codes.status_{status}")) for status, word in STATUS_WORDS.items()],
            empty=t("payment_codes.all_statuses"),
            **_follows("status"),
        ),
        on_submit=PaymentCodesState.apply,
        unfolds=mistakes.length() > 0,
    )


def _label(key: str) -> rx.Var[str]:
    """Say a label as the source does, with a colon."""
    return t("payment_codes.label", label=t(key))


def _follows(name: str) -> dict[str, Any]:
    """Return the props of a field whose value is what the address says."""
    value = PaymentCodesState.typed[name]
    return {"default_value": value, "custom_attrs": {"data-follows": value}}
