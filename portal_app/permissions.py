"""Who may do what: the only table of rights. Data, no behaviour.

A person holds *grants* (rows); a grant names a *role*; a role opens *rights*. Roles of
the fund's own people hold everywhere, all others inside the organisation of the grant. A right
belongs to a module; where the fund does not offer that, nobody holds it, and a company holds it by
the capacities that bundle it.
"""

from enum import StrEnum
from types import MappingProxyType

from portal_app.brand import Module


class Right(StrEnum):
    """Something a person may do: `<thing>:<action>`."""

    CANDIDATES_SEE = "candidates:see"
    CANDIDATES_UNLINK = "candidates:unlink"
    CANDIDATES_EXPORT = "candidates:export"
    CANDIDATES_IMPORT = "candidates:import"
    PAYMENT_CODES_SEE = "payment_codes:see"
    PAYMENT_CODES_EXPORT = "payment_codes:export"
    PAYMENT_CODES_REDEEM = "payment_codes:redeem"
    PAYMENT_CODES_MANAGE = "payment_codes:manage"
    ORGANISATION_SEE = "organisation:see"
    ORGANISATION_EDIT = "organisation:edit"
    ENROLMENTS_MAKE = "enrolments:make"
    SUBSIDIES_APPLY = "subsidies:apply"
    INVITATIONS_MANAGE = "invitations:manage"
    ACCOUNTS_MAKE = "accounts:make"
    GRANTS_GIVE = "grants:give"
    LINKS_SEE = "links:see"
    ACCESS_SEE = "access:see"
    ACCESS_GIVE = "access:give"
    ACCESS_SUSPEND = "access:suspend"
    ACCESS_HAND_OVER = "access:hand_over"
    CAPACITIES_SWITCH = "capacities:switch"
    CAPACITIES_ASK = "capacities:ask"
    CAPACITIES_APPROVE = "capacities:approve"
    CAPACITIES_SET = "capacities:set"
    APPLICATIONS_SEE = "applications:see"
    IDENTITY_CHECK = "identity:check"


class Role(StrEnum):
    """What somebody is for an organisation, or for the fund."""

    ADMINISTRATOR = "administrator"
    STAFF = "staff"
    SERVICE_DESK = "service_desk"
    AUDITOR = "auditor"
    EXAMINER = "examiner"
    REGISTRATION_MANAGER = "registration_manager"
    LOCATION_MANAGER = "location_manager"
    MAIN_ACCESS_MANAGER = "main_access_manager"
    CO_MAIN_ACCESS_MANAGER = "co_main_access_manager"
    ACCESS_MANAGER = "access_manager"
    CO_ACCESS_MANAGER = "co_access_manager"
    TRUSTED_CONTACT = "trusted_contact"
    ORGANISATION_MANAGER = "organisation_manager"
    USER = "user"
    MEMBER = "member"
    CANDIDATE = "candidate"


STAFF_ROLES = frozenset(
    {Role.ADMINISTRATOR, Role.STAFF, Role.SERVICE_DESK, Role.AUDITOR, Role.EXAMINER}
)
"""Roles of the fund's own people: their rights hold for every organisation."""

OWN_ROLES = frozenset({Role.MEMBER, Role.CANDIDATE})
"""Roles that people hold for themselves, which no capacity of a company carries."""

MANAGER_ROLES = frozenset(
    {
        Role.MAIN_ACCESS_MANAGER,
        Role.CO_MAIN_ACCESS_MANAGER,
        Role.ACCESS_MANAGER,
        Role.CO_ACCESS_MANAGER,
        Role.ORGANISATION_MANAGER,
    }
)
"""Roles that see to the access or the candidates of an organisation."""

INVITABLE_ROLES = (
    Role.TRUSTED_CONTACT,
    Role.ORGANISATION_MANAGER,
    Role.LOCATION_MANAGER,
    Role.REGISTRATION_MANAGER,
    Role.USER,
)
"""Roles that staff may give by invitation, in the order in which they are offered."""

CAPACITY_ROLES = frozenset({Role.ACCESS_MANAGER, Role.CO_ACCESS_MANAGER, Role.USER})
"""Roles that are given inside one capacity of an organisation."""

APPOINTS = MappingProxyType(
    {
        Role.ADMINISTRATOR: frozenset(
            {Role.MAIN_ACCESS_MANAGER, Role.CO_MAIN_ACCESS_MANAGER} | CAPACITY_ROLES
        ),
        Role.MAIN_ACCESS_MANAGER: frozenset({Role.CO_MAIN_ACCESS_MANAGER} | CAPACITY_ROLES),
        Role.CO_MAIN_ACCESS_MANAGER: CAPACITY_ROLES,
        Role.ACCESS_MANAGER: frozenset({Role.CO_ACCESS_MANAGER, Role.USER}),
        Role.CO_ACCESS_MANAGER: frozenset({Role.USER}),
    }
)
"""Which roles a role gives, and ends: always lower ones, where the grant itself holds."""

_MANAGER = frozenset(
    {
        Right.CANDIDATES_SEE,
        Right.CANDIDATES_UNLINK,
        Right.CANDIDATES_EXPORT,
        Right.PAYMENT_CODES_SEE,
        Right.PAYMENT_CODES_EXPORT,
    }
)
_COMPANY = frozenset(
    {
        Right.ORGANISATION_SEE,
        Right.ORGANISATION_EDIT,
        Right.ENROLMENTS_MAKE,
        Right.SUBSIDIES_APPLY,
    }
)

