"""The documents point at what is there."""

import re
from pathlib import Path

from portal_app.languages import say
from portal_app.permissions import Role
from tests.harness.sources import PORTAL, ROOT, kept_files, named, told

_LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")


def test_every_link_of_a_document_leads_somewhere() -> None:
    lost = [
        f"{named(page)}: {target}"
        for page in kept_files()
        if page.suffix == ".md"
        for target in _LINK.findall(page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not lost, told(lost, "Mend these links, or take them out:")


def test_the_drawing_of_the_house_shows_every_room() -> None:
    drawing = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = {
        path.relative_to(PORTAL).parts[0]
        for path in kept_files()
        if path.is_relative_to(PORTAL) and path.name != "__init__.py"
    }
    missing = [room for room in sorted(rooms) if not _is_drawn(PORTAL / room, drawing)]
    assert not missing, told(missing, "Draw these rooms in docs/architecture.md:")


def test_the_words_for_roles_are_those_on_the_screen() -> None:
    words = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    other = [
        role.value
        for role in Role
        if "| `{}` | {} |".format(
            role.value, " | ".join(say(f"roles.{role}", each) for each in ("nl", "fr", "de", "en"))
        )
        not in words
    ]
    assert not other, told(other, "Say them in docs/glossary.md as texts/*/roles.po does:")


def _is_drawn(room: Path, drawing: str) -> bool:
    if room.is_dir():
        return f"{room.name}/" in drawing
    return room.name in drawing or room.stem.startswith("reading")
