"""Registration: the code that proves an address, and the account that follows."""

from datetime import date

import pytest

from portal_app.adapters import secret_keys
from portal_app.errors import Invalid, Refused, Text
from portal_app.mails import letters
from portal_app.models import Account, EmailChallenge, Grant, OutboxMail, Person
from portal_app.models.access import TradeRegister
from portal_app.permissions import Role
from portal_app.services import home, invitations, inviting, registration
from portal_app.services.inviting import NewInvitation
from portal_app.services.organisations import OrganisationNumber
from portal_app.services.registration import NewAccount
from portal_app.services.verification import Stage
from portal_app.unit_of_work import Browser
from tests import factories

HERE = Browser("v" * 64, None, "Chrome, Windows")
ELSEWHERE = Browser("w" * 64, None, "Safari, iPhone")
INSIDE = "s" * 64
GUEST, OTHER = "nele@voorbeeld.example", "nele.peeters@voorbeeld.example"


def account(**changes) -> NewAccount:
    given = {"given_name": "Nele", "infix": "", "family_name": "Peeters"} | changes
    return NewAccount(**given, birth_date=date(1984, 2, 14), password_hash="hash", locale="nl")


def mailed_code() -> str:
    """Open the newest letter with a code."""
    letter = [mail for mail in factories.all_of(OutboxMail) if mail.secrets][-1]
    return letters.read_values(secret_keys.open_sealed("outbox", letter.secrets))["code"]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.fixture
def sent(cast, run_as):
    """The code that was just mailed to the guest."""
    del cast
    assert run_as(HERE, registration.send_code, email=GUEST, locale="nl") is None
    return mailed_code()


@pytest.mark.covers("M-21", "M-24", "M-26", "M-27", "M-30")
def test_a_proven_address_becomes_an_account_that_is_signed_in(sent, run_as):
    assert run_as(HERE, registration.standing).proof.stage is Stage.SENT
    assert run_as(HERE, registration.verify_code, code=sent, locale="nl") is None
    assert run_as(HERE, registration.standing).proof.stage is Stage.VERIFIED

    done = run_as(HERE, registration.register, form=account(), new_key=INSIDE)

    assert done.landing == "/"
    assert run_as(Browser(INSIDE), home.myself).name == "Nele Peeters"


@pytest.mark.covers("M-27")
def test_no_person_exists_before_the_address_is_proven(sent, run_as):
    people = len(factories.all_of(Person))

    with pytest.raises(Invalid) as refused:
        run_as(HERE, registration.register, form=account(), new_key=INSIDE)

    assert refused.value.fields == {"email": Text("errors.email_not_verified")}
    assert len(factories.all_of(Person)) == people
    del sent


@pytest.mark.covers("X-22")
def test_after_five_wrong_tries_a_code_is_dead(sent, run_as):
    answers = [
        run_as(HERE, registration.verify_code, code=wrong(sent), locale="nl") for _ in range(5)
    ]
    last = run_as(HERE, registration.verify_code, code=sent, locale="nl")

    assert {answer.why.key for answer in answers} == {"errors.code_wrong"}
    assert last == Refused(Text("errors.code_tries_used"), "code")


@pytest.mark.covers("X-22")
def test_an_earlier_code_stays_valid_in_its_own_fifteen_minutes(sent, run_as, stopped_clock):
    stopped_clock.advance(seconds=61)
    run_as(HERE, registration.send_code, email=GUEST, locale="nl")

    assert run_as(HERE, registration.verify_code, code=sent, locale="nl") is None


@pytest.mark.covers("X-22")
def test_a_code_that_is_too_old_is_answered_with_a_new_one(sent, run_as, stopped_clock):
    stopped_clock.advance(minutes=16)

    late = run_as(HERE, registration.verify_code, code=sent, locale="nl")

    assert late == Refused(Text("errors.code_old"), "code")
    assert len(factories.all_of(OutboxMail)) == 2
    assert run_as(HERE, registration.verify_code, code=mailed_code(), locale="nl") is None


