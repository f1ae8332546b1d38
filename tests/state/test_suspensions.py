"""Suspending a role on the page of a company's access, and what its person reads."""

import pytest

from portal_app.permissions import Role
from portal_app.state.access import AccessState
from portal_app.state.home import HomeState
from portal_app.suspension import SuspensionReason
from tests import factories
from tests.factories import EMPLOYER
from tests.services import managing
from tests.services.managing import USER

PAGE = "/toegang"


@pytest.mark.covers("I-15")
def test_a_role_is_suspended_for_a_reason_and_resumed(open_state, cast, hanna):
    uma = managing.holder("Uma", USER, cast.vak, EMPLOYER)
    page = open_state(AccessState, hanna, PAGE)
    grant = managing.grant_of(uma, USER).key

    page.do(page.state.ask_suspend(grant))
    assert (page.state.asking, page.state.asked_name) == ("suspend", "Uma Nieuw")
    assert [one.value for one in page.state.reasons] == [one.value for one in SuspensionReason]
    page.do(page.state.suspend({"suspension": "because"}))
    assert (page.state.wrong_why.key, page.state.asking) == ("access.suspend_why_empty", "suspend")
    page.do(page.state.suspend({"suspension": "absent"}))

    assert page.state.said.key == "access.done_suspend"
    (line,) = [one for one in page.state.people if one.grant == grant]
    assert line.suspended_why_key == "roles.suspended_absent"
    assert (line.may_suspend, line.may_resume) == (False, True)
    page.do(page.state.resume(grant, line.spoken))
    assert page.state.said.key == "access.done_resume"
    (line,) = [one for one in page.state.people if one.grant == grant]
    assert (line.suspended_at, line.may_suspend) == ("", True)


@pytest.mark.covers("I-15")
def test_the_first_page_tells_whose_role_is_suspended_why(open_state, cast):
    leo = managing.somebody("Leo")
    factories.make_grant(
        *(leo, Role.ORGANISATION_MANAGER, cast.vak),
        suspended_why=SuspensionReason.CONTRACT,
        suspended_by_fund=True,
    )

    (line,) = open_state(HomeState, leo, "/").state.suspended

    assert (line.company, line.by_fund) == (cast.vak.name, True)
    assert line.why_key == "roles.suspended_contract"
