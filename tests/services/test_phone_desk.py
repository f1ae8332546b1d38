"""The phone desk: finding who calls, establishing it, telling and helping."""

from datetime import date

import pytest

from portal_app.applications import ApplicationState
from portal_app.errors import Invalid, NotAllowed, NotFound, Text
from portal_app.models import AuditEvent
from portal_app.permissions import Role
from portal_app.services import phone_callers, phone_desk, phone_search
from portal_app.unit_of_work import Browser
from tests import factories
from tests.services.applying import ALICE, desk, mails

ASKED = frozenset({"email", "birth_date"})
NOT_ESTABLISHED = {"": Text("phone_desk.wrong_not_established")}


@pytest.fixture
def alice(cast):
    """Alice, of whom the day of her birth is known."""
    cast.alice.birth_date = date(1985, 7, 30)
    factories.rewrite(cast.alice)
    return cast.alice


def events(action: str) -> list[AuditEvent]:
    return [one for one in factories.all_of(AuditEvent) if one.action == action]


@pytest.mark.parametrize(
    "words",
    ["Jansen", "jans", "Alice Jansen", "jansen, alice", "Jansen Al", ALICE, ALICE.upper()],
)
def test_somebody_is_found_by_how_the_name_begins_and_by_the_whole_address(alice, run_as, words):
    found = run_as(desk(), phone_search.find, words=words)

    assert [one.id for one in found.people] == [alice.key]
    assert found.people[0].has_account


@pytest.mark.parametrize("words", ["Charlie van den Berg", "van den Berg", "Berg", "berg charlie"])
def test_an_infix_does_not_hide_somebody(cast, run_as, words):
    found = run_as(desk(), phone_search.find, words=words)

    assert cast.charlie.key in {one.id for one in found.people}


def test_a_company_is_found_by_number_name_and_the_code_of_an_invitation(cast, run_as):
    sonja = desk()
    number = cast.vak.number
    invitation = factories.make_invitation(cast.vak)

    for words in (number, number[:6], f"{number[:4]}.{number[4:]}", cast.vak.name[:8]):
        found = run_as(sonja, phone_search.find, words=words)
        assert cast.vak.key in {one.id for one in found.companies}, words
    for words in (f"E-{invitation.public_id}", f"e-{invitation.public_id.lower()}"):
        found = run_as(sonja, phone_search.find, words=words)
        assert [one.id for one in found.companies] == [cast.vak.key]


def test_a_company_is_found_whatever_the_accents_and_signs_in_its_name(cast, run_as):
    made = factories.make_organisation("’t Élan-Werk & Zn.", number=factories.NUMBERS[3])
    sonja = desk()

    for words in ("'t elan", "T ÉLAN WERK", "’t Élan-Werk & Zn."):
        found = run_as(sonja, phone_search.find, words=words)
        assert [one.id for one in found.companies] == [made.key], words
    assert run_as(sonja, phone_search.find, words="& .").companies == ()


def test_an_application_and_a_payment_code_are_found_by_what_is_on_paper(cast, run_as):
    sonja = desk()
    application = factories.make_application()
    profile = factories.profiles_of(factories.make_route())[0]
    code = factories.make_code(factories.make_batch(cast.vak, profile))

    found = run_as(sonja, phone_search.find, words=application.number.lower())
    assert [one.number for one in found.applications] == [application.number]
    found = run_as(sonja, phone_search.find, words=code.code.replace("-", " ").lower())
    assert [(one.code, one.company) for one in found.codes] == [(code.code, cast.vak.name)]


@pytest.mark.parametrize("words", ["", "j", "1", "%", "_", "@", "' OR 1=1", "0000000000"])
def test_what_is_none_of_it_finds_nobody(alice, run_as, words):
    found = run_as(desk(), phone_search.find, words=words)

    assert not found.people
    assert not found.companies
    del alice


def test_nothing_is_told_before_two_questions_are_answered(alice, run_as):
    sonja = desk()

    seen = run_as(sonja, phone_desk.caller, person_id=alice.key)

    assert (seen.told, seen.until, seen.can_establish) == (None, None, True)
    assert {one.word for one in seen.questions} >= ASKED
    for asked in (frozenset[str](), frozenset({"email"}), frozenset({"email", "shoe"})):
        with pytest.raises(Invalid) as refusal:
            run_as(sonja, phone_callers.establish, person_id=alice.key, asked=asked)
        assert refusal.value.fields == {"asked": Text("phone_desk.wrong_too_few")}
    with pytest.raises(Invalid) as refusal:
        run_as(sonja, phone_desk.send_password, person_id=alice.key)
    assert refusal.value.fields == NOT_ESTABLISHED
    assert not mails("temporary_password")


