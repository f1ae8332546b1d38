"""An address that was forgotten or changed: two establish who it is, then it is answered."""

import json

import pytest

from portal_app.applications import ApplicationKind, ApplicationState
from portal_app.errors import Invalid, Refused, Text
from portal_app.models import Application, ApplicationEvent, AuditEvent, OutboxMail
from portal_app.services import (
    address_applications,
    application_handling,
    identity_checks,
    national_numbers,
)
from tests import factories
from tests.services.applying import (
    ALICE,
    HERE,
    MOVED_ON,
    NEW,
    NUMBER,
    REACHED,
    address_of,
    application,
    ask,
    checked,
    mails,
    said,
    secrets_of,
    version,
)


@pytest.mark.covers("I-05")
def test_an_application_is_kept_and_its_number_mailed_in_the_language_of_the_form(
    cast, run_as, now
):
    number = ask(run_as)

    kept = application()
    assert (kept.number, kept.state) == (number, ApplicationState.SUBMITTED)
    assert kept.name == "Jansen, Alice"
    (mail,) = mails("application_received")
    assert (mail.to, mail.locale) == (REACHED, "fr")
    assert said(mail)["number"] == number
    assert "Alice" not in mail.values
    (event,) = factories.all_of(ApplicationEvent)
    assert (event.from_state, event.to_state, event.by_id) == (None, kept.state, None)
    assert kept.due_at > now
    del cast


@pytest.mark.covers("I-05")
def test_the_answer_is_the_same_for_somebody_whom_nobody_knows(cast, run_as):
    known = ask(run_as)
    unknown = ask(run_as, given_name="Niemand", family_name="Bekend", email="n@thuis.example")

    assert [len(known), len(unknown)] == [8, 8]
    first, second = mails("application_received")
    assert said(first).keys() == said(second).keys()
    del cast


def test_a_national_number_is_kept_as_a_digest_alone(cast, run_as):
    ask(run_as)

    everything = [*factories.all_of(Application), *factories.all_of(OutboxMail)]
    everything += factories.all_of(AuditEvent)
    assert NUMBER not in repr(everything)
    held = json.loads(application().payload)
    assert held["national_number"] == national_numbers.digest(NUMBER)
    del cast


def test_the_same_application_twice_is_one_and_mails_once(cast, run_as):
    assert ask(run_as) == ask(run_as)
    assert len(factories.all_of(Application)) == 1
    assert len(mails("application_received")) == 1
    other = ask(run_as, phone="+3225550100")
    assert [one.number for one in factories.all_of(Application)].count(other) == 1
    assert len(factories.all_of(Application)) == 2
    del cast


@pytest.mark.covers("I-05")
def test_two_members_of_staff_send_the_known_address_in_part_and_its_owner_is_told(
    cast, run_as, now
):
    number = ask(run_as)
    checked(cast, run_as, number)

    run_as(cast.ada, identity_checks.agree, number=number, version=version())

    done = application()
    assert done.state is ApplicationState.DONE
    assert (done.checked_by_id, done.agreed_by_id) == (cast.sam.key, cast.ada.key)
    assert done.finished_at == now
    (told,) = mails("address_told")
    assert (told.to, told.locale, said(told)["known"]) == (REACHED, "fr", "a…@voorbeeld.example")
    assert ALICE not in told.values
    (notice,) = mails("address_was_told")
    assert (notice.to, notice.locale) == (ALICE, "nl")
    assert said(notice)["reached"] == "a…@thuis.example"
    assert [event.to_state.value for event in factories.all_of(ApplicationEvent)] == [
        *("submitted", "in_progress", "checked", "done")
    ]


def test_whoever_checked_cannot_agree(cast, run_as):
    number = ask(run_as)
    checked(cast, run_as, number)

    with pytest.raises(Invalid) as refusal:
        run_as(cast.sam, identity_checks.agree, number=number, version=version())

    assert refusal.value.fields == {"": Text("errors.application_same_person")}
    assert application().state is ApplicationState.CHECKED
    assert not mails("address_told")


def test_nobody_decides_about_oneself(cast, run_as):
    number = ask(run_as, given_name="Sam", family_name="Willems")
    run_as(cast.sam, application_handling.take, number=number, version=version())
    about_sam = {"number": number, "person_id": cast.sam.key, "how": "Ik ben het."}
    with pytest.raises(Invalid) as refusal:
        run_as(cast.sam, identity_checks.check, version=version(), **about_sam)
    assert refusal.value.fields == {"person": Text("errors.application_oneself")}

    run_as(cast.ada, identity_checks.check, version=version(), **about_sam)
    with pytest.raises(Invalid):
        run_as(cast.sam, identity_checks.agree, number=number, version=version())
    assert application().state is ApplicationState.CHECKED


@pytest.mark.covers("I-06")
def test_a_new_address_counts_once_it_is_confirmed_and_both_are_told(cast, run_as):
    number = ask(run_as, ApplicationKind.ADDRESS_CHANGED)
    checked(cast, run_as, number)
    run_as(cast.ada, identity_checks.agree, number=number, version=version())
    assert address_of(cast.alice) == ALICE
    (warning,) = mails("address_will_change")
    assert (warning.to, said(warning)["email"]) == (ALICE, "a…@nieuw.example")
    (letter,) = mails("address_confirm")
    assert letter.to == NEW
    key = secrets_of(letter)["confirmation"]

    assert run_as(HERE, address_applications.confirm, key=key) is None
    assert run_as(HERE, address_applications.confirm, key=key) is None

    assert address_of(cast.alice) == NEW
    assert application().state is ApplicationState.DONE
    (changed,) = mails("email_changed")
    assert changed.to == ALICE
    (confirmed,) = mails("address_confirmed")
    assert confirmed.to == NEW


