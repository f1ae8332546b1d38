"""What narrows a selection, as pairs of a label and a value: for chips and for files."""

import re
from collections.abc import Sequence
from datetime import date

from portal_app.errors import Text
from portal_app.services.candidate_address import FILTERS, Asked, first_of_month
from portal_app.services.candidate_filters import Standing
from portal_app.services.candidate_words import step_name
from portal_app.services.organisations import OrganisationSight

DATES = ("van", "tot", "geldig")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_LABELS = {
    "trefwoorden": "components.keywords",
    "status": "candidates.status",
    "stap": "candidates.step",
    "organisatie": "candidates.organisation",
    "van": "candidates.registered_from",
    "tot": "candidates.registered_to",
    "geldig": "candidates.valid_before",
    "stand": "candidates.step",
    "aandacht": "candidates.attention",
}


def criteria(
    asked: Asked, organisations: Sequence[OrganisationSight]
) -> list[tuple[str, str, Text | str]]:
    """List the filters that are set: the part of the address, the key of its label, its value."""
    return [
        (name, _label(name, asked), _value(name, asked, organisations))
        for name in FILTERS
        if name in asked.given and name not in asked.mistakes
    ]


def organisation_name(one: OrganisationSight) -> Text | str:
    """Name an organisation with what sets two of the same name apart."""
    return one.apart_by(one.code or one.unit)


def as_typed(name: str, given: str) -> str:
    """Write a part of the address as people type it in its field."""
    day = _DAY.fullmatch(given) if name in DATES else None
    return "-".join(reversed(day.groups())) if day else given


def standing_text(standing: Standing) -> Text:
    """Say how a step stands, as the chart has it."""
    return Text(f"candidates.standing_{standing.value}")


def month_text(first_day: date) -> Text:
    """Say which month it is, with its year."""
    return Text(
        "candidates.month_year",
        {"month": Text(f"dates.month_{first_day.month}"), "year": str(first_day.year)},
    )


def _label(name: str, asked: Asked) -> str:
    if name == "geldig" and asked.filter.expires:
        return "candidates.expires"
    return _LABELS[name]


def _value(name: str, asked: Asked, organisations: Sequence[OrganisationSight]) -> Text | str:
    if name == "organisatie":
        chosen = asked.filter.organisation_id
        named = (organisation_name(one) for one in organisations if one.id == chosen)
        return next(named, asked.given[name])
    return _chosen(asked).get(name) or as_typed(name, asked.given[name])


def _chosen(asked: Asked) -> dict[str, Text | str]:
    """Say what was chosen, of the filters that offer a choice."""
    wanted = asked.filter
    said: dict[str, Text | str] = {}
    if wanted.status:
        said["status"] = Text(f"candidates.status_{wanted.status.value}")
    if wanted.step:
        said["stap"] = step_name(wanted.step, "")
    if wanted.stands:
        kind, standing = wanted.stands
        names = {"step": step_name(kind, ""), "state": standing_text(standing)}
        said["stand"] = Text("candidates.step_state", names)
    if wanted.attention:
        said["aandacht"] = Text(f"candidates.attention_{wanted.attention.value}")
    if month := first_of_month(asked.given.get("geldig", "")):
        said["geldig"] = month_text(month)
    return said
