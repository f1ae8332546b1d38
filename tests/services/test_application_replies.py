"""What the applicant does: answering what was asked, and withdrawing."""

from datetime import timedelta

import pytest

from portal_app.applications import ApplicationKind, ApplicationState
from portal_app.errors import Invalid, Refused, Text
from portal_app.models import ApplicationEvent
from portal_app.services import (
    address_applications,
    application_handling,
    application_queue,
    application_replies,
    application_timeline,
    identity_checks,
)
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.harness.crowd import all_at_once
from tests.services.applying import (
    HERE,
    MOVED_ON,
    REACHED,
    application,
    ask,
    checked,
    mails,
    said,
    secrets_of,
    version,
)


def key() -> str:
    """Return the key that the first mail carried."""
    return secrets_of(mails("application_received")[0])["timeline"]


def asked_back(cast, run_as) -> str:
    number = ask(run_as)
    run_as(cast.sam, application_handling.take, number=number, version=version())
    run_as(
        cast.sam,
        application_handling.ask_for_more,
        number=number,
        version=version(),
        question="call",
        note="",
    )
    return number


def news() -> list[str]:
    return [said(one)["what"].key for one in mails("application_moved")]


def test_an_answer_brings_it_back_to_whoever_has_it_with_as_long_again(cast, run_as, stopped_clock):
    number = asked_back(cast, run_as)
    promised = application().due_at
    stopped_clock.advance(days=7)

    assert run_as(HERE, application_replies.answer, key=key(), text="Morgen om 9 uur.") is None

    one = application()
    assert (one.state, one.assignee_id) == (ApplicationState.IN_PROGRESS, cast.sam.key)
    assert one.due_at >= promised + timedelta(days=7)
    last = factories.all_of(ApplicationEvent)[-1]
    assert (last.by_id, last.public_note) == (None, "Morgen om 9 uur.")
    own = run_as(HERE, application_timeline.own, key=key())
    assert (own.told[-1].is_answer, own.told[-1].note) == (True, "Morgen om 9 uur.")
    assert (own.may_answer, own.may_withdraw) == (False, True)
    (row,) = run_as(cast.sam, application_queue.overview, tab="mine").rows
    assert row.number == number
    again = run_as(HERE, application_replies.answer, key=key(), text="Of om 10 uur.")
    assert again == Refused(Text("errors.application_not_waiting"))


def test_it_is_the_applicants_answer_also_when_staff_are_signed_in(cast, run_as):
    asked_back(cast, run_as)

    run_as(cast.sam, application_replies.answer, key=key(), text="Ja.")

    assert factories.all_of(ApplicationEvent)[-1].by_id is None


@pytest.mark.covers("I-05")
def test_every_public_change_is_mailed_to_the_applicant(cast, run_as):
    number = asked_back(cast, run_as)
    assert news() == ["applications.own_in_progress"]
    assert len(mails("application_question")) == 1
    run_as(HERE, application_replies.answer, key=key(), text="Morgen.")
    run_as(HERE, application_replies.withdraw, key=key())
    assert news()[1:] == ["applications.own_answered", "applications.own_withdrawn"]
    assert {one.to for one in mails("application_moved")} == {REACHED}
    del number

    changed = ask(run_as, ApplicationKind.ADDRESS_CHANGED)
    checked(cast, run_as, changed)
    run_as(cast.ada, identity_checks.agree, number=changed, version=version())
    confirmation = secrets_of(mails("address_confirm")[0])["confirmation"]
    run_as(HERE, address_applications.confirm, key=confirmation)
    assert news()[3:] == [
        "applications.own_in_progress",
        "applications.own_approved",
        "applications.own_done",
    ]


def test_withdrawing_ends_it_and_twice_does_nothing_more(cast, run_as, now):
    number = ask(run_as)
    assert run_as(HERE, application_timeline.own, key=key()).may_withdraw

    assert run_as(HERE, application_replies.withdraw, key=key()) is None
    assert run_as(HERE, application_replies.withdraw, key=key()) is None

    one = application()
    assert (one.state, one.finished_at) == (ApplicationState.WITHDRAWN, now)
    assert news() == ["applications.own_withdrawn"]
    with pytest.raises(Invalid) as refusal:
        run_as(cast.sam, application_handling.take, number=number, version=version())
    assert refusal.value.fields == MOVED_ON
    (row,) = run_as(cast.sam, application_queue.overview, tab="finished").rows
    assert row.number == number
    assert ask(run_as) != number, "the same may be asked anew"


def test_what_waits_to_be_confirmed_is_withdrawn_and_the_link_opens_nothing_more(cast, run_as):
    number = ask(run_as, ApplicationKind.ADDRESS_CHANGED)
    checked(cast, run_as, number)
    run_as(cast.ada, identity_checks.agree, number=number, version=version())
    confirmation = secrets_of(mails("address_confirm")[0])["confirmation"]

    assert run_as(HERE, application_replies.withdraw, key=key()) is None

    refused = run_as(HERE, address_applications.confirm, key=confirmation)
    assert refused == Refused(Text("errors.application_confirm_over"))


def test_what_is_finished_is_not_withdrawn_and_a_key_that_is_none_opens_nothing(cast, run_as):
    number = ask(run_as)
    run_as(cast.sam, application_handling.take, number=number, version=version())
    refuse = {"reason": "identity", "note": ""}
    run_as(cast.sam, application_handling.refuse, number=number, version=version(), **refuse)

    refused = run_as(HERE, application_replies.withdraw, key=key())
    assert refused == Refused(Text("errors.application_finished"))
    for forged in ("", number, key()[:-1], f"{number}.{'A' * 24}"):
        for wrong in (
            run_as(HERE, application_replies.withdraw, key=forged),
            run_as(HERE, application_replies.answer, key=forged, text="Ja."),
        ):
            assert wrong == Refused(Text("errors.application_key"))


@pytest.mark.parametrize("round_of", range(3))
def test_who_withdraws_while_staff_agree_ends_in_one_of_two_ways(cast, run_as, round_of):
    number = ask(run_as)
    checked(cast, run_as, number)
    ada = Browser(factories.sign_in(cast.ada))
    seen, mailed = version(), key()

    def agree() -> bool:
        try:
            run(identity_checks.agree, ada, number=number, version=seen)
        except Invalid:
            return False
        return True

    agreed, refused = all_at_once(
        [agree, lambda: run(application_replies.withdraw, HERE, key=mailed)]
    )

    assert agreed is (refused is not None)
    expected = ApplicationState.DONE if agreed else ApplicationState.WITHDRAWN
    assert application().state is expected
    assert len(mails("address_told")) == agreed
    del round_of