@pytest.mark.covers("X-22")
def test_the_next_code_waits_a_minute_and_five_an_hour_are_enough(sent, run_as, stopped_clock):
    at_once = run_as(HERE, registration.send_code, email=GUEST, locale="nl")
    for _ in range(4):
        stopped_clock.advance(seconds=61)
        assert run_as(HERE, registration.send_code, email=GUEST, locale="nl") is None
    stopped_clock.advance(seconds=61)
    sixth = run_as(HERE, registration.send_code, email=GUEST, locale="nl")

    assert at_once == Refused(Text("errors.resend_too_soon", {"n": 60}), "code")
    assert sixth == Refused(Text("errors.code_too_many"), "email")
    del sent


@pytest.mark.covers("M-29")
def test_a_code_for_another_address_makes_the_proof_so_far_void(sent, run_as):
    run_as(HERE, registration.verify_code, code=sent, locale="nl")
    run_as(HERE, registration.change_address)
    assert run_as(HERE, registration.send_code, email=OTHER, locale="nl") is None

    there = run_as(HERE, registration.standing)
    assert (there.proof.stage, there.proof.email) == (Stage.SENT, OTHER)
    assert there.is_changing is False
    with pytest.raises(Invalid):
        run_as(HERE, registration.register, form=account(), new_key=INSIDE)
    assert isinstance(run_as(HERE, registration.verify_code, code=sent, locale="nl"), Refused)
    assert run_as(HERE, registration.verify_code, code=mailed_code(), locale="nl") is None
    assert run_as(HERE, registration.standing).proof.email == OTHER


@pytest.mark.covers("M-29")
@pytest.mark.parametrize("stage", [Stage.SENT, Stage.VERIFIED])
def test_the_proof_stands_while_another_address_is_typed(sent, run_as, stage):
    if stage is Stage.VERIFIED:
        run_as(HERE, registration.verify_code, code=sent, locale="nl")
    run_as(HERE, registration.change_address)
    run_as(HERE, registration.keep_draft, draft={"email": OTHER, "changing": ""})

    meanwhile = run_as(HERE, registration.standing)
    assert meanwhile.is_changing is True
    assert (meanwhile.proof.stage, meanwhile.proof.email) == (stage, GUEST)
    assert meanwhile.draft == {"email": OTHER}
    with pytest.raises(Invalid) as refused:
        run_as(HERE, registration.register, form=account(), new_key=INSIDE)
    assert refused.value.fields == {"email": Text("errors.email_not_verified")}

    run_as(HERE, registration.keep_address)
    after = run_as(HERE, registration.standing)
    assert (after.is_changing, after.proof.stage, after.draft) == (False, stage, {"email": GUEST})


@pytest.mark.covers("M-29")
def test_the_proof_stands_when_no_code_can_go_to_the_other_address(sent, run_as):
    assert run_as(ELSEWHERE, registration.send_code, email=OTHER, locale="nl") is None
    run_as(HERE, registration.verify_code, code=sent, locale="nl")
    run_as(HERE, registration.change_address)

    refused = run_as(HERE, registration.send_code, email=OTHER, locale="nl")

    assert refused == Refused(Text("errors.resend_too_soon", {"n": 60}), "email")
    after = run_as(HERE, registration.standing)
    assert (after.is_changing, after.proof.stage) == (True, Stage.VERIFIED)


@pytest.mark.covers("M-29")
def test_the_proven_address_typed_once_more_stays_proven_without_a_mail(sent, run_as):
    run_as(HERE, registration.verify_code, code=sent, locale="nl")
    run_as(HERE, registration.change_address)
    assert run_as(HERE, registration.send_code, email=GUEST, locale="nl") is None

    after = run_as(HERE, registration.standing)
    assert (after.is_changing, after.proof.stage) == (False, Stage.VERIFIED)
    assert len(factories.all_of(OutboxMail)) == 1


def test_a_code_proves_nothing_in_another_browser(sent, run_as):
    answer = run_as(ELSEWHERE, registration.verify_code, code=sent, locale="nl")

    assert isinstance(answer, Refused)
    assert run_as(ELSEWHERE, registration.standing).proof.stage is Stage.REQUIRED


