"""The bar around every page inside: for whom somebody works."""

import pytest

from portal_app.errors import Text
from portal_app.permissions import Role
from portal_app.services.candidate_criteria import organisation_name
from portal_app.services.organisations import OrganisationSight
from portal_app.state.shell import ShellState
from tests import factories


def test_the_province_is_told_as_a_text_and_a_branch_number_as_it_stands(cast, open_state):
    branch = factories.make_organisation("Filiaal", unit="000012345678")
    factories.make_grant(cast.bob, Role.TRUSTED_CONTACT, branch)
    page = open_state(ShellState, cast.bob, f"/?org={branch.key}")
    details = {one.name: one.detail for one in page.state.organisations}
    of_the_province = details.pop("Klimaatwerken De Smet")

    assert page.state.organisation_unit == "000012345678"
    assert of_the_province.key == "shell.unit_and_number"
    assert of_the_province.values["unit"] == Text("provinces.antwerpen")
    assert details["Filiaal"].values["unit"] == "000012345678"


@pytest.mark.parametrize(
    ("unit", "code", "said"),
    [
        ("Luik", "", Text("provinces.luik")),
        ("000012345678", "", "000012345678"),
        ("Luik", "VAK", "VAK"),
    ],
)
def test_two_of_one_name_are_set_apart_by_code_or_unit(unit, code, said):
    sight = OrganisationSight(7, "Firma", "1999000249", unit, code)

    assert organisation_name(sight) == Text(
        "shell.organisation_apart", {"name": "Firma", "detail": said}
    )


def test_a_company_without_code_or_unit_is_called_by_its_name():
    assert organisation_name(OrganisationSight(7, "Firma", "1999000249", "", "")) == "Firma"


def test_the_bar_names_the_unit_only_of_a_company_with_a_namesake(cast, open_state):
    alone = factories.make_organisation("Filiaal", unit="000012345678")
    factories.make_grant(cast.bob, Role.TRUSTED_CONTACT, alone)
    there = open_state(ShellState, cast.bob, f"/?org={alone.key}")
    assert there.state.organisation_apart == ""

    namesake = factories.make_organisation("Filiaal", unit="Luik")
    factories.make_grant(cast.bob, Role.TRUSTED_CONTACT, namesake)
    there = open_state(ShellState, cast.bob, f"/?org={namesake.key}")
    assert there.state.organisation_apart == Text("provinces.luik")
