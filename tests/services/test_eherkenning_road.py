"""The road out to the broker and back: once, in time, and by whoever began it."""

import pytest

from portal_app.eherkenning import Outcome
from portal_app.errors import NotAllowed, NotFound, NotSignedIn
from portal_app.models import AuditEvent, EherkenningTry, Invitation, TradeRegister
from portal_app.oidc_settings import oidc_settings
from portal_app.permissions import Role
from portal_app.services import eherkenning, inviting, registration, sign_in
from portal_app.services.eherkenning import Arrival
from portal_app.services.inviting import NewInvitation
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.harness.cast import acting_as
from tests.harness.crowd import all_at_once
from tests.services.proving import go_out, managers_of, mandate_for, somebody


@pytest.mark.covers("W-22")
@pytest.mark.parametrize(
    "outcome",
    [
        *(Outcome.CANCELLED, Outcome.NO_MANDATE, Outcome.CHAIN_MANDATE, Outcome.CITIZEN),
        *(Outcome.UNREACHABLE, Outcome.REFUSED),
    ],
)
def test_a_try_that_fails_changes_nothing_and_is_remembered(cast, outcome) -> None:
    piet = somebody()
    reference = go_out(piet)
    run(eherkenning.come_back, piet, reference=reference)

    run(eherkenning.fail, piet, reference=reference, outcome=outcome)

    assert run(eherkenning.result, piet, reference=reference).outcome is outcome
    assert managers_of(cast.vak) == []


def test_a_try_that_stopped_halfway_did_not_reach_the_broker(cast, stopped_clock) -> None:
    piet = somebody()
    reference = go_out(piet)
    run(eherkenning.come_back, piet, reference=reference)
    assert run(eherkenning.result, piet, reference=reference).outcome is None

    stopped_clock.advance(minutes=1)

    assert run(eherkenning.result, piet, reference=reference).outcome is Outcome.UNREACHABLE


def test_a_browser_comes_back_once(cast) -> None:
    piet = somebody()
    reference = go_out(piet)

    arrivals = [run(eherkenning.come_back, piet, reference=reference) for _ in range(3)]

    assert arrivals == [Arrival.GOES_ON, Arrival.SEEN, Arrival.SEEN]


def test_of_ten_returns_at_once_one_goes_on(cast) -> None:
    piet = somebody()
    reference = go_out(piet)

    arrivals = all_at_once(
        [lambda: run(eherkenning.come_back, piet, reference=reference) for _ in range(10)]
    )

    assert arrivals.count(Arrival.GOES_ON) == 1
    assert arrivals.count(Arrival.SEEN) == 9


def test_a_try_is_settled_once(cast) -> None:
    piet = somebody()
    reference = go_out(piet)
    run(eherkenning.come_back, piet, reference=reference)
    run(eherkenning.settle, piet, reference=reference, mandate=mandate_for())

    with pytest.raises(NotFound):
        run(eherkenning.settle, piet, reference=reference, mandate=mandate_for("90004702"))
    assert managers_of(cast.jon) == []


def test_nothing_is_settled_before_somebody_came_back(cast) -> None:
    piet = somebody()
    reference = go_out(piet)

    with pytest.raises(NotFound):
        run(eherkenning.settle, piet, reference=reference, mandate=mandate_for())


@pytest.mark.covers("W-22")
def test_after_fifteen_minutes_it_is_too_late(cast, stopped_clock) -> None:
    piet = somebody()
    reference = go_out(piet)
    stopped_clock.advance(minutes=oidc_settings.minutes)

    assert run(eherkenning.come_back, piet, reference=reference) is Arrival.SEEN
    assert run(eherkenning.result, piet, reference=reference).outcome is Outcome.EXPIRED


def test_another_browser_cannot_come_back_with_it(cast) -> None:
    piet = somebody()
    reference = go_out(piet)
    elsewhere = acting_as(cast.alice)

    for browser in (elsewhere, Browser("nobody")):
        assert run(eherkenning.come_back, browser, reference=reference) is Arrival.STRANGE
    assert run(eherkenning.come_back, piet, reference=reference) is Arrival.GOES_ON


def test_the_same_person_in_another_browser_cannot_come_back_with_it(cast) -> None:
    reference = go_out(acting_as(cast.alice))

    arrival = run(eherkenning.come_back, acting_as(cast.alice), reference=reference)

    assert arrival is Arrival.STRANGE


