"""The rights, spelled out a second time on purpose: a slip in the table shows here."""

import pytest

from portal_app import brand as brands
from portal_app.actors import Actor, HeldGrant
from portal_app.brand import Module
from portal_app.permissions import (
    APPOINTS,
    INVITABLE_ROLES,
    MODULE_OF,
    ROLE_RIGHTS,
    STAFF_ROLES,
    Right,
    Role,
)
from portal_app.tenant_net import EVERYWHERE

MAY = {
    Right.CANDIDATES_SEE: "administrator staff service_desk auditor examiner registration_manager "
    "location_manager main_access_manager co_main_access_manager organisation_manager",
    Right.CANDIDATES_UNLINK: "administrator staff main_access_manager co_main_access_manager "
    "organisation_manager",
    Right.CANDIDATES_EXPORT: "administrator staff location_manager main_access_manager "
    "co_main_access_manager organisation_manager",
    Right.CANDIDATES_IMPORT: "administrator staff",
    Right.PAYMENT_CODES_SEE: "administrator staff service_desk auditor main_access_manager "
    "co_main_access_manager organisation_manager",
    Right.PAYMENT_CODES_EXPORT: "administrator staff main_access_manager co_main_access_manager "
    "organisation_manager",
    Right.PAYMENT_CODES_REDEEM: "candidate",
    Right.PAYMENT_CODES_MANAGE: "administrator staff",
    Right.INVITATIONS_MANAGE: "administrator staff",
    Right.ACCOUNTS_MAKE: "administrator staff",
    Right.GRANTS_GIVE: "administrator staff",
    Right.LINKS_SEE: "administrator staff service_desk auditor",
    Right.ACCESS_SEE: "administrator staff auditor main_access_manager co_main_access_manager "
    "access_manager co_access_manager",
    Right.ACCESS_GIVE: "administrator main_access_manager co_main_access_manager access_manager "
    "co_access_manager",
    Right.ACCESS_SUSPEND: "administrator staff main_access_manager co_main_access_manager "
    "access_manager co_access_manager",
    Right.ACCESS_HAND_OVER: "main_access_manager",
    Right.CAPACITIES_SWITCH: "administrator main_access_manager co_main_access_manager",
    Right.CAPACITIES_ASK: "main_access_manager co_main_access_manager trusted_contact",
    Right.CAPACITIES_APPROVE: "administrator staff",
    Right.CAPACITIES_SET: "administrator main_access_manager co_main_access_manager "
    "access_manager co_access_manager",
    Right.APPLICATIONS_SEE: "administrator staff service_desk",
    Right.IDENTITY_CHECK: "administrator staff service_desk",
}

GIVES = {
    Role.ADMINISTRATOR: "main_access_manager co_main_access_manager access_manager "
    "co_access_manager user",
    Role.MAIN_ACCESS_MANAGER: "co_main_access_manager access_manager co_access_manager user",
    Role.CO_MAIN_ACCESS_MANAGER: "access_manager co_access_manager user",
    Role.ACCESS_MANAGER: "co_access_manager user",
    Role.CO_ACCESS_MANAGER: "user",
}
"""Who appoints and ends whom, from the highest to the lowest."""


EVERY = frozenset(one.code for one in brands.brand.capacities)


def holding(role: Role, organisation: int | None = None) -> Actor:
    return Actor("person", 1, 1, grants=(HeldGrant(1, organisation, role, "", EVERY),))


def test_every_role_has_its_line_in_the_table() -> None:
    assert set(ROLE_RIGHTS) == set(Role)


@pytest.mark.parametrize("right", MAY, ids=str)
def test_a_right_is_held_by_these_roles_alone(right: Right) -> None:
    holders = {role.value for role in Role if right in ROLE_RIGHTS[role]}

    assert holders == set(MAY[right].split())


@pytest.mark.covers("V-35")
def test_a_location_manager_is_no_organisation_manager() -> None:
    location, organisation = (
        ROLE_RIGHTS[role] for role in (Role.LOCATION_MANAGER, Role.ORGANISATION_MANAGER)
    )

    assert location < organisation
    assert not location & {Right.CANDIDATES_UNLINK, Right.PAYMENT_CODES_SEE}