def test_what_was_asked_is_written_down_and_opens_the_rest_for_half_an_hour(alice, run_as):
    sonja = Browser(factories.sign_in(desk()))
    factories.make_application(ApplicationState.SUBMITTED, person=alice)
    run_as(sonja, phone_callers.establish, person_id=alice.key, asked=ASKED)

    told = run_as(sonja, phone_desk.caller, person_id=alice.key).told

    assert told is not None
    assert [one.role for one in told.roles] == [Role.ORGANISATION_MANAGER]
    assert (told.has_account, told.blocked, told.has_second_step) == (True, None, False)
    assert len(told.applications) == 1
    (written,) = events("phone_desk.established")
    assert (written.about_id, written.details) == (alice.key, '{"asked": "birth_date email"}')
    assert run_as(desk("Karin"), phone_desk.caller, person_id=alice.key).told is None
    looks = events("phone_desk.looked")
    assert [one.about_id for one in looks] == [alice.key] * 2


def test_it_is_over_after_half_an_hour(alice, run_as, stopped_clock):
    sonja = desk()
    run_as(sonja, phone_callers.establish, person_id=alice.key, asked=ASKED)
    stopped_clock.advance(minutes=29)
    run_as(sonja, phone_desk.send_password, person_id=alice.key)
    stopped_clock.advance(minutes=2)

    with pytest.raises(Invalid) as refusal:
        run_as(sonja, phone_desk.send_password, person_id=alice.key)

    assert refusal.value.fields == NOT_ESTABLISHED
    (mail,) = mails("temporary_password")
    assert mail.to == ALICE


def test_staff_send_an_invitation_again_and_the_desk_does_not(alice, cast, run_as):
    invitation = factories.make_invitation(cast.jon, email=ALICE)
    other = factories.make_invitation(cast.jon)
    sonja = desk()
    for who in (cast.sam, sonja):
        run_as(who, phone_callers.establish, person_id=alice.key, asked=ASKED)
    seen = run_as(cast.sam, phone_desk.caller, person_id=alice.key)
    assert [(one.id, one.may_send) for one in seen.told.invitations] == [(invitation.key, True)]
    seen = run_as(sonja, phone_desk.caller, person_id=alice.key)
    assert [one.may_send for one in seen.told.invitations] == [False]

    mine = {"person_id": alice.key, "invitation_id": invitation.key}
    run_as(cast.sam, phone_desk.send_invitation, **mine)

    assert [one.to for one in mails("invitation")] == [ALICE]
    with pytest.raises(NotFound):
        run_as(cast.sam, phone_desk.send_invitation, **mine | {"invitation_id": other.key})
    with pytest.raises(NotAllowed):
        run_as(sonja, phone_desk.send_invitation, **mine)


def test_a_company_shows_who_manages_it_with_initials_for_strangers(cast, run_as):
    seen = run_as(desk(), phone_desk.company, organisation_id=cast.vak.key)

    assert (seen.name, seen.number) == (cast.vak.name, cast.vak.number)
    assert ("Alice Jansen", "AJ") in [(one.name, one.initials) for one in seen.managers]
    (looked,) = events("phone_desk.looked")
    assert (looked.about, looked.organisation_id) == ("organisation", cast.vak.key)
    with pytest.raises(NotFound):
        run_as(desk("Karin"), phone_desk.company, organisation_id=9999)


def test_nobody_establishes_who_they_are_themselves_and_it_is_for_staff_alone(cast, run_as):
    with pytest.raises(Invalid):
        run_as(cast.sam, phone_callers.establish, person_id=cast.sam.key, asked=ASKED)
    for use_case, what in (
        (phone_search.find, {"words": "Jansen"}),
        (phone_desk.caller, {"person_id": cast.alice.key}),
        (phone_desk.company, {"organisation_id": cast.vak.key}),
        (phone_callers.establish, {"person_id": cast.alice.key, "asked": ASKED}),
        (phone_desk.send_password, {"person_id": cast.alice.key}),
    ):
        with pytest.raises(NotAllowed):
            run_as(cast.alice, use_case, **what)
    with pytest.raises(NotFound):
        run_as(cast.sam, phone_desk.caller, person_id=9999)
