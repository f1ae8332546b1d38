"""Every revision that has shipped left rows with which upgrades are tested."""

import json

import pytest
from alembic.script import ScriptDirectory

from portal_app import migrations
from tests.harness.server import ROOT

FOLDER = ROOT / "tests/services/older_rows"
STEPS = [*ScriptDirectory.from_config(migrations.configuration()).walk_revisions()]
OLDER = {str(step.down_revision): step.revision for step in STEPS if step.down_revision}


@pytest.mark.parametrize("older", sorted(OLDER))
def test_a_revision_is_tested_with_rows_of_the_one_before(older: str) -> None:
    file = FOLDER / f"{older}.json"
    assert file.is_file(), (
        f"Revision {OLDER[older]} comes after {older}: write {file.relative_to(ROOT)}, with "
        f'"after" the revision before {older}, and in "tables" a list for each table that '
        f"{older} brought or changed: the names of its columns, then rows as {older} held them. "
        f"What {OLDER[older]} makes of them stands in CHANGED of tests/services/test_upgrades.py."
    )
    written = json.loads(file.read_text("utf-8"))
    assert written.keys() == {"after", "tables"}
    assert written["after"] in {"", *OLDER} - {older}


def test_no_rows_are_of_a_revision_that_is_not_older() -> None:
    there = {file.stem for file in FOLDER.glob("*.json")}
    assert there <= OLDER.keys(), "Rows belong to a revision that another comes after."
