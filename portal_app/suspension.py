"""Why a role opens nothing for a while."""

from enum import StrEnum


class SuspensionReason(StrEnum):
    """The reasons to choose from (I-15): `roles.suspended_<word>`.

    Chosen, for the one whose role it is reads it too.
    """

    CONTRACT = "contract"
    ABSENT = "absent"
    INVESTIGATION = "investigation"
    ASKED = "asked"
