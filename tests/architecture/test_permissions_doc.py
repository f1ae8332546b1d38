"""The page on permissions says what the code does."""

import runpy

from tests.harness.sources import ROOT


def test_the_page_on_permissions_is_up_to_date() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "make_permissions_doc.py"))

    assert (ROOT / "docs" / "permissions.md").read_text("utf-8") == made["page"](), (
        "Run `python scripts/make_permissions_doc.py` and commit docs/permissions.md with it."
    )
