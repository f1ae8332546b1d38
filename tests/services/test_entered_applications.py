"""Staff enter an application for somebody on the phone; it goes on as any other."""

import pytest

from portal_app.applications import ApplicationKind, ApplicationState
from portal_app.errors import NotAllowed, NotFound
from portal_app.models import Application, ApplicationEvent, AuditEvent, Invitation
from portal_app.permissions import Role
from portal_app.services import (
    access_applications,
    application_handling,
    application_record,
    entered_applications,
    phone_callers,
)
from portal_app.services.access_applications import AskedAccess
from portal_app.services.activation_codes import AskedCodes
from portal_app.services.address_applications import AskedAddress
from portal_app.services.organisations import OrganisationNumber
from tests import factories
from tests.services.applying import NEW, REACHED, application, checked, desk, mails, version

CHANGED = AskedAddress(
    ApplicationKind.ADDRESS_CHANGED, "Alice", "Jansen", REACHED, "fr", new_email=NEW
)
CODES = AskedCodes(factories.NUMBERS[0], "Nele", "Claes", "", REACHED, "+3225550100", "de")
ACCESS = AskedAccess(
    OrganisationNumber.belgian(factories.NUMBERS[1], "Limburg"),
    *("Metaal Vandervoort nv", "Dorpsstraat 1", "3500", "Hasselt", "Nele", "Claes", "zaakvoerder"),
    *(REACHED, "+3225550100", "", "en"),
)


@pytest.mark.parametrize(
    ("use_case", "asked", "kind"),
    [
        (entered_applications.enter_address, CHANGED, ApplicationKind.ADDRESS_CHANGED),
        (entered_applications.enter_codes, CODES, ApplicationKind.ACTIVATION_CODES),
        (entered_applications.enter_access, ACCESS, ApplicationKind.ACCESS),
    ],
)
def test_what_is_entered_says_by_whom_and_is_mailed_in_the_callers_language(
    cast, run_as, use_case, asked, kind
):
    number = run_as(cast.sam, use_case, asked=asked)

    assert (application().number, application().kind) == (number, kind)
    assert application().state is ApplicationState.SUBMITTED
    (letter,) = mails("application_received")
    assert (letter.to, letter.locale) == (REACHED, asked.locale)
    (event,) = factories.all_of(ApplicationEvent)
    assert event.by_id == cast.sam.key
    trail = [one for one in factories.all_of(AuditEvent) if one.action == "applications.entered"]
    assert [(one.actor_id, one.about_id) for one in trail] == [(cast.sam.key, application().key)]
    shown = run_as(cast.sam, application_record.record, number=number)
    assert [one.by for one in shown.events] == ["Sam Willems"]


def test_entering_twice_keeps_one(cast, run_as):
    numbers = {run_as(cast.sam, entered_applications.enter_address, asked=CHANGED) for _ in "ab"}
    assert len(numbers) == len(factories.all_of(Application)) == 1
    assert len(mails("application_received")) == 1


def test_what_turns_on_identity_still_takes_two(cast, run_as):
    number = run_as(cast.sam, entered_applications.enter_address, asked=CHANGED)
    assert application().needs_two
    assert application().person_id is None
    checked(cast, run_as, number)
    assert application().state is ApplicationState.CHECKED
    assert application().agreed_by_id is None


def test_access_that_was_entered_is_invited_to_as_any_other(cast, run_as):
    number = run_as(cast.sam, entered_applications.enter_access, asked=ACCESS)
    run_as(cast.sam, application_handling.take, number=number, version=1)
    agreeing = {"number": number, "version": version(), "role": Role.TRUSTED_CONTACT}
    run_as(cast.sam, access_applications.invite, **agreeing)
    (invitation,) = factories.all_of(Invitation)
    assert (invitation.email, invitation.locale) == (REACHED, "en")


def test_each_kind_is_entered_by_whoever_decides_it(cast, run_as):
    sonja = desk()
    assert ApplicationKind.ACCESS not in run_as(sonja, entered_applications.start).kinds
    assert ApplicationKind.ACCESS in run_as(cast.sam, entered_applications.start).kinds
    with pytest.raises(NotAllowed):
        run_as(sonja, entered_applications.enter_access, asked=ACCESS)
    for who in (cast.alice, cast.bob):
        for use_case, asked in (
            (entered_applications.enter_address, CHANGED),
            (entered_applications.enter_codes, CODES),
            (entered_applications.enter_access, ACCESS),
        ):
            with pytest.raises(NotAllowed):
                run_as(who, use_case, asked=asked)
    assert factories.all_of(Application) == []


def test_a_caller_is_filled_in_once_established(cast, run_as):
    sonja, about = desk(), {"person_id": cast.alice.key}
    assert run_as(sonja, entered_applications.start, **about).given_name == ""

    words = frozenset({"email", "company"})
    run_as(sonja, phone_callers.establish, asked=words, **about)

    seen = run_as(sonja, entered_applications.start, **about)
    assert (seen.given_name, seen.family_name, seen.locale) == ("Alice", "Jansen", "nl")
    assert run_as(cast.sam, entered_applications.start, **about).given_name == ""
    with pytest.raises(NotFound):
        run_as(sonja, entered_applications.start, person_id=9999)