def test_an_address_with_an_account_gets_another_letter_and_the_same_answer(cast, run_as):
    answer = run_as(HERE, registration.send_code, email="bob@voorbeeld.example", locale="nl")

    (letter,) = factories.all_of(OutboxMail)
    (challenge,) = factories.all_of(EmailChallenge)
    assert answer is None
    assert (letter.template, letter.secrets) == ("account_exists", None)
    assert run_as(HERE, registration.standing).proof.stage is Stage.SENT
    assert challenge.email == "bob@voorbeeld.example"
    del cast


def test_what_was_typed_waits_for_whoever_proves_the_address_elsewhere(sent, run_as, stopped_clock):
    run_as(HERE, registration.keep_draft, draft={"given_name": "Nele", "new_password": "x"})
    stopped_clock.advance(seconds=61)
    run_as(ELSEWHERE, registration.send_code, email=GUEST, locale="nl")
    before = dict(run_as(ELSEWHERE, registration.standing).draft)
    run_as(ELSEWHERE, registration.verify_code, code=mailed_code(), locale="nl")

    after = run_as(ELSEWHERE, registration.standing).draft
    assert "given_name" not in before
    assert after["given_name"] == "Nele"
    assert "new_password" not in after
    del sent


@pytest.mark.covers("M-20", "M-23")
def test_the_waiting_invitation_is_redeemed_with_the_account_and_once(cast, run_as):
    invited = run_as(
        cast.sam,
        inviting.invite,
        wanted=NewInvitation(
            OrganisationNumber(TradeRegister.KBO, "1999000249", "Limburg"),
            "Metaal Vandervoort nv",
            Role.TRUSTED_CONTACT,
            GUEST,
        ),
    )
    run_as(HERE, invitations.present, code=invited.code)
    run_as(HERE, registration.send_code, email=GUEST, locale="nl")
    run_as(HERE, registration.verify_code, code=mailed_code(), locale="nl")

    run_as(HERE, registration.register, form=account(), new_key=INSIDE)

    me = run_as(Browser(INSIDE), home.myself)
    assert [one.name for one in me.organisations] == ["Metaal Vandervoort nv"]
    assert len([one for one in factories.all_of(Grant) if one.basis_id == invited.id]) == 1


@pytest.mark.covers("X-14")
def test_another_address_than_the_invited_one_waits_for_consent(cast, run_as):
    invited = run_as(
        cast.sam,
        inviting.invite,
        wanted=NewInvitation(
            OrganisationNumber(TradeRegister.KBO, "1999000249", "Limburg"),
            "Metaal Vandervoort nv",
            Role.TRUSTED_CONTACT,
            "someone.else@voorbeeld.example",
        ),
    )
    run_as(HERE, invitations.present, code=invited.code)
    run_as(HERE, registration.send_code, email=GUEST, locale="nl")
    run_as(HERE, registration.verify_code, code=mailed_code(), locale="nl")

    done = run_as(HERE, registration.register, form=account(), new_key=INSIDE)

    me = Browser(INSIDE)
    assert done.landing == "/uitnodiging"
    assert run_as(me, home.myself).organisations == ()
    assert run_as(me, invitations.waiting) is not None
    run_as(me, invitations.accept)
    assert len(run_as(me, home.myself).organisations) == 1


def test_an_address_is_registered_once(sent, run_as, stopped_clock):
    run_as(HERE, registration.verify_code, code=sent, locale="nl")
    stopped_clock.advance(seconds=61)
    run_as(ELSEWHERE, registration.send_code, email=GUEST, locale="nl")
    run_as(ELSEWHERE, registration.verify_code, code=mailed_code(), locale="nl")
    run_as(HERE, registration.register, form=account(), new_key=INSIDE)

    with pytest.raises(Invalid) as refused:
        run_as(ELSEWHERE, registration.register, form=account(), new_key="t" * 64)

    assert refused.value.fields == {"email": Text("errors.email_has_account")}
    assert len([one for one in factories.all_of(Account) if one.email == GUEST]) == 1
