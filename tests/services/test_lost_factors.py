"""A second step that is lost: two establish who it is, then every way of it is taken away."""

import json

import pytest

from portal_app.applications import ApplicationKind, ApplicationState
from portal_app.errors import Invalid, NotSignedIn, Refused, Text
from portal_app.models import (
    Application,
    AuditEvent,
    AuthenticatorApp,
    BrowserSession,
    OutboxMail,
    Owed,
    Passkey,
)
from portal_app.services import (
    application_handling,
    application_record,
    identity_checks,
    lost_factors,
    national_numbers,
)
from portal_app.unit_of_work import Browser
from tests import factories
from tests.harness.crowd import all_at_once
from tests.services.applying import ALICE, HERE, NUMBER, application, desk, mails, said, version
from tests.services.factor_world import enter, set_up

PHONE = "+3225550100"


@pytest.fixture
def number(cast, run_as) -> str:
    """Alice has an app and a passkey, knows her password alone, and asks."""
    set_up(run_as, cast.alice)
    factories.make_passkey(cast.alice)
    done, browser = enter(run_as, cast.alice)
    assert done.landing == "/bevestigen"
    return run_as(browser, lost_factors.ask, phone=PHONE, national_number=NUMBER)


def checked(cast, run_as, number: str) -> None:
    run_as(cast.sam, application_handling.take, number=number, version=version())
    run_as(
        cast.sam,
        identity_checks.check,
        number=number,
        version=version(),
        person_id=cast.alice.key,
        how="Teruggebeld op het nummer dat wij kennen.",
    )


def live_sessions(person) -> list[BrowserSession]:
    return [
        one
        for one in factories.all_of(BrowserSession)
        if one.person_id == person.key and one.ended_at is None
    ]


def test_whoever_proved_the_password_asks_and_the_known_address_hears_of_it(cast, number):
    kept = application()

    assert (kept.number, kept.kind, kept.needs_two) == (number, ApplicationKind.LOST_FACTOR, True)
    assert (kept.person_id, kept.email, kept.name) == (cast.alice.key, ALICE, "Jansen, Alice")
    (mail,) = mails("lost_factor_received")
    assert (mail.to, said(mail)["number"]) == (ALICE, number)
    assert not mails("application_received")
    everything = [*factories.all_of(Application), *factories.all_of(OutboxMail)]
    assert NUMBER not in repr(everything + factories.all_of(AuditEvent))
    assert json.loads(kept.payload)["national_number"] == national_numbers.digest(NUMBER)


def test_a_stranger_and_somebody_without_a_second_step_cannot_ask(cast, run_as):
    with pytest.raises(NotSignedIn):
        run_as(HERE, lost_factors.ask, phone=PHONE)

    refused = run_as(Browser(factories.sign_in(cast.bob)), lost_factors.ask, phone=PHONE)

    assert refused == Refused(Text("errors.no_factor"))
    assert not factories.all_of(Application)


def test_two_members_of_staff_take_every_way_and_every_session_away(cast, run_as, number, now):
    inside = Browser(factories.sign_in(cast.alice))
    checked(cast, run_as, number)
    assert live_sessions(cast.alice)

    run_as(cast.ada, identity_checks.agree, number=number, version=version())

    assert application().state is ApplicationState.DONE
    assert not live_sessions(cast.alice)
    assert {one.ended_at for one in factories.all_of(AuthenticatorApp)} == {now}
    assert {one.secret for one in factories.all_of(AuthenticatorApp)} == {""}
    assert {one.ended_at for one in factories.all_of(Passkey)} == {now}
    (mail,) = mails("factors_removed")
    assert (mail.to, mail.locale) == (ALICE, "nl")
    with pytest.raises(NotSignedIn):
        run_as(inside, lost_factors.ask, phone=PHONE)
    done, _ = enter(run_as, cast.alice, "t" * 64)
    assert done.landing == "/overzicht"
    actions = [one.action for one in factories.all_of(AuditEvent)]
    assert actions.count("factors.all_removed") == 1


def test_it_is_about_whoever_asked_whomever_staff_choose(cast, run_as, number):
    run_as(cast.sam, application_handling.take, number=number, version=version())
    about = {"number": number, "how": "Gebeld."}

    with pytest.raises(Invalid) as refusal:
        run_as(cast.sam, identity_checks.check, version=version(), person_id=cast.bob.key, **about)

    assert refusal.value.fields == {"person": Text("errors.application_person_empty")}
    (one,) = run_as(cast.sam, application_record.suspects, number=number, words="Bob")
    assert one.person_id == cast.alice.key
    run_as(cast.sam, identity_checks.check, version=version(), person_id=cast.alice.key, **about)
    run_as(cast.ada, identity_checks.disagree, number=number, version=version(), why="Nee.")
    assert application().person_id == cast.alice.key


def test_whoever_checked_and_whom_it_is_about_do_not_agree(cast, run_as, number):
    checked(cast, run_as, number)
    with pytest.raises(Invalid) as refusal:
        run_as(cast.sam, identity_checks.agree, number=number, version=version())
    assert refusal.value.fields == {"": Text("errors.application_same_person")}

    sonja = desk()
    factories.make_app(sonja)
    owing = Browser(factories.sign_in(sonja, owes=(Owed.PROOF,)))
    own = run_as(owing, lost_factors.ask, phone=PHONE)
    run_as(cast.sam, application_handling.take, number=own, version=1)
    about = {"number": own, "person_id": sonja.key, "how": "Gebeld."}
    run_as(cast.sam, identity_checks.check, version=2, **about)
    with pytest.raises(Invalid):
        run_as(sonja, identity_checks.agree, number=own, version=3)
    assert application().state is ApplicationState.CHECKED


def test_twenty_who_agree_at_once_take_it_away_once(cast, run_as, number):
    checked(cast, run_as, number)
    callers = [Browser(factories.sign_in(desk(f"Sonja{at}"))) for at in range(20)]
    seen = version()

    def agree(caller: Browser) -> bool:
        try:
            run_as(caller, identity_checks.agree, number=number, version=seen)
        except Invalid:
            return False
        return True

    given = all_at_once([lambda one=one: agree(one) for one in callers])

    assert sum(given) == 1
    assert len(mails("factors_removed")) == 1
