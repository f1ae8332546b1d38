"""Proving a company: who becomes what, and what the fund does not take for a proof."""

import json

import pytest
from sqlalchemy.exc import DBAPIError

from portal_app.adapters import secret_keys
from portal_app.eherkenning import Level, Outcome, SubjectKind
from portal_app.models import (
    Basis,
    EherkenningProof,
    Grant,
    OutboxMail,
    TradeRegister,
)
from portal_app.needs import SignedIn
from portal_app.permissions import Right, Role
from portal_app.services.eherkenning import Company
from portal_app.unit_of_work import run, use_case
from tests import factories
from tests.harness.crowd import all_at_once
from tests.services.proving import BRANCH, VAK, managers_of, mandate_for, prove, somebody

MAIN, CO = Role.MAIN_ACCESS_MANAGER, Role.CO_MAIN_ACCESS_MANAGER


def mails() -> list[tuple[str, str]]:
    return [(one.to, one.template) for one in factories.all_of(OutboxMail)]


@pytest.mark.covers("W-15")
def test_the_first_of_a_company_becomes_its_admin(cast, now) -> None:
    piet = somebody()

    ended = prove(piet)

    (grant,) = [one for one in factories.all_of(Grant) if one.role is MAIN]
    (proof,) = factories.all_of(EherkenningProof)
    assert ended.outcome is Outcome.ADMIN
    assert ended.companies == (Company(cast.vak.name, VAK, "", MAIN),)
    assert (grant.basis, grant.basis_id, grant.organisation_id) == (
        *(Basis.EHERKENNING, proof.id),
        cast.vak.key,
    )
    assert (grant.granted_at, grant.until) == (now, None)
    assert mails() == [("piet@nieuw.example", "eherkenning_proven")]


@pytest.mark.covers("W-16")
def test_an_admin_may_do_everything_for_the_company_and_nothing_for_another(cast) -> None:
    piet = somebody()
    prove(piet)

    def scopes(work) -> set[frozenset[int]]:
        return {
            work.actor.scope(right)
            for right in (
                *(Right.CANDIDATES_SEE, Right.CANDIDATES_UNLINK, Right.PAYMENT_CODES_SEE),
                *(Right.ORGANISATION_EDIT, Right.SUBSIDIES_APPLY, Right.ENROLMENTS_MAKE),
            )
        }

    asked = use_case(SignedIn)(scopes)
    assert run(asked, piet) == {frozenset({cast.vak.key})}


def test_the_proof_is_kept_as_it_was_and_sealed(cast) -> None:
    prove(somebody())

    (proof,) = factories.all_of(EherkenningProof)
    assert (proof.subject, proof.branch, proof.level) == (VAK, "", Level.EH3)
    assert secret_keys.open_sealed("eherkenning proof", proof.token) == "header.payload.signature"
    kept = json.dumps(proof.model_dump(mode="json"))
    assert "PERSON@COMPANY" not in kept
    assert "header.payload" not in kept


def test_a_proof_is_never_changed(cast) -> None:
    prove(somebody())
    (proof,) = factories.all_of(EherkenningProof)

    proof.subject = "90004702"
    with pytest.raises(DBAPIError, match="never changed"):
        factories.rewrite(proof)


@pytest.mark.covers("W-22")
def test_the_same_company_again_makes_nothing_twice(cast) -> None:
    piet = somebody()
    prove(piet)

    ended = prove(piet)

    assert ended.outcome is Outcome.ALREADY
    assert ended.companies == (Company(cast.vak.name, VAK, "", MAIN),)
    assert managers_of(cast.vak) == [("Piet", MAIN)]
    assert len(factories.all_of(EherkenningProof)) == len(mails()) == 1


@pytest.mark.covers("W-22")
def test_another_acting_person_on_the_same_account_leaves_a_second_proof(cast) -> None:
    piet = somebody()
    prove(piet)

    ended = prove(piet, mandate_for(acting_subject="OTHER@COMPANY"))

    assert ended.outcome is Outcome.ALREADY
    assert managers_of(cast.vak) == [("Piet", MAIN)]
    assert len(factories.all_of(EherkenningProof)) == 2


@pytest.mark.covers("W-17", "W-18")
def test_an_account_takes_a_second_company_with_a_mandate_of_its_own(cast) -> None:
    piet = somebody()
    prove(piet)

    prove(piet, mandate_for("90004702"))

    assert managers_of(cast.vak) == managers_of(cast.jon) == [("Piet", MAIN)]
    assert len(factories.all_of(EherkenningProof)) == 2


@pytest.mark.covers("W-21")
def test_the_second_of_a_company_becomes_co_manager_and_the_first_is_told(cast) -> None:
    prove(somebody())

    ended = prove(somebody("Mia"), mandate_for(acting_subject="MIA@COMPANY"))

    assert ended.outcome is Outcome.CO_MANAGER
    assert managers_of(cast.vak) == [("Piet", MAIN), ("Mia", CO)]
    assert mails()[1:] == [
        ("mia@nieuw.example", "eherkenning_proven"),
        ("piet@nieuw.example", "co_manager_joined"),
    ]


