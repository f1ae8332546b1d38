"""Access that a company asks for: staff look, and invite or grant, once."""

import pytest

from portal_app.applications import ApplicationState
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Application, Basis, Grant, Invitation, Organisation
from portal_app.permissions import Role
from portal_app.services import (
    access_applications,
    application_handling,
    application_queue,
    application_record,
    identity_checks,
)
from portal_app.services.access_applications import AskedAccess
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import run
from tests import factories
from tests.harness.crowd import all_at_once
from tests.services.applying import HERE, application, desk, mails, said, secrets_of, version

NELE = "nele@metaal.example"
NEW_COMPANY = OrganisationNumber.belgian(factories.NUMBERS[1], "Limburg")
DE_SMET = OrganisationNumber.belgian(factories.NUMBERS[0], "Antwerpen")


def ask(run_as, number=NEW_COMPANY, email=NELE, **changes) -> str:
    usual = {
        "company": "Metaal Vandervoort nv",
        "street": "Dorpsstraat 1",
        "postal_code": "3500",
        "town": "Hasselt",
        "given_name": "Nele",
        "family_name": "Claes",
        "position": "zaakvoerder",
        "phone": "+3225550100",
        "direct_phone": "",
        "locale": "fr",
    }
    asked = AskedAccess(number, email=email, **usual | changes)
    return run_as(HERE, access_applications.ask, asked=asked)


def take(cast, run_as, number: str) -> None:
    run_as(cast.sam, application_handling.take, number=number, version=1)


def agree(
    cast, run_as, number: str, use_case=access_applications.invite, role=Role.TRUSTED_CONTACT
):
    return run_as(cast.sam, use_case, number=number, version=version(), role=role)


@pytest.mark.covers("X-21")
def test_a_new_company_is_made_and_its_contact_invited_in_one_go(cast, run_as):
    number = ask(run_as)
    take(cast, run_as, number)

    agree(cast, run_as, number)

    assert application().state is ApplicationState.DONE
    (invitation,) = factories.all_of(Invitation)
    made = factories.all_of(Organisation)[-1]
    assert (made.name, made.number, made.unit) == (
        "Metaal Vandervoort nv",
        factories.NUMBERS[1],
        "Limburg",
    )
    assert (invitation.email, invitation.locale, invitation.organisation_id) == (
        NELE,
        "fr",
        made.key,
    )
    assert (invitation.given_name, invitation.role) == ("Nele", Role.TRUSTED_CONTACT)
    assert [mail.to for mail in mails("invitation")] == [NELE]


@pytest.mark.covers("X-21")
def test_somebody_with_an_account_is_granted_it_at_once_and_told(cast, run_as):
    number = ask(run_as, DE_SMET, "alice@voorbeeld.example")
    take(cast, run_as, number)

    agree(cast, run_as, number, access_applications.grant)

    grant = factories.all_of(Grant)[-1]
    assert (grant.person_id, grant.organisation_id) == (cast.alice.key, cast.de_smet.key)
    assert (grant.basis, grant.basis_id) == (Basis.APPLICATION, application().key)
    (told,) = mails("access_given")
    assert said(told)["company"] == "Klimaatwerken De Smet"
    assert "timeline" in secrets_of(told)
    assert factories.all_of(Invitation) == []


def test_what_cannot_be_given_leaves_the_application_as_it_was(cast, run_as):
    number = ask(run_as, DE_SMET, "bob@voorbeeld.example")
    take(cast, run_as, number)
    for use_case, field, why in (
        (access_applications.grant, "role", "invitations.wrong_has_role"),
        (access_applications.invite, "email", "invitations.wrong_already_there"),
    ):
        with pytest.raises(Invalid) as refusal:
            agree(cast, run_as, number, use_case)
        assert refusal.value.fields == {field: Text(why)}
        with pytest.raises(Invalid) as refusal:
            agree(cast, run_as, number, use_case, Role.ADMINISTRATOR)
        assert refusal.value.fields == {"role": Text("errors.role_empty")}
    assert application().state is ApplicationState.IN_PROGRESS

    unknown = ask(run_as, DE_SMET)
    take(cast, run_as, unknown)
    with pytest.raises(Invalid) as refusal:
        agree(cast, run_as, unknown, access_applications.grant)
    assert refusal.value.fields == {"role": Text("errors.application_no_account")}
    assert application().state is ApplicationState.IN_PROGRESS


