"""The handbook speaks of what is on the screen, and shows pictures that are there."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.harness.sources import ROOT

HANDBOOK = ROOT / "docs" / "handbook"
PAGES = sorted(HANDBOOK.glob("*.md"))
_LABEL = re.compile(r"«([^»]+)»")
_LINK = re.compile(r"\]\(([^)#:]+)\)")


def _dutch() -> set[str]:
    said: set[str] = set()
    for file in (ROOT / "portal_app" / "texts" / "nl").glob("*.po"):
        with file.open("rb") as opened:
            for message in read_po(opened):
                texts = message.string if isinstance(message.string, tuple) else (message.string,)
                said.update(texts)
    return said


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_label_is_one_of_the_screen(page: Path) -> None:
    quoted = {" ".join(label.split()) for label in _LABEL.findall(page.read_text("utf-8"))}

    missing = quoted - _dutch() - {""}  # the index shows the signs with nothing between them

    assert not missing, f"not on any Dutch screen: {sorted(missing)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_and_picture_is_there(page: Path) -> None:
    wanted = _LINK.findall(page.read_text("utf-8"))

    missing = [link for link in wanted if not (page.parent / link).exists()]

    assert not missing


def test_each_role_has_a_page_that_the_index_names() -> None:
    index = (HANDBOOK / "README.md").read_text("utf-8")
    others = [page for page in PAGES if page.name != "README.md"]

    assert len(others) >= 4
    assert [page.name for page in others if f"({page.name})" not in index] == []