def test_a_role_gives_these_roles_alone() -> None:
    assert {giver: {*roles} for giver, roles in APPOINTS.items()} == {
        giver: {Role(name) for name in named.split()} for giver, named in GIVES.items()
    }


def test_who_gives_roles_holds_the_right_to_and_gives_only_lower_ones() -> None:
    ladder = list(GIVES)
    for giver, roles in APPOINTS.items():
        assert Right.ACCESS_GIVE in ROLE_RIGHTS[giver]
        assert not roles & set(ladder[: ladder.index(giver) + 1])
    assert {role for role in Role if Right.ACCESS_GIVE in ROLE_RIGHTS[role]} == set(APPOINTS)


@pytest.mark.covers("S-19")
@pytest.mark.parametrize("below", [Role.ACCESS_MANAGER, Role.CO_ACCESS_MANAGER, Role.USER], ids=str)
def test_the_main_access_manager_may_do_in_every_capacity_what_others_may_in_one(below: Role):
    main, inside = holding(Role.MAIN_ACCESS_MANAGER, 7), ROLE_RIGHTS[below]

    assert all(main.holds(right, 7, place) for right in inside for place in ("", "employer"))
    assert APPOINTS.get(below, frozenset()) <= main.appoints(7, "employer")


@pytest.mark.parametrize("role", Role, ids=str)
@pytest.mark.parametrize("right", Right, ids=str)
def test_a_right_holds_in_the_capacity_of_its_grant_alone(role: Role, right: Right) -> None:
    is_staff, has_it = role in STAFF_ROLES, right in ROLE_RIGHTS[role]
    organisation = None if is_staff else 7
    inside = Actor("person", 1, 1, grants=(HeldGrant(1, organisation, role, "employer", EVERY),))
    whole = holding(role, organisation)

    assert [whole.holds(right, 7, place) for place in ("", "employer")] == [has_it, has_it]
    assert inside.holds(right, 7, "employer") is has_it
    for place in ("", "candidate_following"):
        assert inside.holds(right, 7, place) is (is_staff and has_it)
    assert inside.holds(right, 8, "employer") is (is_staff and has_it)


def test_nobody_invites_somebody_into_the_fund() -> None:
    assert not STAFF_ROLES & set(INVITABLE_ROLES)


@pytest.mark.parametrize("role", Role, ids=str)
def test_a_role_reaches_its_own_organisation_or_all(role: Role) -> None:
    actor = holding(role, None if role in STAFF_ROLES else 7)

    for right in Right:
        reached = actor.scope(right)
        if right not in ROLE_RIGHTS[role]:
            assert reached == frozenset()
        elif role in STAFF_ROLES:
            assert reached is EVERYWHERE
        else:
            assert reached == {7}


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF_ROLES), ids=str)
def test_a_grant_without_an_organisation_reaches_nothing_unless_it_is_of_the_fund(
    role: Role,
) -> None:
    assert all(holding(role).scope(right) == frozenset() for right in Right)


@pytest.mark.parametrize("kind", ["job", "operator"])
def test_the_portal_itself_reaches_everything(kind: str) -> None:
    assert all(Actor(kind).holds(right, 7, "employer") for right in Right)
    assert all(Actor(kind).scope(right) is EVERYWHERE for right in Right)
    assert Actor(kind).own_scope() is EVERYWHERE


def test_every_right_is_of_a_module_or_of_every_portal() -> None:
    assert set(MODULE_OF) == set(Right), "say in permissions.py of which module it is, or None"


@pytest.mark.parametrize("module", Module, ids=str)
@pytest.mark.parametrize("role", Role, ids=str)
def test_nobody_holds_a_right_of_a_module_that_the_fund_leaves_out(
    role: Role, module: Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = holding(role, None if role in STAFF_ROLES else 7)
    before = {right: actor.scope(right) for right in Right}
    without = {"modules": frozenset(Module) - {module}}
    monkeypatch.setattr(brands, "brand", brands.brand.model_copy(update=without))

    for right in Right:
        gone = MODULE_OF[right] is module
        assert actor.scope(right) == (frozenset() if gone else before[right])
