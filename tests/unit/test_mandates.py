"""What a genuine token says: whom somebody may represent, and what the portal does not take."""

from datetime import UTC, datetime

import pytest

from portal_app.adapters.mandates import Mandate, MandateRefused, outcome_of, read_mandate
from portal_app.eherkenning import Level, Outcome, SubjectKind
from portal_app.oidc_settings import OidcSettings

LEGAL = "urn:etoegang:core:LegalSubjectID"
ACTING = "urn:etoegang:core:ActingSubjectID"
BRANCH = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"
CHAIN = "urn:etoegang:core:IntermediateEntityID"
BSN = "urn:etoegang:1.12:EntityConcernedID:BSN"
MOMENT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def claims(**changed: object) -> dict[str, object]:
    """Return what a broker claims of somebody in order; None takes a claim out."""
    said: dict[str, object] = {
        "iss": "https://broker.example",
        "auth_time": int(MOMENT.timestamp()),
        "acr": Level.EH3.value,
        "namequalifier": SubjectKind.KVK.value,
        LEGAL: "90004701",
        ACTING: "PERSON@COMPANY",
    }
    return {name: value for name, value in (said | changed).items() if value is not None}


def refusal(said: dict[str, object], knobs: OidcSettings | None = None) -> Outcome:
    with pytest.raises(MandateRefused) as refused:
        read_mandate("token", said, knobs or OidcSettings())
    return refused.value.outcome


def test_a_mandate_says_who_may_represent_whom_and_how_sure() -> None:
    assert read_mandate("token", claims(**{BRANCH: "000012345678"})) == Mandate(
        issuer="https://broker.example",
        kind=SubjectKind.KVK,
        number="90004701",
        branch="000012345678",
        acting_subject="PERSON@COMPANY",
        level=Level.EH3,
        authenticated_at=MOMENT,
        token="token",
    )


def test_a_company_may_be_named_by_its_rsin() -> None:
    said = claims(namequalifier=SubjectKind.RSIN.value, **{LEGAL: "123456782"})

    assert read_mandate("token", said).kind is SubjectKind.RSIN


@pytest.mark.covers("W-19")
@pytest.mark.parametrize("level", Level)
def test_a_level_is_read_as_it_is_and_judged_elsewhere(level: Level) -> None:
    assert read_mandate("token", claims(acr=level.value)).level is level


@pytest.mark.covers("W-22")
@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({LEGAL: None}, Outcome.NO_MANDATE),
        ({LEGAL: ""}, Outcome.NO_MANDATE),
        ({LEGAL: 90004701}, Outcome.NO_MANDATE),
        ({LEGAL: "9000470"}, Outcome.REFUSED),
        ({LEGAL: "90004701 "}, Outcome.REFUSED),
        ({LEGAL: "９０００４７０１"}, Outcome.REFUSED),  # noqa: RUF001  # digits, but not ours
        ({LEGAL: "90004701\n"}, Outcome.REFUSED),
        ({ACTING: None}, Outcome.REFUSED),
        ({ACTING: "x" * 513}, Outcome.REFUSED),
        ({BRANCH: "12345678"}, Outcome.REFUSED),
        ({BRANCH: ""}, Outcome.REFUSED),
        ({BRANCH: 12345678}, Outcome.REFUSED),
        ({BRANCH: ["000012345678"]}, Outcome.REFUSED),
        ({BRANCH: ["000012345678", "000012345679"]}, Outcome.REFUSED),
        ({BRANCH: {"value": "000012345678"}}, Outcome.REFUSED),
        ({"urn:etoegang:1.9:ServiceRestriction:Postcode": "3521AL"}, Outcome.REFUSED),
        ({"mandate": {"ServiceRestriction": []}}, Outcome.REFUSED),
        ({BRANCH: "000012345678", "namequalifier": SubjectKind.RSIN.value}, Outcome.REFUSED),
        ({"namequalifier": "urn:etoegang:1.9:EntityConcernedID:OIN"}, Outcome.REFUSED),
        ({"namequalifier": None}, Outcome.REFUSED),
        ({"acr": "urn:etoegang:core:assurance-class:loa9"}, Outcome.REFUSED),
        ({"acr": None}, Outcome.REFUSED),
        ({"namequalifier": BSN, LEGAL: "123456782"}, Outcome.CITIZEN),
        ({BSN: "123456782"}, Outcome.CITIZEN),
        ({"address": {"burgerservicenummer": "123456782"}}, Outcome.CITIZEN),
        ({CHAIN: "90004709"}, Outcome.CHAIN_MANDATE),
        ({"chain": [{CHAIN: "90004709"}]}, Outcome.CHAIN_MANDATE),
    ],
)
def test_what_is_no_mandate_of_a_company_itself_is_refused(changed, outcome) -> None:
    assert refusal(claims(**changed)) is outcome


@pytest.mark.covers("W-22")
@pytest.mark.parametrize("limit", [None, {}])
def test_a_mandate_that_nothing_limits_holds_for_the_whole_company(limit) -> None:
    knobs = OidcSettings(branch=("limit", "branch"))

    assert read_mandate("token", claims(limit=limit), knobs).branch == ""


@pytest.mark.covers("W-22")
@pytest.mark.parametrize("limit", ["000012345678", [], ["000012345678"], {"branch": []}, 0])
def test_what_limits_a_mandate_in_another_way_does_not_open_the_whole_company(limit) -> None:
    knobs = OidcSettings(branch=("limit", "branch"))

    assert refusal(claims(limit=limit), knobs) is Outcome.REFUSED


def test_who_acted_and_the_token_stand_in_no_log() -> None:
    written = repr(read_mandate("header.payload.signature", claims()))

    assert "90004701" in written
    assert "header.payload" not in written
    assert "PERSON@COMPANY" not in written


def test_a_broker_that_calls_things_otherwise_is_read_by_its_settings() -> None:
    knobs = OidcSettings(
        legal_subject=("company", "number"),
        name_qualifier=("company", "kind"),
        acting_subject=("person",),
        level=("assurance",),
        levels={"high": Level.EH4},
    )
    said = {
        "iss": "https://broker.example",
        "auth_time": int(MOMENT.timestamp()),
        "company": {"number": "90004701", "kind": SubjectKind.KVK.value},
        "person": "PERSON@COMPANY",
        "assurance": "high",
    }

    mandate = read_mandate("token", said, knobs)

    assert (mandate.number, mandate.level) == ("90004701", Level.EH4)
    assert refusal(said | {"assurance": "higher"}, knobs) is Outcome.REFUSED


@pytest.mark.covers("W-22")
@pytest.mark.parametrize(
    ("error", "description", "outcome"),
    [
        ("access_denied", "", Outcome.CANCELLED),
        ("access_denied", "cancelled", Outcome.CANCELLED),
        ("access_denied", "no_mandate", Outcome.NO_MANDATE),
        ("access_denied", "Geen machtiging gevonden", Outcome.NO_MANDATE),
        ("temporarily_unavailable", "", Outcome.UNREACHABLE),
        ("server_error", "no mandate", Outcome.UNREACHABLE),
        ("login_required", "", Outcome.REFUSED),
        ("invalid_request", "cancelled", Outcome.REFUSED),
        ("", "", Outcome.REFUSED),
    ],
)
def test_an_error_of_the_broker_is_told_as_what_happened(error, description, outcome) -> None:
    assert outcome_of(error, description) is outcome
