"""The OpenID Connect client: what it asks, what it believes, and the rest, which it refuses."""

import asyncio
import base64
import hashlib
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr

from portal_app.adapters import oidc
from portal_app.adapters.id_tokens import TokenRefused
from portal_app.adapters.mandates import MandateRefused, read_mandate
from portal_app.adapters.oidc import BrokerUnreachable, Returned
from portal_app.eherkenning import Level, SubjectKind
from tests.adapters.mutations import MUTATIONS
from tests.harness.issuer import KVK, Issuer, ec_key, half_hash, rsa_key

REFERENCE = "ABCDEFGH23"


@pytest.fixture
def issuer(monkeypatch, now) -> Issuer:
    """A broker in the test's hand, in place of the network."""
    made = Issuer(now=int(now.timestamp()))

    def client() -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(made.handle))

    monkeypatch.setattr(oidc, "_client", client)
    monkeypatch.setattr(oidc, "_published", {})
    return made


@pytest.fixture
def proven(issuer, now):
    """`proven(token)`: let the client exchange a code for this token."""

    def asked(token: str | None = None, *, iss: str = "", later: timedelta = timedelta()):
        if token is not None:
            issuer.gives(token)
        returned = Returned("the-code", iss)
        return asyncio.run(oidc.proven(returned, REFERENCE, now=now + later))

    return asked


def test_the_way_out_asks_for_a_code_with_a_challenge_and_the_accepted_levels(issuer) -> None:
    address = asyncio.run(oidc.way_out(REFERENCE, locale="nl"))

    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{oidc.issuer()}/auth?")
    assert asked["response_type"] == "code"
    assert asked["redirect_uri"] == oidc.return_address()
    assert asked["code_challenge_method"] == "S256"
    assert asked["acr_values"] == f"{Level.EH3.value} {Level.EH4.value}"
    assert (asked["prompt"], asked["max_age"]) == ("login", "600")
    assert oidc.reference_of(asked["state"]) == REFERENCE
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3


def test_the_code_is_exchanged_with_the_verifier_of_its_challenge(issuer, proven) -> None:
    address = asyncio.run(oidc.way_out(REFERENCE, locale="nl"))

    proven(issuer.signed(issuer.claims(REFERENCE)))

    form = {name: one[0] for name, one in parse_qs(issuer.asked[-1].content.decode()).items()}
    challenge = hashlib.sha256(form["code_verifier"].encode()).digest()
    asked = parse_qs(urlsplit(address).query)
    assert base64.urlsafe_b64encode(challenge).decode().rstrip("=") == asked["code_challenge"][0]
    assert (form["grant_type"], form["code"]) == ("authorization_code", "the-code")
    assert issuer.asked[-1].headers["authorization"].startswith("Basic ")


def test_the_client_writes_its_secret_as_the_standard_does(issuer, proven, monkeypatch) -> None:
    monkeypatch.setattr(oidc, "client_secret", lambda: "a+b/c: d=é")

    proven(issuer.signed(issuer.claims(REFERENCE)))

    said = issuer.asked[-1].headers["authorization"].removeprefix("Basic ")
    assert base64.b64decode(said).decode() == "vakpoort:a%2Bb%2Fc%3A+d%3D%C3%A9"


@pytest.mark.parametrize("path", ["", "/", "/o", "/o/"])
def test_what_a_broker_says_of_itself_is_found_behind_its_address(
    issuer, proven, monkeypatch, path
) -> None:
    address = f"https://broker.example{path}"
    there = {"issuer": address, "client_secret": SecretStr("s")}
    monkeypatch.setattr(oidc, "oidc_settings", oidc.oidc_settings.model_copy(update=there))

    proven(issuer.signed(issuer.claims(REFERENCE)))

    asked = str(issuer.asked[0].url)
    assert asked == f"{address.removesuffix('/')}/.well-known/openid-configuration"


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256"])
def test_a_genuine_token_says_who_may_represent_which_company(issuer, proven, algorithm) -> None:
    if algorithm == "ES256":
        issuer.keys = [ec_key("curve")]
    claims = issuer.claims(REFERENCE, at_hash=half_hash("access-token-of-the-test"))

    mandate = read_mandate(*proven(issuer.signed(claims, alg=algorithm)))

    assert (mandate.kind, mandate.number, mandate.branch) == (SubjectKind.KVK, KVK, "")
    assert (mandate.level, mandate.acting_subject) == (Level.EH3, "PERSON@COMPANY")


@pytest.mark.parametrize("name", MUTATIONS)
def test_no_mutated_token_or_answer_is_accepted(issuer, proven, name) -> None:
    MUTATIONS[name](issuer, REFERENCE)

    with pytest.raises((TokenRefused, BrokerUnreachable, MandateRefused)):
        read_mandate(*proven())


def test_there_are_two_hundred_mutations() -> None:
    assert len(MUTATIONS) >= 200


def test_keys_may_rotate_between_two_tokens(issuer, proven, monkeypatch) -> None:
    proven(issuer.signed(issuer.claims(REFERENCE)))
    issuer.keys = [rsa_key("second")]
    monkeypatch.setattr(oidc, "_ASKED_AGAIN_AFTER", 0)

    proven(issuer.signed(issuer.claims(REFERENCE)))

    assert [one.url.path for one in issuer.asked].count("/jwks") == 2


def test_a_stranger_s_key_does_not_make_the_portal_ask_for_keys_each_time(issuer, proven) -> None:
    for _ in range(5):
        with pytest.raises(TokenRefused):
            proven(issuer.signed(issuer.claims(REFERENCE), key=rsa_key("stranger")))

    assert [one.url.path for one in issuer.asked].count("/jwks") == 1


def test_the_answer_of_another_broker_is_refused_before_its_code_is_used(issuer, proven) -> None:
    issuer.metadata = {"authorization_response_iss_parameter_supported": True}

    for said in ("", "https://other.example"):
        with pytest.raises(TokenRefused):
            proven(issuer.signed(issuer.claims(REFERENCE)), iss=said)

    assert "/token" not in [one.url.path for one in issuer.asked]


@pytest.mark.parametrize("later", [timedelta(minutes=12), timedelta(days=1)])
def test_a_token_is_of_no_use_later(issuer, proven, later) -> None:
    with pytest.raises(TokenRefused):
        proven(issuer.signed(issuer.claims(REFERENCE)), later=later)


def test_a_broker_that_does_not_answer_is_said_to_be_unreachable(monkeypatch, issuer) -> None:
    def silent(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("nobody")

    monkeypatch.setattr(
        oidc, "_client", lambda: httpx.AsyncClient(transport=httpx.MockTransport(silent))
    )

    with pytest.raises(BrokerUnreachable):
        asyncio.run(oidc.way_out(REFERENCE, locale="nl"))


@pytest.mark.parametrize("state", ["", "x", REFERENCE, f"{REFERENCE}.", f"{REFERENCE}.AAAA", "é.é"])
def test_a_state_that_we_did_not_make_belongs_to_no_try(state) -> None:
    assert oidc.reference_of(state) == ""
