"""Somebody of every role at NORTH or the fund, and what they try things on."""

from portal_app.permissions import CAPACITY_ROLES, STAFF_ROLES, Role
from portal_app.services.appointing import BY_A_MANAGER
from portal_app.suspension import SuspensionReason
from tests import factories
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER
from tests.harness import sockets
from tests.harness.databases import Template
from tests.security.isolation.world import WORLD, present

OWN, ANOTHER = CANDIDATE_FOLLOWING, EMPLOYER
"""The capacity in which those hold their role who hold it in one, and the other."""

cookies: dict[Role, str] = {}
"""Of the browser of each."""
users: dict[str, int] = {}
"""The grant of a user in each capacity, whom nobody here is."""
paused: dict[str, int] = {}
"""The grant of another in each, that is suspended."""
former: dict[str, int] = {}
"""The grant of another in each, that a manager just ended."""


def employ() -> None:
    """Write them."""
    world = present()
    north = world.organisations["north"]
    for role in Role:
        person = world.people["north.main"]
        if role is not Role.MAIN_ACCESS_MANAGER:  # of whom there is one
            person = factories.make_person()
            factories.make_account(person)
            inside = OWN if role in CAPACITY_ROLES else ""
            at = None if role in STAFF_ROLES else north
            factories.make_grant(person, role, at, capacity=inside)
        cookies[role] = sockets.cookie_of(person)
    for capacity in (OWN, ANOTHER):
        grant = factories.make_grant(factories.make_person(), Role.USER, north, capacity=capacity)
        users[capacity] = grant.key
        grant = factories.make_grant(
            *(factories.make_person(), Role.USER, north),
            capacity=capacity,
            suspended_why=SuspensionReason.ABSENT,
        )
        paused[capacity] = grant.key
        ended = factories.make_grant(
            factories.make_person(),
            Role.USER,
            north,
            capacity=capacity,
            ended_at=factories.NOW,
            ended_reason=BY_A_MANAGER,
        )
        former[capacity] = ended.key


TEAM = Template("team", WORLD, employ)
"""The isolation world, with them."""
