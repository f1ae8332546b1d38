"""Making the account of a company: two messages, one that waits, and nothing active before."""

import pytest

from portal_app.errors import Invalid, NotAllowed, NotFound, Text
from portal_app.models import Organisation
from portal_app.permissions import Role
from portal_app.services import accounts, inviting, organisations, sign_in
from portal_app.services.accounts import NewPersonalAccount
from portal_app.services.inviting import NewInvitation
from tests import factories
from tests.services.applying import said, secrets_of
from tests.services.appointed import (
    COMPANY,
    HERE,
    NORA,
    activate,
    capacities_of,
    enter,
    letters,
    make,
    username,
)


@pytest.mark.covers("S-03", "S-17")
def test_user_name_and_temporary_password_go_out_in_two_messages(cast, run_as):
    make(run_as, cast.sam)

    name, password = letters()
    assert {name.to, password.to} == {NORA}
    assert {name.locale, password.locale} == {"fr"}
    assert said(name)["username"] == username()
    assert name.secrets is None
    assert secrets_of(password) == {"password": "kX4?mQz9RtpL7wPb"}
    assert username() not in password.values
    assert str(said(name)["last"]) == str(said(password)["last"]) == "2026-04-01"


def test_only_staff_make_one(cast, run_as):
    for stranger in (cast.alice, cast.bob):
        with pytest.raises(NotAllowed):
            make(run_as, stranger)


def test_an_address_that_somebody_signs_in_with_is_refused(cast, run_as):
    with pytest.raises(Invalid) as refusal:
        make(run_as, cast.sam, email="alice@voorbeeld.example")

    assert refusal.value.fields == {"email": Text("errors.email_taken")}


def test_a_company_has_one_account_that_waits(cast, run_as):
    make(run_as, cast.sam)

    with pytest.raises(Invalid) as refusal:
        make(run_as, cast.ada, email="another@novak.example")

    assert refusal.value.fields == {"": Text("staff.wrong_company_account_waits")}


def test_a_company_with_a_manager_needs_none(cast, run_as):
    factories.make_grant(cast.bob, Role.MAIN_ACCESS_MANAGER, cast.de_smet)

    with pytest.raises(Invalid) as refusal:
        make(
            run_as,
            cast.sam,
            organisation=organisations.OrganisationNumber.belgian("1999000150", "Antwerpen"),
        )

    assert refusal.value.fields == {"": Text("staff.wrong_has_main_access_manager")}


def test_a_new_company_needs_a_name_and_a_closed_one_gets_none(cast, run_as, now):
    with pytest.raises(Invalid) as refusal:
        make(run_as, cast.sam, organisation_name="")
    assert refusal.value.fields == {"organisation_name": Text("errors.organisation_name_empty")}
    cast.de_smet.closed_at = now
    factories.rewrite(cast.de_smet)
    with pytest.raises(NotFound):
        make(
            run_as,
            cast.sam,
            organisation=organisations.OrganisationNumber.belgian("1999000150", "Antwerpen"),
        )
    assert len(factories.all_of(Organisation)) == 3


@pytest.mark.covers("S-17")
def test_the_user_name_alone_finds_the_account_until_it_is_activated(cast, run_as):
    company = make(run_as, cast.sam)

    by_address = run_as(HERE, sign_in.credentials, login=NORA)
    by_name = run_as(HERE, sign_in.credentials, login=username().lower())
    assert by_address.person_id is None
    assert by_name.person_id == company.person_id
    assert by_name.awaits_activation

    enter(run_as, company)
    activate(run_as)
    assert run_as(HERE, sign_in.credentials, login=NORA).person_id == company.person_id


def test_a_company_that_waits_begins_with_whatever_is_given_first(cast, run_as):
    company = make(run_as, cast.sam)
    wanted = NewInvitation(COMPANY, "", Role.TRUSTED_CONTACT, "bob@voorbeeld.example")
    run_as(cast.sam, inviting.invite, wanted=wanted)
    assert capacities_of(company.organisation_id) == []

    for who in ("eerste", "tweede"):
        run_as(cast.sam, accounts.provide, wanted=_another(who))

    assert capacities_of(company.organisation_id) == [factories.EMPLOYER]
    enter(run_as, company)
    assert activate(run_as) == "/"


def _another(name: str) -> NewPersonalAccount:
    return NewPersonalAccount(
        *("Piet", "", "Peeters", f"{name}@novak.example", name, "nl", Role.TRUSTED_CONTACT),
        *(COMPANY, "", "geheim", "hash"),
    )
