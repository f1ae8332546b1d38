"""What the page of a company's access lists, as text and numbers."""

from dataclasses import dataclass

from portal_app.services.access_list import Appointed, Holder
from portal_app.services.consents import Consent
from portal_app.services.grants import Ending
from portal_app.services.role_changes import Place, TakenAway


@dataclass(frozen=True, slots=True)
class HolderLine:
    """Somebody who holds a role; moments in ISO form, empty when there is none."""

    grant: int
    name: str  # as in a list
    spoken: str
    email: str
    role_key: str
    capacity: str
    since: str
    until: str
    seen_at: str
    suspended_at: str
    suspended_why_key: str
    suspended_by_fund: bool
    by_eherkenning: bool
    is_myself: bool
    may_end: bool
    may_suspend: bool
    may_resume: bool


@dataclass(frozen=True, slots=True)
class AppointedLine:
    """Somebody who was appointed and did not accept yet."""

    invitation: int
    name: str  # as in a list
    spoken: str
    email: str
    role_key: str
    capacity: str
    expires_at: str
    is_expired: bool
    mail_key: str
    may_manage: bool


@dataclass(frozen=True, slots=True)
class TakenAwayLine:
    """A role that was taken away lately; moments in ISO form."""

    grant: int
    name: str  # as in a list
    spoken: str
    role_key: str
    capacity: str
    ended_at: str
    ended_by: str
    until: str
    may_give_back: bool


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """Somebody who proved the company and waits for the consent of its manager."""

    application: int
    version: int
    name: str
    email: str
    level: str
    asked_at: str


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A role that somebody may have instead; the value is what the form sends."""

    value: str
    role_key: str
    capacity: str


@dataclass(frozen=True, slots=True)
class AppointLink:
    """The way to appoint somebody to one role."""

    role: str
    href: str


@dataclass(frozen=True, slots=True)
class CapacityBlock:
    """A capacity that is on, with who manages it."""

    code: str
    is_standard: bool
    since: str
    managers: list[HolderLine]
    users: int
    appoints: list[AppointLink]
    parameters_href: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class EndingLine:
    """Something that ends along with a capacity."""

    name: str
    role_key: str
    is_appointment: bool


def holder_line(one: Holder) -> HolderLine:
    """Return somebody who holds a role as the page lists them."""
    suspended = one.suspension
    return HolderLine(
        one.grant_id,
        one.name,
        one.spoken,
        one.email,
        f"roles.{one.role.value}",
        one.capacity,
        one.since.isoformat(),
        one.until.isoformat() if one.until else "",
        one.seen_at.isoformat() if one.seen_at else "",
        suspended.since.isoformat() if suspended else "",
        f"roles.suspended_{suspended.why.value}" if suspended else "",
        suspended is not None and suspended.by_fund,
        one.by_eherkenning,
        one.is_myself,
        one.may_end,
        one.may_suspend and suspended is None,
        one.may_suspend and suspended is not None,
    )


def appointed_line(one: Appointed) -> AppointedLine:
    """Return somebody who was appointed as the page lists them."""
    return AppointedLine(
        one.invitation_id,
        one.name,
        one.spoken,
        one.email,
        f"roles.{one.role.value}",
        one.capacity,
        one.expires_at.isoformat(),
        one.is_expired,
        f"invitations.mail_{one.mail.value if one.mail else 'none'}",
        one.may_manage,
    )


def ending_line(one: Ending) -> EndingLine:
    """Return something that ends along as the page lists it."""
    return EndingLine(one.name, f"roles.{one.role.value}", one.is_appointment)


def taken_away_line(one: TakenAway) -> TakenAwayLine:
    """Return a role that was taken away as the page lists it."""
    return TakenAwayLine(
        one.grant_id,
        one.name,
        one.spoken,
        f"roles.{one.role.value}",
        one.capacity,
        one.ended_at.isoformat(),
        one.ended_by,
        one.until.isoformat(),
        one.may_give_back,
    )


def consent_line(one: Consent) -> ConsentLine:
    """Return somebody who waits for consent as the page lists them."""
    asked_at = one.asked_at.isoformat()
    return ConsentLine(
        one.application_id, one.version, one.name, one.email, one.level.label, asked_at
    )


def place_line(one: Place) -> PlaceLine:
    """Return a role that somebody may have instead as the form offers it."""
    value = f"{one.role.value}:{one.capacity}"
    return PlaceLine(value, f"roles.{one.role.value}", one.capacity)
