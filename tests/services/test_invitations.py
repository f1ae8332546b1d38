"""Invitations: what staff make, what holders see, and when one is used up."""

import pytest

from portal_app.brand import brand
from portal_app.errors import Invalid, NotAllowed, NotFound, Refused, Text
from portal_app.models import Grant, Invitation, MailState, Organisation, OutboxMail
from portal_app.models.access import TradeRegister
from portal_app.permissions import Role
from portal_app.services import grants, home, invitation_list, invitations, inviting
from portal_app.services.invitations import InvitationState, Sight
from portal_app.services.inviting import NewInvitation
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import Browser, Operator
from tests import factories

GUEST = "nele@voorbeeld.example"
WEST = OrganisationNumber(TradeRegister.KBO, "1999000249", "West-Vlaanderen")
LIMBURG = OrganisationNumber(TradeRegister.KBO, "1999000249", "Limburg")
STRANGER = Browser("v" * 64, None, "Chrome, Windows")


def new(number=WEST, *, email=GUEST, role=Role.TRUSTED_CONTACT, name="Metaal Vandervoort nv"):
    return NewInvitation(number, name, role, email, "Nele", "", "Peeters")


@pytest.fixture
def invited(cast, run_as):
    """An invitation that Sam of staff just sent."""
    return run_as(cast.sam, inviting.invite, wanted=new())


@pytest.mark.covers("M-09", "M-15")
def test_staff_invite_somebody_to_a_company_that_is_made_when_new(invited, cast):
    made = next(one for one in factories.all_of(Organisation) if one.name == invited.organisation)
    (letter,) = factories.all_of(OutboxMail)

    assert invited.organisation_is_new
    assert invited.code.startswith("E-")
    assert (made.number, made.unit) == ("1999000249", "West-Vlaanderen")
    assert (letter.to, letter.template) == (GUEST, "invitation")
    assert invited.code not in letter.values
    del cast


def test_only_staff_may_invite(cast, run_as):
    with pytest.raises(NotAllowed):
        run_as(cast.alice, inviting.invite, wanted=new())


@pytest.mark.covers("M-33")
def test_the_same_number_in_another_province_is_another_company(invited, cast, run_as):
    other = run_as(cast.sam, inviting.invite, wanted=new(LIMBURG, email="other@voorbeeld.example"))

    assert other.organisation_is_new
    assert invited.organisation_is_new


def test_a_company_that_is_new_needs_a_name(cast, run_as):
    with pytest.raises(Invalid) as wrong:
        run_as(cast.sam, inviting.invite, wanted=new(name=""))

    assert set(wrong.value.fields) == {"organisation_name"}
    assert not [one for one in factories.all_of(Organisation) if one.number == WEST.number]


def test_the_same_invitation_does_not_wait_twice(invited, cast, run_as):
    with pytest.raises(Invalid) as wrong:
        run_as(cast.sam, inviting.invite, wanted=new())

    assert wrong.value.fields == {"email": Text("invitations.wrong_waits_already")}
    del invited


@pytest.mark.covers("M-16")
def test_presenting_a_code_shows_what_it_is_and_uses_nothing_up(invited, run_as):
    for _ in range(3):
        seen = run_as(STRANGER, invitations.present, code=invited.code)

    (kept,) = factories.all_of(Invitation)
    assert isinstance(seen, Sight)
    assert (seen.organisation, seen.role) == ("Metaal Vandervoort nv", Role.TRUSTED_CONTACT)
    assert seen.inviter == "Sam Willems"
    assert kept.redeemed_at is None
    assert kept.opened_at is not None


@pytest.mark.covers("M-36")
def test_a_code_that_nobody_gave_out_is_refused_with_its_own_sentence(cast, run_as):
    answer = run_as(STRANGER, invitations.present, code="E-ABCDEF-1111-2222-3333-4444")

    assert answer == Refused(Text("invitations.wrong_unknown"), "code")
    del cast


