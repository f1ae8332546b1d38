"""The filters of the overview; what they show follows the address."""

from typing import Any

import reflex as rx

from portal_app.components.choices import date_field
from portal_app.components.fields import select_field
from portal_app.components.filters import filter_chips, filter_form, keyword_field
from portal_app.components.text import t, told
from portal_app.services.candidate_address import STATUS_WORDS
from portal_app.state.candidates import CandidatesState


def candidate_filters() -> rx.Component:
    """Build the form and, below it, the chips of what is set."""
    statuses = [(word, t(f"candidates.status_{one.value}")) for one, word in STATUS_WORDS.items()]
    return rx.fragment(
        filter_form(
            keyword_field("trefwoorden", t("candidates.keywords_hint"), **_follows("trefwoorden")),
            select_field(
                "status",
                t("candidates.status"),
                statuses,
                empty=t("candidates.all_statuses"),
                **_follows("status"),
            ),
            select_field(
                "stap",
                t("candidates.step"),
                rx.Var.create(CandidatesState.step_options),
                empty=t("candidates.all_steps"),
                **_follows("stap"),
            ),
            rx.cond(
                CandidatesState.organisation_options,
                select_field(
                    "organisatie",
                    t("candidates.organisation"),
                    rx.Var.create(CandidatesState.organisation_options),
                    empty=t("candidates.all_organisations"),
                    **_follows("organisatie"),
                ),
                rx.fragment(),
            ),
            rarely=(
                _date("van", t("candidates.registered_from")),
                _date("tot", t("candidates.registered_to")),
                _date("geldig", t("candidates.valid_before")),
            ),
            unfolds=CandidatesState.unfolds,
            on_submit=CandidatesState.search,
        ),
        filter_chips(
            CandidatesState.chips,
            CandidatesState.clear_href,
            found=CandidatesState.view != "nothing_found",
        ),
    )


def _date(name: str, label: rx.Var[str]) -> rx.Component:
    return date_field(name, label, error=told(CandidatesState.mistakes[name]), **_follows(name))


def _follows(name: str) -> dict[str, Any]:
    """Return the props of a field whose value is what the address says."""
    value = CandidatesState.fields[name]
    return {"default_value": value, "custom_attrs": {"data-follows": value}}
