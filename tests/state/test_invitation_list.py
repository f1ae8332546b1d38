"""The list of invitations of staff, while somebody else works in it too."""

import pytest

from portal_app.errors import Text
from portal_app.gate.guest import Guest, SessionFacts
from portal_app.models import TradeRegister
from portal_app.permissions import Role
from portal_app.services import inviting
from portal_app.services.inviting import NewInvitation
from portal_app.services.organisations import OrganisationNumber
from portal_app.state.invitation_list import PATH, InvitationListState

GUEST = "nele@voorbeeld.example"


@pytest.fixture
def opened(open_state, cast, run_as):
    """The list as Sam of staff has it open, and the number of the one invitation in it."""
    number = OrganisationNumber(TradeRegister.KBO, "1999000249", "Limburg")
    wanted = NewInvitation(number, "Metaal Vandervoort nv", Role.TRUSTED_CONTACT, GUEST)
    invited = run_as(cast.sam, inviting.invite, wanted=wanted)
    page = open_state(InvitationListState, cast.sam, PATH)
    page.guest = Guest(
        page.guest.session_key, SessionFacts(person_id=cast.sam.key, is_staff=True), "192.0.2.1"
    )
    return page, invited.id


def withdraw(page, invitation: int) -> None:
    page.do(page.state.ask_to_withdraw(invitation))
    page.do(page.state.withdraw())


def send_again(page, invitation: int) -> None:
    page.do(page.state.send_again(invitation))


@pytest.mark.parametrize("pressed", [withdraw, send_again])
def test_what_is_over_meanwhile_is_said_and_leaves_the_list(opened, cast, run_as, pressed):
    page, invitation = opened
    assert [line.id for line in page.state.lines] == [invitation]
    run_as(cast.sam, inviting.withdraw, invitation_id=invitation)

    pressed(page, invitation)

    assert (page.state.said_key, page.state.said_person) == ("invitations.wrong_over", GUEST)
    assert page.state.lines == []
    assert page.state.withdrawing == 0


def test_a_company_is_listed_with_its_province_in_the_language_of_the_reader(opened):
    page, _ = opened

    assert [line.unit for line in page.state.lines] == [Text("provinces.limburg")]