@pytest.mark.covers("M-36")
def test_an_invitation_expires_after_fourteen_days_and_a_resend_revives_it(
    invited, cast, run_as, stopped_clock
):
    stopped_clock.advance(days=14, minutes=1)
    late = run_as(STRANGER, invitations.present, code=invited.code)
    run_as(cast.sam, inviting.send_again, invitation_id=invited.id)
    revived = run_as(STRANGER, invitations.present, code=invited.code)

    assert isinstance(late, Refused)
    assert late.why.key == "invitations.wrong_expired"
    assert late.why.values == {"day": "16-03-2026"}
    assert isinstance(revived, Sight)
    assert len(factories.all_of(OutboxMail)) == 2


@pytest.mark.covers("M-36")
def test_a_withdrawn_invitation_opens_nothing_any_more(invited, cast, run_as):
    run_as(cast.sam, inviting.withdraw, invitation_id=invited.id)

    answer = run_as(STRANGER, invitations.present, code=invited.code)

    assert answer == Refused(Text("invitations.wrong_withdrawn"), "code")
    with pytest.raises(NotFound):
        run_as(cast.sam, inviting.send_again, invitation_id=invited.id)


@pytest.mark.covers("M-20", "M-32", "X-14")
def test_somebody_with_a_login_adds_a_second_company_with_consent(invited, cast, run_as, acting_as):
    bob = acting_as(cast.bob)
    run_as(bob, invitations.present, code=invited.code)
    done = run_as(bob, invitations.accept)

    mine = run_as(bob, home.myself).organisations
    told = [mail for mail in factories.all_of(OutboxMail) if mail.template == "invitation_redeemed"]
    assert isinstance(done, Sight)
    assert [one.name for one in mine] == [
        "Klimaatwerken De Smet",
        "Metaal Vandervoort nv",
    ]
    assert [mail.to for mail in told] == ["sam@voorbeeld.example"]


@pytest.mark.covers("M-36")
def test_a_redeemed_code_says_who_used_it(invited, cast, run_as, acting_as):
    bob = acting_as(cast.bob)
    run_as(bob, invitations.present, code=invited.code)
    run_as(bob, invitations.accept)

    assert run_as(bob, invitations.present, code=invited.code) == Refused(
        Text("invitations.wrong_used_by_you"), "code"
    )
    assert run_as(STRANGER, invitations.present, code=invited.code) == Refused(
        Text("invitations.wrong_used"), "code"
    )
    assert len([g for g in factories.all_of(Grant) if g.basis_id == invited.id]) == 1


@pytest.mark.covers("M-36")
def test_the_list_keeps_when_a_code_was_opened_and_tells_by_whom_it_was_redeemed(
    invited, cast, run_as, acting_as
):
    run_as(STRANGER, invitations.present, code=invited.code)
    (before,) = run_as(cast.sam, invitation_list.overview).rows
    bob = acting_as(cast.bob)
    run_as(bob, invitations.present, code=invited.code)
    run_as(bob, invitations.accept)

    (after,) = run_as(cast.sam, invitation_list.overview, tab="redeemed").rows
    assert (before.opened_at is not None, before.redeemed_by) == (True, "")
    assert after.opened_at == before.opened_at
    assert after.redeemed_at is not None
    assert (after.redeemed_by, after.inviter) == ("Bob De Smet", "Sam Willems")


@pytest.mark.covers("M-10")
def test_somebody_of_the_company_gets_a_role_more_without_a_mail(cast, run_as, acting_as):
    alice = acting_as(cast.alice)
    before = run_as(alice, home.myself).tiles

    given = run_as(
        cast.sam,
        grants.give,
        email="alice@voorbeeld.example",
        organisation_id=cast.vak.key,
        role=Role.TRUSTED_CONTACT,
    )

    after = {held.role for held in run_as(alice, home.myself).roles}
    assert given
    assert before
    assert after == {Role.ORGANISATION_MANAGER, Role.TRUSTED_CONTACT}
    assert factories.all_of(OutboxMail) == []