def test_a_third_of_a_company_is_one_too_many(cast) -> None:
    prove(somebody())
    prove(somebody("Mia"))
    before = mails()

    ended = prove(somebody("Tom"))

    assert (ended.outcome, ended.companies) == (Outcome.MANAGERS_FULL, ())
    assert managers_of(cast.vak) == [("Piet", MAIN), ("Mia", CO)]
    assert mails() == before


def test_of_ten_at_once_one_becomes_admin_and_one_co_manager(cast) -> None:
    browsers = [somebody(f"Persoon{n}") for n in range(10)]

    ended = all_at_once([lambda one=one: prove(one).outcome for one in browsers])

    assert sorted(one for one in ended if one is not Outcome.MANAGERS_FULL) == [
        Outcome.ADMIN,
        Outcome.CO_MANAGER,
    ]
    assert sorted(role for _, role in managers_of(cast.vak)) == [CO, MAIN]


@pytest.mark.covers("W-22")
def test_a_mandate_for_a_branch_gives_that_branch_alone(cast) -> None:
    branch = factories.make_organisation(
        "Vakmanschap Zuid", number=VAK, unit=BRANCH, trade_register=TradeRegister.KVK
    )

    ended = prove(somebody(), mandate_for(branch=BRANCH))

    assert ended.companies == (Company("Vakmanschap Zuid", VAK, BRANCH, MAIN),)
    assert managers_of(cast.vak) == []
    assert managers_of(branch) == [("Piet", MAIN)]


def test_a_mandate_for_the_whole_company_gives_its_branches_too(cast) -> None:
    branch = factories.make_organisation(
        "Vakmanschap Zuid", number=VAK, unit=BRANCH, trade_register=TradeRegister.KVK
    )

    ended = prove(somebody())

    assert [one.unit for one in ended.companies] == ["", BRANCH]
    assert managers_of(cast.vak) == managers_of(branch) == [("Piet", MAIN)]


def test_everybody_gets_one_letter_for_a_company_and_its_branches(cast) -> None:
    branches = [
        factories.make_organisation(name, number=VAK, unit=unit, trade_register=TradeRegister.KVK)
        for name, unit in (("Vakmanschap Zuid", BRANCH), ("Vakmanschap Oost", "000012345679"))
    ]
    factories.make_grant(cast.alice, MAIN, cast.vak)
    for branch in branches:
        factories.make_grant(cast.bob, MAIN, branch)

    prove(somebody())

    said = {one.to: json.loads(one.values)["company"] for one in factories.all_of(OutboxMail)}
    assert [template for _, template in mails()] == [
        *("eherkenning_proven", "co_manager_joined", "co_manager_joined")
    ]
    assert said == {
        "piet@nieuw.example": f"{cast.vak.name}, Vakmanschap Zuid, Vakmanschap Oost",
        "alice@voorbeeld.example": cast.vak.name,
        "bob@voorbeeld.example": "Vakmanschap Zuid, Vakmanschap Oost",
    }


def test_a_company_may_be_named_by_its_rsin(cast) -> None:
    named = factories.make_organisation(
        "Werf BV", number="90004705", unit="", trade_register=TradeRegister.KVK, rsin="123456782"
    )

    prove(somebody(), mandate_for("123456782", kind=SubjectKind.RSIN))

    assert managers_of(named) == [("Piet", MAIN)]


@pytest.mark.covers("W-22")
@pytest.mark.parametrize(
    ("mandate", "outcome"),
    [
        (mandate_for("90009999"), Outcome.UNKNOWN_COMPANY),
        (mandate_for(branch=BRANCH), Outcome.UNKNOWN_BRANCH),
        (mandate_for("123456782", kind=SubjectKind.RSIN), Outcome.UNKNOWN_COMPANY),
        (mandate_for("90004701", kind=SubjectKind.RSIN), Outcome.UNKNOWN_COMPANY),
    ],
    ids=["company", "branch", "rsin", "number of another kind"],
)
def test_what_the_fund_does_not_know_gives_nothing(cast, mandate, outcome) -> None:
    assert prove(somebody(), mandate).outcome is outcome
    assert factories.all_of(EherkenningProof) == []
    assert managers_of(cast.vak) == []


def test_a_company_that_was_closed_is_unknown(database) -> None:
    factories.make_organisation(
        number=VAK, unit="", trade_register=TradeRegister.KVK, closed_at=factories.LONG_AGO
    )

    assert prove(somebody()).outcome is Outcome.UNKNOWN_COMPANY


@pytest.mark.covers("W-19")
@pytest.mark.parametrize("level", [Level.EH1, Level.EH2, Level.EH2_PLUS])
def test_a_level_below_three_gives_nothing(cast, level) -> None:
    ended = prove(somebody(), mandate_for(level=level))

    assert (ended.outcome, ended.level) == (Outcome.LEVEL_TOO_LOW, level)
    assert managers_of(cast.vak) == []
    assert mails() == []


@pytest.mark.covers("W-19")
@pytest.mark.parametrize("level", [Level.EH3, Level.EH4])
def test_level_three_and_higher_are_enough(cast, level) -> None:
    assert prove(somebody(), mandate_for(level=level)).outcome is Outcome.ADMIN