def test_the_evidence_tells_what_is_known_of_company_and_address(cast, run_as):
    factories.make_organisation("De Smet Limburg", unit="Limburg")
    number = ask(run_as, DE_SMET, "els@voorbeeld.example")

    seen = run_as(cast.sam, access_applications.evidence, number=number)

    assert (seen.company, seen.is_there, seen.siblings) == (
        "Klimaatwerken De Smet",
        True,
        ("Limburg",),
    )
    assert seen.has_address_alike
    assert (seen.account, seen.is_known_there) == ("", False)
    assert [one.email for one in seen.people] == [
        "bob@voorbeeld.example",
        "dora@voorbeeld.example",
    ]
    known = ask(run_as, DE_SMET, "bob@voorbeeld.example")
    told = run_as(cast.sam, access_applications.evidence, number=known)
    assert (told.account, told.is_known_there) == ("Bob De Smet", True)
    new = run_as(cast.sam, access_applications.evidence, number=ask(run_as))
    assert (new.company, new.is_there, new.people) == ("", False, ())


def test_applications_for_the_same_company_are_shown_beside_each_other(cast, run_as):
    first = ask(run_as)
    second = ask(run_as, email="kim@elders.example", given_name="Kim")
    ask(run_as, DE_SMET, "lou@elders.example", given_name="Lou")

    seen = run_as(cast.sam, application_record.record, number=second)

    assert [one.number for one in seen.doubles] == [first]
    for words in ("vandervoort", factories.NUMBERS[1]):
        assert run_as(cast.sam, application_queue.overview, words=words).total >= 2


def test_access_is_not_for_the_service_desk_to_decide(cast, run_as):
    number = ask(run_as)
    sonja = desk()
    assert run_as(sonja, application_queue.overview).total == 0
    for use_case, more in (
        (application_record.record, {}),
        (application_handling.take, {"version": 1}),
        (application_handling.refuse, {"version": 1, "reason": "double", "note": ""}),
    ):
        with pytest.raises(NotFound):
            run_as(sonja, use_case, number=number, **more)
    del cast


def test_an_application_for_access_establishes_nobodys_identity(cast, run_as):
    number = ask(run_as)
    take(cast, run_as, number)
    with pytest.raises(NotFound):
        run_as(cast.sam, application_record.suspects, number=number)
    checking = {"number": number, "version": 2, "person_id": cast.alice.key, "how": "x"}
    with pytest.raises(Invalid):
        run_as(cast.sam, identity_checks.check, **checking)
    with pytest.raises(NotFound):
        run_as(cast.ada, identity_checks.agree, number=number, version=2)


def test_of_twenty_who_agree_at_once_one_invites(cast, run_as, acting_as):
    number = ask(run_as)
    take(cast, run_as, number)
    callers = [acting_as(cast.sam if at % 2 else cast.ada) for at in range(20)]

    def attempt(caller) -> str:
        try:
            run(
                access_applications.invite,
                caller,
                number=number,
                version=2,
                role=Role.TRUSTED_CONTACT,
            )
        except Invalid as refusal:
            return next(iter(refusal.fields.values())).key
        return "done"

    given = all_at_once([lambda one=one: attempt(one) for one in callers])

    assert sorted(given) == ["done", *["errors.application_moved_on"] * 19]
    assert len(factories.all_of(Invitation)) == len(mails("invitation")) == 1
    assert [one.name for one in factories.all_of(Organisation)].count("Metaal Vandervoort nv") == 1
    assert len(factories.all_of(Application)) == 1
