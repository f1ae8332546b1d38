"""The handbook speaks of what is on the screen, and shows pictures that are there."""

import re
from pathlib import Path

import pytest

from portal_app.languages import catalogue
from tests.harness.sources import ROOT

HANDBOOK = ROOT / "docs" / "handbook"
LOCALES = ("nl", "en")
TWINS = {
    "vertrouwde-contactpersoon": "trusted-contact",
    "organisatiebeheerder": "organisation-manager",
    "hoofdtoegangsbeheerder": "main-access-manager",
    "toegangsbeheerder": "access-manager",
    "lid": "member",
    "servicedesk": "service-desk",
    "fondsmedewerker": "fund-staff",
    "beheerder": "operator",
}
PAGES = sorted(HANDBOOK.glob("*/*.md"))
_LABEL = re.compile(r"«([^»]+)»")
_LINK = re.compile(r"\]\(([^)#:]+)\)")
_PLAN = re.compile(r"^(#+|\d+\.|-) |^!\[.*?\]\((?:\.\./)+pictures/\w+/(.*)\)", re.MULTILINE)


def _read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_label_is_one_of_the_screen(page: Path) -> None:
    said = {text for forms in catalogue(page.parent.name).forms.values() for text in forms}
    quoted = {" ".join(label.split()) for label in _LABEL.findall(_read(page))}

    missing = quoted - said

    assert not missing, f"not on any screen in that language: {sorted(missing)}"


@pytest.mark.parametrize("page", [HANDBOOK / "README.md", *PAGES], ids=lambda page: page.stem)
def test_every_link_and_picture_is_there(page: Path) -> None:
    missing = [link for link in _LINK.findall(_read(page)) if not (page.parent / link).exists()]

    assert not missing


@pytest.mark.parametrize(("dutch", "english"), TWINS.items())
def test_both_languages_tell_the_same_steps_with_the_same_pictures(dutch: str, english: str):
    plans = [
        _PLAN.findall(_read(HANDBOOK / locale / f"{name}.md"))
        for locale, name in zip(LOCALES, (dutch, english), strict=True)
    ]

    assert plans[0] == plans[1]


def test_each_page_has_its_twin_and_is_named_by_the_index() -> None:
    index = _read(HANDBOOK / "README.md")
    wanted = [f"nl/{name}.md" for name in TWINS] + [f"en/{name}.md" for name in TWINS.values()]

    assert {str(page.relative_to(HANDBOOK)) for page in PAGES} == set(wanted)
    assert [name for name in wanted if f"({name})" not in index] == []
