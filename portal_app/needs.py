"""What a use case may ask of whoever calls it: a right, or what stands here."""

from dataclasses import dataclass

from portal_app.models import Owed
from portal_app.permissions import Right


class Anyone:
    """No right is needed, nor a sign-in: only for what a stranger may do."""


class SignedIn:
    """Being signed in is enough: the use case is about the person's own things."""


class Trusted:
    """Only for the portal itself and its operator, never for somebody over the network."""


class Owing:
    """Being signed in is enough, also while the session owes one of these next."""

    def __init__(self, *owed: Owed) -> None:
        self.owed = frozenset(owed)


@dataclass(frozen=True, slots=True)
class ProvenLately:
    """Beside the need: to have proven who one is within `settings.proof_minutes`.

    Signing in counts as a proof. `by_staff` asks it of the fund's own people only, whose rights
    hold for every organisation.
    """

    need: Right | type[SignedIn] | Owing
    by_staff: bool = False


Need = Right | type[Anyone] | type[SignedIn] | type[Trusted] | Owing | ProvenLately


def right_of(need: Need | None) -> Right | None:
    """Return the right that a need asks for; None when it asks for none."""
    asked = need.need if isinstance(need, ProvenLately) else need
    return asked if isinstance(asked, Right) else None
