"""What gives somebody something by an application asks who decides to prove who they are."""

import pytest

from portal_app.applications import ApplicationKind, ApplicationState, CapacityPayload, RolePayload
from portal_app.errors import NotProven
from portal_app.models import Application
from portal_app.permissions import Role
from portal_app.services import (
    access_applications,
    application_handling,
    company_outcomes,
    identity_checks,
)
from portal_app.unit_of_work import Browser
from tests import factories


@pytest.fixture
def long_ago(cast) -> Browser:
    """A browser in which Ada, who has a second way, proved who she is long ago."""
    factories.make_app(cast.ada)
    return Browser(factories.sign_in(cast.ada, proven_at=factories.LONG_AGO))


def asked(state: ApplicationState, kind: ApplicationKind, **about) -> str:
    return factories.make_application(state, kind, **about).number


def test_whatever_gives_somebody_something_asks_a_recent_proof(cast, run_as, long_ago):
    forgotten, access = ApplicationKind.ADDRESS_FORGOTTEN, ApplicationKind.ACCESS
    begun = asked(ApplicationState.IN_PROGRESS, forgotten)
    about = {"person": cast.alice, "checked_by": cast.sam}
    checked = asked(ApplicationState.CHECKED, forgotten, **about)
    entry = asked(ApplicationState.IN_PROGRESS, access)
    who = {"person_id": cast.alice.key, "how": "Gebeld."}
    role = {"role": Role.TRUSTED_CONTACT}

    told = {"organisation_id": 1, "company": "x", "number": "1", "unit": "", "why": "x"}
    wanted = RolePayload(role=Role.USER, **told)
    asks_role = asked(ApplicationState.IN_PROGRESS, ApplicationKind.ROLE, payload=wanted)
    switching = CapacityPayload(capacity="training_provider", **told)
    asks_capacity = asked(ApplicationState.IN_PROGRESS, ApplicationKind.CAPACITY, payload=switching)

    for use_case, number, more in (
        (identity_checks.check, begun, who),
        (identity_checks.agree, checked, {}),
        (access_applications.invite, entry, role),
        (access_applications.grant, entry, role),
        (company_outcomes.give, asks_role, {}),
        (company_outcomes.switch_on, asks_capacity, {}),
    ):
        with pytest.raises(NotProven):
            run_as(long_ago, use_case, number=number, version=1, **more)

    assert {one.version for one in factories.all_of(Application)} == {1}


def test_asking_back_and_refusing_ask_none(run_as, long_ago):
    number = asked(ApplicationState.IN_PROGRESS, ApplicationKind.ADDRESS_FORGOTTEN)
    more = {"question": "call", "note": ""}

    run_as(long_ago, application_handling.ask_for_more, number=number, version=1, **more)
    refuse = {"reason": "unreached", "note": ""}
    run_as(long_ago, application_handling.refuse, number=number, version=2, **refuse)

    (one,) = factories.all_of(Application)
    assert one.state is ApplicationState.REFUSED
