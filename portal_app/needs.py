"""What a use case may ask of whoever calls it: a right, or what stands here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from portal_app.actors import Actor, asks_for_factor, has_factor
from portal_app.errors import FactorMissing, NotProven
from portal_app.models import Owed
from portal_app.permissions import Right
from portal_app.settings import settings


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
    hold for every organisation; `with_factor` of whoever has a second way, and whoever must
    have one has to add it first.
    """

    need: Right | type[SignedIn] | Owing
    by_staff: bool = False
    with_factor: bool = False


Need = Right | type[Anyone] | type[SignedIn] | type[Trusted] | Owing | ProvenLately


def right_of(need: Need | None) -> Right | None:
    """Return the right that a need asks for; None when it asks for none."""
    asked = need.need if isinstance(need, ProvenLately) else need
    return asked if isinstance(asked, Right) else None


def check_proof(session: Session, actor: Actor, needs: ProvenLately, now: datetime) -> None:
    """Refuse whoever did not prove lately who they are, where `needs` asks that of them.

    Raises:
        FactorMissing: they must have a second way, and have none.
        NotProven: it was too long ago.
    """
    if actor.person_id is None or actor.owes:  # whoever owes something has just come in
        return
    if needs.by_staff and not actor.is_staff:
        return
    if needs.with_factor and not has_factor(session, actor.person_id):
        if asks_for_factor(actor.grants):
            raise FactorMissing
        return
    if actor.proven_at is None or actor.proven_at < now - timedelta(minutes=settings.proof_minutes):
        raise NotProven
