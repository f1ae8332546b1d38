"""Many who want the same name at once: one gets it, all others are told that it is taken."""

from datetime import date, timedelta

import pytest

from portal_app import clock
from portal_app.errors import Invalid, Text
from portal_app.models import (
    Account,
    ChallengePurpose,
    EmailChallenge,
    Invitation,
    OutboxMail,
    Salutation,
)
from portal_app.permissions import Role
from portal_app.services import accounts, inviting, profile, registration
from portal_app.services.accounts import NewPersonalAccount
from portal_app.services.inviting import Invited, NewInvitation
from portal_app.services.organisations import OrganisationNumber
from portal_app.services.profile import ProfileChange
from portal_app.services.registration import NewAccount
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.harness.cast import acting_as
from tests.harness.crowd import all_at_once

CROWD = 20
NELE = "nele@voorbeeld.example"


def refusals(given) -> list[dict[str, Text]]:
    return [one.fields for one in given if isinstance(one, Invalid)]


def number_of(organisation) -> OrganisationNumber:
    return OrganisationNumber(organisation.trade_register, organisation.number, organisation.unit)


def test_the_same_invitation_made_twenty_times_at_once_is_made_once(cast) -> None:
    wanted = NewInvitation(number_of(cast.de_smet), "", Role.TRUSTED_CONTACT, NELE)
    browser = acting_as(cast.sam)

    given = all_at_once([lambda: run(inviting.invite, browser, wanted=wanted)] * CROWD)

    assert sum(isinstance(one, Invited) for one in given) == 1
    assert refusals(given) == [{"email": Text("invitations.wrong_waits_already")}] * (CROWD - 1)
    assert len(factories.all_of(Invitation)) == len(factories.all_of(OutboxMail)) == 1


def test_the_same_account_provided_twenty_times_at_once_is_made_once(cast) -> None:
    wanted = NewPersonalAccount(
        given_name="Nele",
        infix="",
        family_name="Claes",
        email=NELE,
        username="nele.claes",
        locale="nl",
        role=Role.TRUSTED_CONTACT,
        organisation=number_of(cast.de_smet),
        organisation_name="",
        password="Tijdelijk-4-Nele",
        password_hash="hashed",
    )
    browser = acting_as(cast.ada)

    given = all_at_once([lambda: run(accounts.provide, browser, wanted=wanted)] * CROWD)

    assert sum(isinstance(one, int) for one in given) == 1
    assert refusals(given) == [{"email": Text("errors.email_taken")}] * (CROWD - 1)
    assert len(factories.all_of(OutboxMail)) == 1


@pytest.mark.covers("X-03")
def test_one_of_twenty_people_gets_the_username_that_all_want(cast) -> None:
    people = [factories.make_person(f"Persoon {n}", "Menigte") for n in range(CROWD)]
    for person in people:
        factories.make_account(person)
    wanted = ProfileChange(Salutation.NEUTRAL, "Persoon", "", "Menigte", "de.baas")

    given = all_at_once(
        [
            lambda browser=browser: run(profile.save, browser, change=wanted)
            for browser in map(acting_as, people)
        ]
    )

    assert given.count(None) == 1
    assert refusals(given) == [{"username": Text("errors.username_taken")}] * (CROWD - 1)
    assert [one.username for one in factories.all_of(Account)].count("de.baas") == 1


@pytest.mark.covers("M-27")
def test_an_address_proven_in_twenty_browsers_makes_one_account(cast) -> None:
    browsers = [Browser(f"{n:064d}") for n in range(CROWD)]
    for browser in browsers:
        _prove(browser)
    form = NewAccount("Nele", "", "Claes", date(1990, 1, 1), "hashed", "nl")

    given = all_at_once(
        [
            lambda n=n, browser=browser: run(
                registration.register, browser, form=form, new_key=f"n{n:063d}"
            )
            for n, browser in enumerate(browsers)
        ]
    )

    assert refusals(given) == [{"email": Text("errors.email_has_account")}] * (CROWD - 1)
    assert [one.email for one in factories.all_of(Account)].count(NELE) == 1


def _prove(browser: Browser) -> None:
    visit = factories.make_visit(browser.session_key)
    sent = clock.real_now()
    factories.write(
        EmailChallenge(
            browser_session_id=visit.key,
            purpose=ChallengePurpose.REGISTER,
            email=NELE,
            code_digest="0" * 64,
            sent_at=sent,
            expires_at=sent + timedelta(minutes=15),
            tries_left=5,
            verified_at=sent,
        )
    )
