"""What a use case may ask beside a right: nothing owed, and a recent proof of who one is."""

from datetime import timedelta

import pytest

from portal_app.errors import FactorMissing, NotAllowed, NotProven, NotSignedIn
from portal_app.models import Owed
from portal_app.models.base import Words
from portal_app.needs import Owing, ProvenLately, SignedIn
from portal_app.permissions import Right
from portal_app.settings import settings
from portal_app.unit_of_work import Browser, Job, Work, run, use_case
from tests import factories


@use_case(SignedIn)
def own(work: Work) -> bool:
    return bool(work.person_id)


@use_case(Owing(Owed.PASSWORD))
def choose_password(work: Work) -> bool:
    return bool(work.person_id)


@use_case(ProvenLately(Right.CANDIDATES_EXPORT))
def take_along(_: Work) -> bool:
    return True


@use_case(ProvenLately(Right.CANDIDATES_EXPORT, by_staff=True))
def take_everything_along(_: Work) -> bool:
    return True


@use_case(ProvenLately(Right.CANDIDATES_EXPORT, with_factor=True))
def take_along_with_a_factor(_: Work) -> bool:
    return True


@use_case(Right.CANDIDATES_SEE)
def look_and_take_along(work: Work) -> bool:
    return take_along(work)


def browser(person, *, owes: tuple[Owed, ...] = (), minutes_ago: float = 0) -> Browser:
    """Sign somebody in who proved who they are so many minutes ago."""
    proven_at = factories.NOW - timedelta(minutes=minutes_ago)
    return Browser(factories.sign_in(person, owes=owes, proven_at=proven_at))


@pytest.mark.parametrize("owed", [*Owed])
def test_a_session_that_owes_opens_only_what_says_so(cast, owed: Owed) -> None:
    caller = browser(cast.alice, owes=(owed,))

    for closed in (own, take_along, look_and_take_along):
        with pytest.raises(NotAllowed):
            run(closed, caller)
    if owed is Owed.PASSWORD:
        assert run(choose_password, caller)
    else:
        with pytest.raises(NotAllowed):
            run(choose_password, caller)


def test_what_is_owed_first_is_asked_first(cast) -> None:
    caller = browser(cast.alice, owes=(Owed.PASSWORD, Owed.PROOF))

    with pytest.raises(NotAllowed):
        run(choose_password, caller)


def test_what_opens_to_whoever_owes_opens_to_whoever_owes_nothing(cast) -> None:
    assert run(choose_password, browser(cast.alice))
    with pytest.raises(NotSignedIn):
        run(choose_password, Browser("nobody"))


def test_what_a_session_owes_is_kept_in_the_order_in_which_it_is_asked() -> None:
    column = Words(Owed, 64)

    kept = column.process_bind_param((*reversed(Owed),), None)

    assert kept == "proof password activation factor"
    assert column.process_result_value(kept, None) == (*Owed,)
    assert column.process_result_value("", None) == ()
    with pytest.raises(ValueError, match="money"):
        column.process_result_value("money", None)


def test_a_proof_counts_to_the_minute(cast) -> None:
    minutes = settings.proof_minutes

    assert run(take_along, browser(cast.alice, minutes_ago=minutes))
    with pytest.raises(NotProven):
        run(take_along, browser(cast.alice, minutes_ago=minutes + 0.01))


def test_a_proof_is_asked_however_deep_the_use_case_is(cast) -> None:
    with pytest.raises(NotProven):
        run(look_and_take_along, browser(cast.alice, minutes_ago=60))


def test_whoever_may_not_is_told_so_and_asked_for_nothing(cast) -> None:
    with pytest.raises(NotAllowed):
        run(take_along, browser(cast.bob, minutes_ago=60))
    with pytest.raises(NotSignedIn):
        run(take_along, Browser("nobody"))


def test_only_staff_may_be_asked_and_never_the_portal_itself(cast) -> None:
    assert run(take_everything_along, browser(cast.alice, minutes_ago=60))
    with pytest.raises(NotProven):
        run(take_everything_along, browser(cast.sam, minutes_ago=60))
    assert run(take_everything_along, browser(cast.sam))
    assert run(take_along, Job("test"))


@pytest.mark.parametrize("make_factor", [factories.make_app, factories.make_passkey])
def test_whoever_has_a_second_way_may_be_asked_alone(cast, make_factor) -> None:
    long_ago = browser(cast.alice, minutes_ago=60)
    assert run(take_along_with_a_factor, long_ago)

    make_factor(cast.alice)

    with pytest.raises(NotProven):
        run(take_along_with_a_factor, long_ago)
    assert run(take_along_with_a_factor, browser(cast.alice))
    assert run(take_along_with_a_factor, Job("test"))


def test_a_way_that_was_taken_away_asks_nothing(cast) -> None:
    factories.make_passkey(cast.alice, ended_at=factories.LONG_AGO)

    assert run(take_along_with_a_factor, browser(cast.alice, minutes_ago=60))


def test_whoever_must_have_a_second_way_adds_it_first(cast, monkeypatch) -> None:
    asked = settings.model_copy(update={"factor_for_managers": True})
    monkeypatch.setattr("portal_app.actors.settings", asked)

    for minutes_ago in (0, 60):  # the password just typed does not do
        with pytest.raises(FactorMissing):
            run(take_along_with_a_factor, browser(cast.alice, minutes_ago=minutes_ago))

    factories.make_app(cast.alice)
    assert run(take_along_with_a_factor, browser(cast.alice))