@pytest.mark.covers("I-06")
def test_a_confirmation_is_refused_that_is_too_late_forged_or_taken_by_somebody_else(
    cast, run_as, stopped_clock
):
    number = ask(run_as, ApplicationKind.ADDRESS_CHANGED)
    checked(cast, run_as, number)
    run_as(cast.ada, identity_checks.agree, number=number, version=version())
    key = secrets_of(mails("address_confirm")[0])["confirmation"]
    timeline = secrets_of(mails("application_received")[0])["timeline"]

    other = f"{key[:-1]}{'1' if key[-1] == '0' else '0'}"
    for forged in ("", "A-000000", key[:-1], other, f"{key}\0", timeline, number):
        wrong = run_as(HERE, address_applications.confirm, key=forged)
        assert wrong == Refused(Text("errors.application_key"))
    somebody = factories.make_person("Kaat", email=NEW)
    taken = factories.make_account(somebody)
    with pytest.raises(Invalid):
        run_as(HERE, address_applications.confirm, key=key)
    assert application().state is ApplicationState.APPROVED
    taken.email = "kaat@voorbeeld.example"
    factories.rewrite(taken)
    stopped_clock.advance(days=7)
    late = run_as(HERE, address_applications.confirm, key=key)
    assert late == Refused(Text("errors.application_confirm_over"))
    assert address_of(cast.alice) == ALICE


def test_a_new_address_that_somebody_has_is_not_agreed_to(cast, run_as):
    number = ask(run_as, ApplicationKind.ADDRESS_CHANGED, new_email="bob@voorbeeld.example")
    checked(cast, run_as, number)

    with pytest.raises(Invalid) as refusal:
        run_as(cast.ada, identity_checks.agree, number=number, version=version())

    assert refusal.value.fields == {"": Text("errors.application_address_taken")}
    assert not mails("address_confirm")


def test_the_second_sends_it_back_with_why(cast, run_as):
    number = ask(run_as)
    checked(cast, run_as, number)

    send_back = {"number": number, "why": "De geboortedatum klopt niet."}
    run_as(cast.ada, identity_checks.disagree, version=version(), **send_back)

    back = application()
    assert (back.state, back.assignee_id) == (ApplicationState.IN_PROGRESS, cast.ada.key)
    assert (back.person_id, back.checked_by_id) == (None, None)
    assert factories.all_of(ApplicationEvent)[-1].internal_note == send_back["why"]


def test_a_question_is_mailed_and_waits_until_it_is_answered(cast, run_as):
    number = ask(run_as)
    run_as(cast.sam, application_handling.take, number=number, version=version())
    asking = {"number": number, "version": version()}
    for question, note in (("", ""), ("luim", "Waarom?")):
        with pytest.raises(Invalid) as refusal:
            run_as(
                cast.sam, application_handling.ask_for_more, question=question, note=note, **asking
            )
        assert refusal.value.fields == {"question": Text("errors.application_question_empty")}
    note = "Noem ook uw opleiding."
    run_as(cast.sam, application_handling.ask_for_more, question="call", note=note, **asking)
    asked = said(mails("application_question")[0])
    assert (asked["question"], asked["note"]) == (Text("applications.question_call"), note)
    assert application().state is ApplicationState.WAITING
    answer = {"number": number, "answer": "Belde terug: VAK."}
    run_as(cast.ada, application_handling.go_on, version=version(), **answer)
    assert (application().state, application().assignee_id) == (
        ApplicationState.IN_PROGRESS,
        cast.ada.key,
    )


def test_a_refusal_says_why_in_words_of_its_kind(cast, run_as):
    number = ask(run_as)
    run_as(cast.sam, application_handling.take, number=number, version=version())
    refusing = {"number": number, "note": "Bel ons gerust."}
    with pytest.raises(Invalid) as refusal:
        run_as(cast.sam, application_handling.refuse, version=version(), reason="luim", **refusing)
    assert refusal.value.fields == {"reason": Text("errors.application_reason_empty")}

    run_as(cast.sam, application_handling.refuse, version=version(), reason="identity", **refusing)

    (mail,) = mails("application_refused")
    assert said(mail)["reason"] == Text("applications.reason_identity")
    assert application().state is ApplicationState.REFUSED
    with pytest.raises(Invalid) as over:
        run_as(cast.sam, application_handling.take, number=number, version=version())
    assert over.value.fields == MOVED_ON


def test_what_was_decided_on_an_older_version_is_refused(cast, run_as):
    number = ask(run_as)
    run_as(cast.sam, application_handling.take, number=number, version=1)
    for seen in (1, 3):
        with pytest.raises(Invalid) as refusal:
            run_as(cast.ada, application_handling.take, number=number, version=seen)
        assert refusal.value.fields == MOVED_ON

    run_as(cast.ada, application_handling.take, number=number, version=2)

    assert application().assignee_id == cast.ada.key


def test_the_confirmation_is_mailed_again_with_the_same_key_and_lives_anew(
    cast, run_as, stopped_clock
):
    number = ask(run_as, ApplicationKind.ADDRESS_CHANGED)
    checked(cast, run_as, number)
    run_as(cast.ada, identity_checks.agree, number=number, version=version())
    stopped_clock.advance(days=8)

    run_as(cast.sam, address_applications.send_again, number=number, version=version())

    first, second = mails("address_confirm")
    assert secrets_of(first) == secrets_of(second)
    assert (
        run_as(HERE, address_applications.confirm, key=secrets_of(second)["confirmation"]) is None
    )
    with pytest.raises(Invalid) as refusal:
        run_as(cast.sam, address_applications.send_again, number=number, version=version())
    assert refusal.value.fields == MOVED_ON
