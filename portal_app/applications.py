"""Applications: what may be asked of the fund, how each may go on, and who decides. Data.

`RULES` is the only table of it: which state may follow which, by which right, and what the
applicant does with a key that was mailed. What a state brings about (a mail, an
address, a grant) is done by the use case that moves there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from portal_app.permissions import Right, Role


class ApplicationKind(StrEnum):
    """What is asked."""

    ADDRESS_FORGOTTEN = "address_forgotten"
    ADDRESS_CHANGED = "address_changed"
    ACCESS = "access"
    LOST_FACTOR = "lost_factor"
    ACTIVATION_CODES = "activation_codes"
    ROLE = "role"  # for oneself, in a company of one's own
    CAPACITY = "capacity"  # for a company
    CO_MANAGER = "co_manager"  # asked by a proof, of whoever manages the company


class ApplicationState(StrEnum):
    """How far an application is."""

    SUBMITTED = "submitted"
    IN_PROGRESS = "in_progress"  # somebody of the staff works on it
    WAITING = "waiting"  # for what the applicant was asked
    CHECKED = "checked"  # one member of staff knows who it is; another must agree
    APPROVED = "approved"  # agreed; the applicant must still do something
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by the applicant


Moves = Mapping[ApplicationState, Mapping[ApplicationState, Right]]
OwnMoves = Mapping[ApplicationState, frozenset[ApplicationState]]

_OWN: OwnMoves = MappingProxyType(
    {
        ApplicationState.SUBMITTED: frozenset({ApplicationState.WITHDRAWN}),
        ApplicationState.IN_PROGRESS: frozenset({ApplicationState.WITHDRAWN}),
        ApplicationState.WAITING: frozenset(
            {ApplicationState.IN_PROGRESS, ApplicationState.WITHDRAWN}
        ),
        ApplicationState.CHECKED: frozenset({ApplicationState.WITHDRAWN}),
    }
)
_PROVABLE: OwnMoves = MappingProxyType(  # a proof of the company settles what was asked for it
    {state: follow | {ApplicationState.DONE} for state, follow in _OWN.items()}
)


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of application goes on, and who decides."""

    decides: Right  # whoever holds it sees these applications and works on them
    needs_two: bool  # members of staff, before anything comes of it
    moves: Moves
    reasons: tuple[str, ...]  # why it may be refused: `applications.reason_<word>`
    questions: tuple[str, ...]  # what is often asked back: `applications.question_<word>`
    own_moves: OwnMoves = field(default_factory=lambda: _OWN)  # of the applicant


FINISHED = frozenset({ApplicationState.DONE, ApplicationState.REFUSED, ApplicationState.WITHDRAWN})
"""States after which nothing follows."""

BEGUN = frozenset({ApplicationState.IN_PROGRESS, ApplicationState.CHECKED})
"""States in which a member of staff has it in hand."""


def _identity(agreed: ApplicationState, more: Moves | None = None) -> Moves:
    """Return the moves of a kind for which two members of staff establish who somebody is."""
    check, state = Right.IDENTITY_CHECK, ApplicationState
    return MappingProxyType(
        {
            state.SUBMITTED: {state.IN_PROGRESS: check},
            state.IN_PROGRESS: {state.WAITING: check, state.CHECKED: check, state.REFUSED: check},
            state.WAITING: {state.IN_PROGRESS: check, state.REFUSED: check},
            state.CHECKED: {agreed: check, state.IN_PROGRESS: check},
            **(more or {}),
        }
    )


def _plain(decides: Right, *at_once: ApplicationState) -> Moves:
    """Return the moves of a kind that one person decides, some of them as soon as it came."""
    state = ApplicationState
    return MappingProxyType(
        {
            state.SUBMITTED: dict.fromkeys((state.IN_PROGRESS, *at_once), decides),
            state.IN_PROGRESS: {
                state.WAITING: decides,
                state.DONE: decides,
                state.REFUSED: decides,
            },
            state.WAITING: {state.IN_PROGRESS: decides, state.REFUSED: decides},
        }
    )


_REASONS = ("identity", "incomplete", "unreached", "double")
_QUESTIONS = ("call", "known_from")

