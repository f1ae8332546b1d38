"""A proof with eHerkenning settles what its person had asked for the company (X-21)."""

import pytest

from portal_app.applications import (
    AccessPayload,
    ApplicationKind,
    ApplicationState,
    RolePayload,
)
from portal_app.errors import Invalid
from portal_app.models import Application, ApplicationEvent
from portal_app.permissions import Role
from portal_app.services import (
    access_applications,
    application_handling,
    application_queue,
    application_record,
    consents,
    eherkenning,
)
from portal_app.unit_of_work import run
from tests import factories
from tests.harness.cast import acting_as
from tests.harness.crowd import all_at_once
from tests.services import managing
from tests.services.applying import MOVED_ON, mails, said
from tests.services.managing import MAIN
from tests.services.proving import VAK, asking_first, go_out, mandate_for, prove

pytestmark = pytest.mark.covers("X-21")
PIET = "piet@nieuw.example"


@pytest.fixture
def piet(cast):
    """Somebody with an account, who is nothing anywhere yet."""
    del cast
    return managing.somebody("Piet")


def access(email: str = PIET, **changed: str) -> Application:
    """Make an application for access to VAK."""
    usual = {
        "trade_register": "kvk",
        "number": VAK,
        "unit": "",
        "company": "Vakmanschap Demo",
        "street": "Dorpsstraat 1",
        "postal_code": "1000 AA",
        "town": "Amsterdam",
        "given_name": "Piet",
        "family_name": "Nieuw",
        "position": "boekhouding",
        "phone": "+31205550100",
    }
    payload = AccessPayload(**usual | changed)
    kind = ApplicationKind.ACCESS
    return factories.make_application(kind=kind, email=email, payload=payload)


def role(person, company) -> Application:
    """Make an application for a role of one's own in a company."""
    payload = RolePayload(
        organisation_id=company.key,
        company=company.name,
        number=company.number,
        unit=company.unit,
        why="Ik volg de kandidaten op.",
        role=Role.ORGANISATION_MANAGER,
    )
    return factories.make_application(kind=ApplicationKind.ROLE, person=person, payload=payload)


def state_of(application: Application) -> ApplicationState:
    return next(one.state for one in factories.all_of(Application) if one.id == application.id)


def test_access_and_roles_that_were_asked_are_settled_with_the_proof(cast, piet):
    asked, wanted = access(), role(piet, cast.vak)

    prove(acting_as(piet))

    assert state_of(asked) is state_of(wanted) is ApplicationState.DONE
    last = [one for one in factories.all_of(ApplicationEvent) if one.application_id == asked.id][-1]
    assert (last.reason, last.by_id, last.from_state) == ("proven", None, "submitted")
    news = mails("application_moved")
    assert {said(one)["what"].key for one in news} == {"applications.own_proven"}
    assert len(news) == 2


def test_staff_find_it_settled_and_read_why(cast, piet):
    asked = access()
    prove(acting_as(piet))

    sam = acting_as(cast.sam)
    assert run(application_queue.overview, sam).rows == ()
    read = run(application_record.record, sam, number=asked.number)
    assert read.events[-1].reason == "proven"
    with pytest.raises(Invalid) as refused:
        run(application_handling.take, sam, number=asked.number, version=asked.version)
    assert refused.value.fields == MOVED_ON


def test_what_others_asked_and_what_was_asked_for_others_stays(cast, piet):
    of_another = access("iemand@elders.example")
    for_another = access(number="90004702")
    of_a_branch = access(unit="000012345678")
    elsewhere = role(piet, cast.jon)

    prove(acting_as(piet))

    for one in (of_another, for_another, of_a_branch, elsewhere):
        assert state_of(one) is ApplicationState.SUBMITTED
    assert mails("application_moved") == []


def test_a_proof_that_makes_nobody_manager_settles_nothing(cast, piet):
    asked = access()

    prove(acting_as(piet), mandate_for("12345678"))

    assert state_of(asked) is ApplicationState.SUBMITTED


def test_where_the_manager_is_asked_first_it_waits_for_the_consent(cast, piet):
    hanna = managing.holder("Hanna", MAIN, cast.vak)
    asked = access()
    with asking_first():
        prove(acting_as(piet))
    assert state_of(asked) is ApplicationState.SUBMITTED

    [waits] = run(consents.waiting, acting_as(hanna), organisation_id=cast.vak.key)
    answer = {"application_id": waits.application_id, "version": waits.version}
    run(consents.accept, acting_as(hanna), **answer)

    assert state_of(asked) is ApplicationState.DONE


def test_a_colleague_who_decides_at_the_same_moment_and_the_proof_do_not_wait_for_each_other(
    cast, piet
):
    asked = access()
    sam = acting_as(cast.sam)
    run(application_handling.take, sam, number=asked.number, version=asked.version)
    browser = acting_as(piet)
    reference = go_out(browser)
    run(eherkenning.come_back, browser, reference=reference)

    def decide() -> None:
        wanted = {"number": asked.number, "version": asked.version + 1}
        run(access_applications.grant, sam, role=Role.TRUSTED_CONTACT, **wanted)

    def settle() -> None:
        run(eherkenning.settle, browser, reference=reference, mandate=mandate_for())

    outcomes = all_at_once([decide, settle])

    assert state_of(asked) is ApplicationState.DONE
    assert {type(one) for one in outcomes} <= {type(None), Invalid}