def test_a_made_up_reference_belongs_to_nobody(cast) -> None:
    arrival = run(eherkenning.come_back, somebody(), reference="AAAAAAAAAA")

    assert arrival is Arrival.STRANGE
    assert "eherkenning.strange_return" in [one.action for one in factories.all_of(AuditEvent)]


def test_nobody_sees_or_settles_somebody_else_s_try(cast) -> None:
    piet, alice = somebody(), acting_as(cast.alice)
    reference = go_out(piet)
    run(eherkenning.come_back, piet, reference=reference)

    for forbidden in (
        lambda: run(eherkenning.settle, alice, reference=reference, mandate=mandate_for()),
        lambda: run(eherkenning.fail, alice, reference=reference, outcome=Outcome.CANCELLED),
        lambda: run(eherkenning.result, alice, reference=reference),
    ):
        with pytest.raises(NotFound):
            forbidden()


def test_without_a_wish_nothing_begins(cast) -> None:
    assert run(eherkenning.begin, somebody()) is None
    assert factories.all_of(EherkenningTry) == []


def test_a_refresh_on_the_way_out_is_the_same_try(cast) -> None:
    piet = somebody()
    reference = go_out(piet)

    assert run(eherkenning.begin, piet) == reference
    run(eherkenning.wish, piet)
    assert run(eherkenning.begin, piet) != reference


def test_who_is_not_signed_in_goes_out_as_soon_as_they_are(cast) -> None:
    browser = Browser("a-browser")

    assert run(eherkenning.wish, browser) is False
    with pytest.raises(NotSignedIn):
        run(eherkenning.begin, browser)
    done = run(sign_in.begin, browser, person_id=cast.alice.key, new_key="signed-in")

    assert done.landing == "/eherkenning/verder"
    assert run(eherkenning.begin, Browser("signed-in")) is not None


def test_a_temporary_password_must_be_changed_first(cast) -> None:
    browser = Browser("a-browser")
    run(eherkenning.wish, browser)
    run(sign_in.begin, browser, person_id=cast.alice.key, new_key="inside", with_temporary=True)

    with pytest.raises(NotAllowed):
        run(eherkenning.begin, Browser("inside"))


@pytest.mark.covers("W-11")
def test_who_thinks_better_of_it_arrives_where_they_would_have(cast) -> None:
    browser = Browser("a-browser")
    run(eherkenning.drop_wish, browser)  # of a browser that wished for nothing
    run(eherkenning.wish, browser)
    assert run(eherkenning.is_wished, browser)

    run(eherkenning.drop_wish, browser)

    assert not run(eherkenning.is_wished, browser)
    done = run(sign_in.begin, browser, person_id=cast.alice.key, new_key="signed-in")
    assert done.landing == "/overzicht"


def test_a_wish_is_of_its_own_browser_and_of_one_day(cast, stopped_clock) -> None:
    browser = Browser("a-browser")
    run(eherkenning.wish, browser)

    assert not run(eherkenning.is_wished, Browser("another-browser"))
    stopped_clock.advance(hours=25)
    assert not run(eherkenning.is_wished, browser)


@pytest.mark.covers("W-10", "W-11", "X-05")
def test_registration_asks_a_birth_date_of_whoever_was_invited(cast) -> None:
    browser = Browser("a-browser")
    assert run(registration.standing, browser).asks_birth_date
    run(eherkenning.wish, browser)
    assert not run(registration.standing, browser).asks_birth_date

    invited = factories.make_visit("invited", pending_invitation_id=waiting_invitation(cast))
    run(eherkenning.wish, Browser(invited.token_digest))

    assert run(registration.standing, Browser(invited.token_digest)).asks_birth_date


def waiting_invitation(cast) -> int:
    """Invite somebody, and return the invitation."""
    company = OrganisationNumber(TradeRegister.KVK, "90004702", "")
    wanted = NewInvitation(
        company, "Jongeneel", Role.TRUSTED_CONTACT, "nele@voorbeeld.example", "Nele", "", "P", "nl"
    )
    run(inviting.invite, acting_as(cast.sam), wanted=wanted)
    (invitation,) = factories.all_of(Invitation)
    return invitation.key