_ACCESS_IN_A_CAPACITY = frozenset(
    {
        Right.ORGANISATION_SEE,
        Right.ACCESS_SEE,
        Right.ACCESS_GIVE,
        Right.ACCESS_SUSPEND,
        Right.CAPACITIES_SET,
    }
)
_ACCESS = _ACCESS_IN_A_CAPACITY | {Right.CAPACITIES_SWITCH, Right.CAPACITIES_ASK}

ROLE_RIGHTS = MappingProxyType(
    {
        Role.ADMINISTRATOR: frozenset(Right)
        - {
            Right.PAYMENT_CODES_REDEEM,
            Right.SUBSIDIES_APPLY,
            Right.ACCESS_HAND_OVER,
            Right.CAPACITIES_ASK,  # who approves does not ask
        },
        Role.STAFF: _MANAGER
        | {
            Right.CANDIDATES_IMPORT,
            Right.PAYMENT_CODES_MANAGE,
            Right.ORGANISATION_SEE,
            Right.ORGANISATION_EDIT,
            Right.ENROLMENTS_MAKE,
            Right.INVITATIONS_MANAGE,
            Right.ACCOUNTS_MAKE,
            Right.GRANTS_GIVE,
            Right.LINKS_SEE,
            Right.ACCESS_SEE,
            Right.ACCESS_SUSPEND,
            Right.CAPACITIES_APPROVE,
            Right.APPLICATIONS_SEE,
            Right.IDENTITY_CHECK,
        },
        Role.SERVICE_DESK: frozenset(
            {
                Right.CANDIDATES_SEE,
                Right.PAYMENT_CODES_SEE,
                Right.ORGANISATION_SEE,
                Right.LINKS_SEE,
                Right.APPLICATIONS_SEE,
                Right.IDENTITY_CHECK,
            }
        ),
        Role.AUDITOR: frozenset(
            {
                Right.CANDIDATES_SEE,
                Right.PAYMENT_CODES_SEE,
                Right.ORGANISATION_SEE,
                Right.LINKS_SEE,
                Right.ACCESS_SEE,
            }
        ),
        Role.EXAMINER: frozenset({Right.CANDIDATES_SEE}),
        Role.REGISTRATION_MANAGER: frozenset({Right.CANDIDATES_SEE}),
        Role.LOCATION_MANAGER: frozenset({Right.CANDIDATES_SEE, Right.CANDIDATES_EXPORT}),
        Role.MAIN_ACCESS_MANAGER: _MANAGER | _COMPANY | _ACCESS | {Right.ACCESS_HAND_OVER},
        Role.CO_MAIN_ACCESS_MANAGER: _MANAGER | _COMPANY | _ACCESS,
        Role.ACCESS_MANAGER: _ACCESS_IN_A_CAPACITY,
        Role.CO_ACCESS_MANAGER: _ACCESS_IN_A_CAPACITY,
        Role.TRUSTED_CONTACT: _COMPANY | {Right.CAPACITIES_ASK},
        Role.ORGANISATION_MANAGER: _MANAGER,
        Role.USER: frozenset({Right.ORGANISATION_SEE}),
        Role.MEMBER: frozenset(),
        Role.CANDIDATE: frozenset({Right.PAYMENT_CODES_REDEEM}),
    }
)
"""Which rights a role opens. `docs/permissions.md` is made from this table."""

MODULE_OF = MappingProxyType(
    {
        Right.CANDIDATES_SEE: Module.OVERVIEW,
        Right.CANDIDATES_UNLINK: Module.OVERVIEW,
        Right.CANDIDATES_EXPORT: Module.OVERVIEW,
        Right.CANDIDATES_IMPORT: Module.OVERVIEW,
        Right.LINKS_SEE: Module.OVERVIEW,
        Right.PAYMENT_CODES_SEE: Module.PAYMENT_CODES,
        Right.PAYMENT_CODES_EXPORT: Module.PAYMENT_CODES,
        Right.PAYMENT_CODES_REDEEM: Module.PAYMENT_CODES,
        Right.PAYMENT_CODES_MANAGE: Module.PAYMENT_CODES,
        Right.ORGANISATION_SEE: Module.COMPANY,
        Right.ORGANISATION_EDIT: Module.COMPANY,
        Right.ENROLMENTS_MAKE: Module.ENROLMENTS,
        Right.SUBSIDIES_APPLY: Module.SUBSIDIES,
        Right.ACCESS_SEE: Module.ACCESS,
        Right.ACCESS_GIVE: Module.ACCESS,
        Right.ACCESS_SUSPEND: Module.ACCESS,
        Right.ACCESS_HAND_OVER: Module.ACCESS,
        Right.CAPACITIES_SWITCH: Module.ACCESS,
        Right.CAPACITIES_ASK: Module.ACCESS,
        Right.CAPACITIES_APPROVE: Module.ACCESS,
        Right.CAPACITIES_SET: Module.ACCESS,
        Right.APPLICATIONS_SEE: None,
        Right.IDENTITY_CHECK: None,
        Right.INVITATIONS_MANAGE: None,
        Right.ACCOUNTS_MAKE: None,
        Right.GRANTS_GIVE: None,
    }
)
"""The part of the portal that each right is of; None: of every portal."""
