"""Handing the main access manager's role over: name a successor, who accepts."""

from datetime import datetime

from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Account
from portal_app.needs import ProvenLately
from portal_app.permissions import Right, Role
from portal_app.services import access_limits, appointing
from portal_app.services.appointing import Appointment
from portal_app.unit_of_work import Work, use_case


@use_case(ProvenLately(Right.ACCESS_HAND_OVER, with_factor=True), writes=True)
def name_successor(
    work: Work,
    *,
    organisation_id: int,
    email: str,
    given_name: str,
    infix: str,
    family_name: str,
    locale: str,
) -> datetime:
    """Name who takes the role over; return until when that can be accepted.

    Until then everything stays as it is. Accepting ends the role of whoever named them.

    Raises:
        NotFound: no such organisation in scope.
        Invalid: it is one's own address, or somebody was named already.
    """
    is_there = access_limits.take(work, organisation_id)
    own = next(
        (
            grant
            for grant in work.actor.reaching(organisation_id, "")
            if grant.role is Role.MAIN_ACCESS_MANAGER
        ),
        None,
    )
    if not is_there or own is None or not work.holds(organisation_id, ""):
        raise NotFound
    if work.session.get_one(Account, work.person_id).email == email:
        raise Invalid({"email": Text("access.wrong_own_address")})
    wanted = Appointment(
        organisation_id,
        Role.MAIN_ACCESS_MANAGER,
        "",
        email,
        given_name,
        infix,
        family_name,
        locale,
    )
    return appointing.invite(work, wanted, own.id, instead_of=own.id)
