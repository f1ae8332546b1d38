"""A module that the fund leaves out is refused by the use cases, whoever asks."""

import pytest

from portal_app import brand as brands
from portal_app.brand import Module
from portal_app.errors import NotAllowed
from portal_app.permissions import MODULE_OF, STAFF_ROLES, Right, Role
from portal_app.reading_payment_codes import CodeListing
from portal_app.services import home, payment_codes, redeeming, sign_in
from portal_app.unit_of_work import Browser, Operator
from tests import factories
from tests.harness.cast import acting_as
from tests.security.isolation.use_cases import there


@pytest.fixture
def leave_out(monkeypatch):
    """`leave_out(module)`: the fund does not offer it from now on."""

    def left_out(*modules: Module) -> None:
        offered = {"modules": frozenset(Module) - set(modules)}
        monkeypatch.setattr(brands, "brand", brands.brand.model_copy(update=offered))

    return left_out


def _of(module: Module) -> list[str]:
    return [
        name
        for name, use_case in there().items()
        if isinstance(use_case.needs, Right) and MODULE_OF[use_case.needs] is module
    ]


@pytest.mark.parametrize("module", [Module.OVERVIEW, Module.PAYMENT_CODES])
def test_every_use_case_of_a_module_left_out_is_refused_to_all_roles_at_once(
    module, cast, run_as, leave_out
):
    person = factories.make_person("Otto", "Overal")
    factories.make_account(person)
    for role in Role:
        factories.make_grant(person, role, None if role in STAFF_ROLES else cast.vak)
    caller = acting_as(person)
    leave_out(module)

    assert _of(module)
    for name in _of(module):
        with pytest.raises(NotAllowed):  # before it looks for its arguments
            list(run_as(caller, there()[name]))  # rows are refused when the first is taken


@pytest.mark.covers("I-01")
def test_tiles_of_a_module_left_out_are_gone(cast, run_as, leave_out):
    assert run_as(cast.alice, home.myself).tiles == ("overview", "payment_codes")
    leave_out(Module.PAYMENT_CODES)

    assert run_as(cast.alice, home.myself).tiles == ("overview",)
    assert run_as(cast.alice, home.figures).usable_codes is None
    assert run_as(cast.sam, home.myself).tiles == ("overview", "invitations", "applications")


def test_an_organisation_manager_arrives_at_home_where_there_is_no_overview(
    cast, run_as, leave_out
):
    leave_out(Module.OVERVIEW)

    done = run_as(Browser("new"), sign_in.begin, person_id=cast.alice.key, new_key="k" * 64)
    assert done.landing == "/"
    assert run_as(cast.alice, home.figures).attention == {}


def test_no_payment_code_is_redeemed_where_the_fund_has_none(cast, run_as, leave_out):
    leave_out(Module.PAYMENT_CODES)

    with pytest.raises(NotAllowed):
        run_as(cast.bob, redeeming.redeem, code="VAKM-2222-3333-4444", profile_id=1)


def test_the_console_reaches_what_is_kept_of_a_module_left_out(cast, run_as, leave_out):
    leave_out(Module.PAYMENT_CODES)

    assert run_as(Operator(), payment_codes.overview, listing=CodeListing()).total == 0