RULES: Mapping[ApplicationKind, Rule] = MappingProxyType(
    {
        ApplicationKind.ADDRESS_FORGOTTEN: Rule(
            Right.IDENTITY_CHECK,
            needs_two=True,
            moves=_identity(ApplicationState.DONE),
            reasons=_REASONS,
            questions=_QUESTIONS,
        ),
        ApplicationKind.ADDRESS_CHANGED: Rule(
            Right.IDENTITY_CHECK,
            needs_two=True,
            moves=_identity(
                ApplicationState.APPROVED,
                {ApplicationState.APPROVED: {ApplicationState.REFUSED: Right.IDENTITY_CHECK}},
            ),
            reasons=_REASONS,
            questions=_QUESTIONS,
            own_moves=MappingProxyType(
                {
                    **_OWN,
                    ApplicationState.APPROVED: frozenset(
                        {ApplicationState.DONE, ApplicationState.WITHDRAWN}
                    ),
                }
            ),
        ),
        ApplicationKind.LOST_FACTOR: Rule(
            Right.IDENTITY_CHECK,
            needs_two=True,
            moves=_identity(ApplicationState.DONE),
            reasons=("identity", "unreached", "double"),
            questions=("call",),
        ),
        ApplicationKind.ACTIVATION_CODES: Rule(
            Right.IDENTITY_CHECK,
            needs_two=True,
            moves=_identity(ApplicationState.DONE),
            reasons=(*_REASONS, "not_entitled"),
            questions=(*_QUESTIONS, "company_number", "who_confirms"),
        ),
        ApplicationKind.ACCESS: Rule(
            Right.INVITATIONS_MANAGE,
            needs_two=False,
            moves=_plain(Right.INVITATIONS_MANAGE),
            own_moves=_PROVABLE,
            reasons=("not_entitled", "other_manager", "incomplete", "unreached", "double"),
            questions=("call", "company_number", "who_confirms"),
        ),
        ApplicationKind.ROLE: Rule(
            Right.GRANTS_GIVE,
            needs_two=False,
            moves=_plain(Right.GRANTS_GIVE),
            own_moves=_PROVABLE,
            reasons=("other_manager", "has_already", "incomplete", "unreached", "double"),
            questions=("call", "who_confirms"),
        ),
        ApplicationKind.CAPACITY: Rule(
            Right.CAPACITIES_APPROVE,
            needs_two=False,
            moves=_plain(Right.CAPACITIES_APPROVE),
            reasons=("conditions", "has_already", "incomplete", "unreached", "double"),
            questions=("call", "how_fits"),
        ),
        ApplicationKind.CO_MANAGER: Rule(
            Right.ACCESS_GIVE,
            needs_two=False,
            moves=_plain(Right.ACCESS_GIVE, ApplicationState.DONE, ApplicationState.REFUSED),
            reasons=("other_manager", "has_already", "double"),
            questions=("call",),
        ),
    }
)


def said_with(state: ApplicationState, word: str) -> str:
    """Return the key of the sentence that was chosen with a move to `state`; empty for none."""
    if not word:
        return ""
    is_question = state is ApplicationState.WAITING
    return f"applications.question_{word}" if is_question else f"applications.reason_{word}"


class _Payload(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class IdentityPayload(_Payload):
    """What somebody tells whose identity two members of staff establish."""

    given_name: str
    family_name: str
    phone: str = ""  # E.164
    national_number: str = ""  # digest; empty for a fund that does not ask it


class AddressPayload(IdentityPayload):
    """What somebody tells who cannot sign in, because of an address."""

    new_email: str = ""  # casefolded; of a changed address


class LostFactorPayload(IdentityPayload):
    """What somebody tells who has no second way left; the name is that of the account."""


class ActivationPayload(IdentityPayload):
    """What is told by whoever asks new codes of a company; the name is of who was appointed."""

    company_number: str  # digits only
    asker: str = ""  # who is responsible for the company; empty when the person asks


class AccessPayload(_Payload):
    """What a company tells that asks to be let in; phone numbers as E.164."""

    trade_register: str
    number: str  # digits only
    unit: str
    company: str
    street: str
    postal_code: str
    town: str
    given_name: str
    family_name: str
    position: str
    phone: str
    direct_phone: str = ""


class CompanyPayload(_Payload):
    """What somebody asks for a company of their own; name and number as the portal knows them."""

    organisation_id: int
    company: str
    number: str
    unit: str
    why: str
    phone: str = ""  # E.164


class RolePayload(CompanyPayload):
    """The role that somebody asks for themselves."""

    role: Role


class CapacityPayload(CompanyPayload):
    """The capacity that a company asks the fund to switch on."""

    capacity: str


class CoManagerPayload(CompanyPayload):
    """The proof by which somebody would be co-manager."""

    proof_id: int


Payload = (
    AddressPayload
    | AccessPayload
    | LostFactorPayload
    | ActivationPayload
    | RolePayload
    | CapacityPayload
    | CoManagerPayload
)

PAYLOADS: Mapping[ApplicationKind, type[Payload]] = MappingProxyType(
    {
        ApplicationKind.ACCESS: AccessPayload,
        ApplicationKind.ADDRESS_FORGOTTEN: AddressPayload,
        ApplicationKind.ADDRESS_CHANGED: AddressPayload,
        ApplicationKind.LOST_FACTOR: LostFactorPayload,
        ApplicationKind.ACTIVATION_CODES: ActivationPayload,
        ApplicationKind.ROLE: RolePayload,
        ApplicationKind.CAPACITY: CapacityPayload,
        ApplicationKind.CO_MANAGER: CoManagerPayload,
    }
)
"""What an application of each kind holds, beside what every one holds."""
