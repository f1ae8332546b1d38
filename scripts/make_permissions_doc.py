"""Write docs/permissions.md: which rights every role opens, from `portal_app/permissions.py`."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "permissions.md"
sys.path.insert(0, str(ROOT))

from portal_app.permissions import (  # noqa: E402
    APPOINTS,
    CAPACITY_ROLES,
    MODULE_OF,
    ROLE_RIGHTS,
    STAFF_ROLES,
    Right,
    Role,
)

_HEAD = """\
# Who may do what

Made by `scripts/make_permissions_doc.py` from `portal_app/permissions.py`; a test keeps it true.

A person holds *grants*; a grant names a *role*; a role opens *rights*. The rights of the fund's own
people hold for every organisation, those of all others for the organisation of the grant. A grant
that names a *capacity* of it opens what is asked for that capacity alone. A right that belongs to a
*module* is nobody's where the brand file leaves that module out, and nobody's of a company while
no capacity that bundles it is on there ([0026](decisions/0026-what-carries-a-tile.md)).
"""
_APPOINTING = """
## Who appoints and ends whom

Always lower roles, where the own grant holds; those marked with a star inside one capacity.
"""


def page() -> str:
    """Return the page as it must be."""
    own = [role for role in Role if role in STAFF_ROLES]
    others = [role for role in Role if role not in STAFF_ROLES]
    return "\n".join(
        [
            _HEAD,
            "## The fund's own people\n",
            *_table(own),
            "\n## People of an organisation\n",
            *_table(others),
            _APPOINTING,
            *_appointing(),
            "",
        ]
    )


def _table(roles: list[Role]) -> list[str]:
    rows = [
        [
            f"`{right}`",
            _module(right),
            *("✓" if right in ROLE_RIGHTS[role] else " " for role in roles),
        ]
        for right in Right
    ]
    head = ["right", "module", *(f"`{role}`" for role in roles)]
    return [_row(head), f"|---|---|{':-:|' * len(roles)}", *map(_row, rows)]


def _module(right: Right) -> str:
    module = MODULE_OF[right]
    return f"`{module}`" if module else " "


def _appointing() -> list[str]:
    given = [role for role in Role if any(role in roles for roles in APPOINTS.values())]
    stars = {role: "*" if role in CAPACITY_ROLES else "" for role in given}
    head = ["who", *(f"`{role}`{stars[role]}" for role in given)]
    rows = [
        [f"`{giver}`", *("✓" if role in roles else " " for role in given)]
        for giver, roles in APPOINTS.items()
    ]
    return [_row(head), f"|---|{':-:|' * len(given)}", *map(_row, rows)]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(f"Wrote {PAGE.relative_to(ROOT)}.")
