"""What the component sheet shows in its building blocks."""

from typing import TypeVar

import reflex as rx

from portal_app.state.shapes import (
    Bar,
    Chip,
    Mistake,
    Moment,
    Month,
    NavLink,
    OrganisationChoice,
    PageLink,
    Segment,
    SizeLink,
    TabLink,
    page_links,
)

T = TypeVar("T")


def _shown(kind: type[T], *things: T) -> rx.Var[list[T]]:
    return rx.Var.create(list(things)).to(list[kind])


PLACES = _shown(
    NavLink,
    NavLink("shell.home", "/", "/"),
    NavLink("shell.preferences", "/voorkeuren", "/voorkeuren"),
    NavLink("shell.help", "/hulp", "/dev/bouwstenen"),
)
ORGANISATIONS = _shown(
    OrganisationChoice,
    OrganisationChoice("Bakker Installatietechniek", "VAK", "Antwerpen", "?org=1", current=True),
    OrganisationChoice("Bakker Installatietechniek", "BAK", "Limburg", "?org=2"),
)
MISTAKES = _shown(Mistake, Mistake("organisation_code", "components.form_not_sent", {}))
MOMENTS = _shown(
    Moment,
    Moment("passed", "Aanvraag ontvangen", "Nummer S-2026-0412", "2026-11-02T09:00:00+01:00"),
    Moment("busy", "In behandeling", "U hoort uiterlijk 07-12-2026 de beslissing"),
    Moment("idle", "Uitbetaling"),
)
STOCK = _shown(Segment, Segment("brand", 65), Segment("ok", 30), Segment("past", 5))
CHIPS = _shown(Chip, Chip("components.keywords", "Maes", "#"))
TABS = _shown(
    TabLink,
    TabLink("#", 128, selected=True, label="Vakmanschap CO"),
    TabLink("#", 96, label="Warmtepompen"),
    TabLink("#", 412, label="Alle routes"),
)
PAGES = _shown(PageLink, *page_links(1, 13, lambda _number: "#"))
SIZES = _shown(SizeLink, SizeLink(25, "#", current=True), SizeLink(50, "#"), SizeLink(100, "#"))


def _bar(label: str, passed: int, failed: int, busy: int, idle: int) -> Bar:
    sentence = f"{label}: {passed} % behaald, {failed} % niet behaald, {busy} % bezig"
    return Bar(
        label,
        f"{passed}%",
        sentence,
        [
            Segment("ok", passed),
            Segment("bad", failed, "#", f"{label}: toon wie een herkansing nodig heeft"),
            Segment("info", busy),
            Segment("idle", idle),
        ],
    )


BARS = _shown(
    Bar,
    _bar("Betaling", 91, 0, 0, 9),
    _bar("Theorietoets", 58, 7, 10, 25),
    _bar("Praktijktoets", 41, 4, 12, 43),
)
EXPIRING = {
    "dec": 9, "jan": 4, "feb": 2, "mrt": 6, "apr": 11, "mei": 3,
    "jun": 1, "jul": 0, "aug": 5, "sep": 14, "okt": 7, "nov": 2,
}  # fmt: skip
SOON = ("dec", "jan", "feb")
MONTHS = _shown(
    Month,
    *(
        Month(label, count, round(count / 14 * 100), f"{label}: {count}", label in SOON, "#")
        for label, count in EXPIRING.items()
    ),
)
PASSWORD_RULES = (
    ("shortest", "ten minste 8 tekens"),
    ("capital", "een hoofdletter (A–Z)"),
    ("digit", "een cijfer (0–9)"),
    ("words", "niet uw naam erin"),
)
SALUTATIONS = (("mr", "De heer"), ("ms", "Mevrouw"), ("neutral", "Neutraal"))
PROVINCES = (("antwerpen", "Antwerpen"), ("limburg", "Limburg"))
STATUSES = (("failed", "Herkansing nodig"), ("booked", "Ingepland"))
STEPS = (("theory", "Theorietoets"), ("practice", "Praktijktoets"))
