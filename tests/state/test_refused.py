"""What a refused page tells, and the application that it leads to."""

import pytest

from portal_app.permissions import Role
from portal_app.state.access_request import AccessRequestState
from portal_app.state.refused import RefusedState
from tests import factories


def look(open_state, person, address):
    """Open an address of which somebody was refused what it shows, and return the state."""
    page = open_state(AccessRequestState, person, address)  # any state that loads by itself
    page.state = page.loop.run_until_complete(page.state.get_state(RefusedState))
    page.do(page.state.look())
    return page.state


def test_a_page_names_the_colleague_who_gives_the_role_that_opens_it(cast, open_state):
    admin = factories.make_person("Anna", "Admin")
    factories.make_grant(admin, Role.MAIN_ACCESS_MANAGER, cast.vak)
    told = look(open_state, cast.alice, "/toegang/aanstellen")

    assert [(one.name, one.role_key) for one in told.givers] == [
        ("Anna Admin", "roles.main_access_manager")
    ]
    assert told.ask_at == f"/toegang-aanvragen?org={cast.vak.key}"


def test_a_role_that_staff_give_is_asked_for_the_own_company(cast, open_state):
    told = look(open_state, cast.bob, "/betaalcodes")

    asked = f"org={cast.de_smet.key}&rol=organisation_manager"
    assert told.ask_at == f"/aanvragen/rol?{asked}"


def test_a_page_of_another_company_names_nobody_and_fills_in_nothing(cast, open_state):
    admin = factories.make_person("Anna", "Admin")
    factories.make_grant(admin, Role.MAIN_ACCESS_MANAGER, cast.jon)
    told = look(open_state, cast.alice, f"/toegang?org={cast.jon.key}")

    assert told.givers == []
    assert told.ask_at == "/toegang-aanvragen"


def test_a_page_of_the_funds_own_people_offers_nothing_to_ask(cast, open_state):
    told = look(open_state, cast.alice, "/beheer/uitnodigingen")

    assert (told.role_keys, told.givers, told.ask_at) == ([], [], "")


def test_the_application_is_filled_in_with_ones_own_company_alone(cast, open_state):
    own = open_state(AccessRequestState, cast.bob, f"/toegang-aanvragen?org={cast.de_smet.key}")
    assert own.state.register == "kbo"
    assert own.state.values["company"] == "Klimaatwerken De Smet"
    assert own.state.values["enterprise_number"] == cast.de_smet.number
    assert own.state.values["province"] == cast.de_smet.unit

    other = open_state(AccessRequestState, cast.bob, f"/toegang-aanvragen?org={cast.jon.key}")
    assert "company" not in other.state.values


@pytest.mark.parametrize(
    ("role", "switch_at", "ask_at"),
    [
        (Role.ORGANISATION_MANAGER, "", ""),
        (Role.MAIN_ACCESS_MANAGER, "/toegang?org={id}", ""),
    ],
)
def test_where_the_capacity_is_off_that_carries_a_role_the_page_says_which(
    role, switch_at, ask_at, cast, open_state
):
    alone = factories.make_organisation(unit="Limburg")
    somebody = factories.make_person("Mia", "Maes")
    factories.make_account(somebody)
    factories.make_grant(somebody, role, alone)
    told = look(open_state, somebody, "/overzicht")

    assert told.lacks == factories.CANDIDATE_FOLLOWING
    assert told.switch_at == switch_at.format(id=alone.key)
    assert told.ask_at == ask_at


@pytest.mark.parametrize("address", ["/bedrijf", "/aanvragen/hoedanigheid"])
def test_a_page_of_the_company_is_opened_by_the_role_of_its_contact(cast, open_state, address):
    told = look(open_state, cast.alice, address)

    assert "roles.trusted_contact" in told.role_keys
    assert told.ask_at == f"/aanvragen/rol?org={cast.vak.key}&rol=trusted_contact"
