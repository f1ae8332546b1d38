"""Handing over what the main access manager is: named, then accepted."""

from typing import Any

import pytest

from portal_app.errors import Invalid, NotAllowed, NotFound
from portal_app.models import Invitation
from portal_app.services import appointing, handover, invitations
from portal_app.services.invitations import Sight
from portal_app.unit_of_work import run
from tests import factories
from tests.factories import EMPLOYER
from tests.harness.cast import acting_as
from tests.harness.crowd import all_at_once
from tests.services import managing
from tests.services.managing import CO_MAIN, LOCAL, MAIN, USER, accept, held


def name_successor(by: Any, organisation: Any, person: Any) -> str:
    """Let somebody name a successor; return the code in the mail."""
    run(
        handover.name_successor,
        acting_as(by),
        organisation_id=organisation.key,
        email=person.email,
        given_name=person.given_name,
        infix="",
        family_name=person.family_name,
        locale="nl",
    )
    return managing.code_for(person)


def test_nothing_changes_until_the_successor_accepts(cast, hanna) -> None:
    leo = managing.somebody("Leo")

    code = name_successor(hanna, cast.vak, leo)
    assert held(cast.vak) == [("Hanna", MAIN, "")]
    assert isinstance(accept(leo, code), Sight)

    assert held(cast.vak) == [("Leo", MAIN, "")]
    assert managing.mailed("access_ended") == [hanna.email]


def test_a_co_manager_who_takes_over_leaves_the_old_place(cast, hanna) -> None:
    leo = managing.holder("Leo", CO_MAIN, cast.vak)

    accept(leo, name_successor(hanna, cast.vak, leo))

    assert held(cast.vak) == [("Leo", MAIN, "")]


def test_what_the_predecessor_appointed_is_taken_back(cast, hanna) -> None:
    leo, uma = managing.somebody("Leo"), managing.somebody("Uma")
    code = managing.appoint(hanna, cast.vak, uma, USER)

    accept(leo, name_successor(hanna, cast.vak, leo))

    assert accept(uma, code).why.key == "invitations.wrong_withdrawn"


def test_one_successor_is_named_at_a_time(cast, hanna, run_as) -> None:
    leo, nora = managing.somebody("Leo"), managing.somebody("Nora")
    name_successor(hanna, cast.vak, leo)

    with pytest.raises(Invalid, match="wrong_place_taken"):
        name_successor(hanna, cast.vak, nora)

    (invitation,) = factories.all_of(Invitation)
    run_as(hanna, appointing.withdraw, invitation_id=invitation.key)
    accept(nora, name_successor(hanna, cast.vak, nora))
    assert held(cast.vak) == [("Nora", MAIN, "")]


def test_nobody_names_themselves(cast, hanna) -> None:
    with pytest.raises(Invalid, match="wrong_own_address"):
        name_successor(hanna, cast.vak, hanna)


@pytest.mark.parametrize("role", [CO_MAIN, LOCAL, USER])
def test_only_the_main_access_manager_hands_over(cast, hanna, role) -> None:
    capacity = "" if role is CO_MAIN else EMPLOYER
    leo = managing.holder("Leo", role, cast.vak, capacity)

    with pytest.raises(NotAllowed):
        name_successor(leo, cast.vak, managing.somebody("Nora"))


def test_the_role_in_another_organisation_is_not_handed_over(cast, hanna) -> None:
    with pytest.raises(NotFound):
        name_successor(hanna, cast.jon, managing.somebody("Nora"))


def test_there_is_one_main_access_manager_when_many_accept_at_once(cast, hanna) -> None:
    leo = managing.somebody("Leo")
    code = name_successor(hanna, cast.vak, leo)
    browsers = [acting_as(leo) for _ in range(10)]
    for one in browsers:
        run(invitations.present, one, code=code)

    given = all_at_once([lambda one=one: run(invitations.accept, one) for one in browsers])

    assert sum(isinstance(one, Sight) for one in given) == 1
    assert held(cast.vak) == [("Leo", MAIN, "")]