def test_a_stranger_to_the_company_needs_an_invitation(cast, run_as):
    with pytest.raises(Invalid) as wrong:
        run_as(
            cast.sam,
            grants.give,
            email="charlie@voorbeeld.example",
            organisation_id=cast.vak.key,
            role=Role.USER,
        )

    assert wrong.value.fields == {"email": Text("errors.email_unknown_here")}


def test_the_list_tells_tabs_apart_and_finds_by_company(invited, cast, run_as):
    other = run_as(cast.sam, inviting.invite, wanted=new(LIMBURG, email="x@voorbeeld.example"))
    run_as(cast.sam, inviting.withdraw, invitation_id=other.id)

    listed = run_as(cast.sam, invitation_list.overview, words="vandervoort")

    assert listed.counts == {
        "open": 1, "redeemed": 0, "expired": 0, "withdrawn": 1, "undelivered": 0,
    }  # fmt: skip
    assert [(row.id, row.state, row.mail) for row in listed.rows] == [
        (invited.id, InvitationState.SENT, "waiting")
    ]


def test_an_operator_invites_without_a_name_behind_the_invitation(cast, run_as):
    made = run_as(Operator(), inviting.invite, wanted=new())

    seen = run_as(STRANGER, invitations.present, code=made.code)

    assert isinstance(seen, Sight)
    assert seen.inviter == ""
    del cast


@pytest.mark.covers("X-14")
def test_the_helpdesk_is_told_of_another_address_when_nobody_is_behind_the_invitation(
    cast, run_as, acting_as
):
    made = run_as(Operator(), inviting.invite, wanted=new())
    bob = acting_as(cast.bob)
    run_as(bob, invitations.present, code=made.code)
    run_as(bob, invitations.accept)

    told = [mail for mail in factories.all_of(OutboxMail) if mail.template == "invitation_redeemed"]
    assert [mail.to for mail in told] == [brand.contact.email]


@pytest.mark.covers("M-36")
def test_the_holder_of_an_expired_code_asks_whoever_invited_for_another(
    cast, run_as, stopped_clock
):
    code = run_as(cast.sam, inviting.invite, wanted=new()).code
    stopped_clock.advance(days=15)

    for _ in range(2):
        assert run_as(STRANGER, invitations.ask_for_another, code=code) is None

    letters = [mail for mail in factories.all_of(OutboxMail) if mail.template == "invitation_asked"]
    assert [mail.to for mail in letters] == ["sam@voorbeeld.example"]


@pytest.mark.covers("M-36")
def test_only_an_expired_code_asks_for_another(cast, run_as):
    code = run_as(cast.sam, inviting.invite, wanted=new()).code

    assert run_as(STRANGER, invitations.ask_for_another, code=code) == Refused(
        Text("invitations.wrong_not_expired"), "code"
    )
    unknown = run_as(STRANGER, invitations.ask_for_another, code="E-000000-0000-0000-0000-0000")

    assert unknown == Refused(Text("invitations.wrong_unknown"), "code")
    assert not [m for m in factories.all_of(OutboxMail) if m.template == "invitation_asked"]


def test_an_invitation_whose_mail_was_given_up_stands_under_not_delivered(cast, run_as):
    run_as(cast.sam, inviting.invite, wanted=new())
    (mail,) = factories.all_of(OutboxMail)
    mail.state = MailState.FAILED
    factories.write(mail)

    listed = run_as(cast.sam, invitation_list.overview, tab="undelivered")
    assert [row.mail for row in listed.rows] == ["failed"]

    run_as(cast.sam, inviting.send_again, invitation_id=listed.rows[0].id)
    assert run_as(cast.sam, invitation_list.overview, tab="undelivered").total == 0
