"""The OpenID Connect client: the way out to the broker, and what an answer of it is worth.

authlib knows the protocol, joserfc the signatures, httpx carries both. The three secrets of a
try (state, nonce, verifier) are derived from the master key and the try's reference, so that
none of them is stored.
"""

import asyncio
import base64
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote_plus, urlsplit

import httpx
from authlib.oauth2 import rfc7636
from authlib.oauth2.rfc6749 import parameters
from joserfc.jwk import KeySet

from portal_app.adapters import secret_keys
from portal_app.adapters.id_tokens import Expected, KeyUnknown, TokenRefused, claims_of, usable_keys
from portal_app.eherkenning import Level
from portal_app.oidc_settings import oidc_settings
from portal_app.settings import settings

MAX_AGE = 600  # seconds since somebody logged in at the supplier
_KNOWN_FOR = 3600  # seconds that what the broker publishes is believed
_ASKED_AGAIN_AFTER = 10  # seconds, when a token names a key that was not there
_REFERENCE = re.compile(r"[A-Z0-9]{8,16}")


class BrokerUnreachable(Exception):
    """The broker gave no answer, or none that a broker gives."""


@dataclass(frozen=True, slots=True)
class Returned:
    """What a browser brought back in the address."""

    code: str
    issuer: str


@dataclass(frozen=True, slots=True)
class _Secrets:
    """What one try proves itself with."""

    state: str
    nonce: str
    verifier: str


@dataclass(slots=True)
class _Published:
    """What the broker says of itself."""

    metadata: Mapping[str, str]
    keys: KeySet
    asked_at: float = field(default_factory=time.monotonic)


_published: dict[str, _Published] = {}


def is_set_up() -> bool:
    """Tell whether there is a broker to go to."""
    return bool(issuer())


def is_test_broker() -> bool:
    """Tell whether the broker is the one of demo mode."""
    return settings.is_demo and settings.test_broker and not oidc_settings.issuer


def issuer() -> str:
    """Return the address of the broker; empty when there is none."""
    test_broker = f"http://127.0.0.1:{settings.test_broker_port}" if is_test_broker() else ""
    return oidc_settings.issuer or test_broker


def client_secret() -> str:
    """Return what the portal proves itself with to the broker."""
    if is_test_broker():
        return secret_keys.derive("test broker", length=32).hex()
    return oidc_settings.client_secret.get_secret_value()


def return_address() -> str:
    """Return where the broker sends browsers back to."""
    return f"{settings.origin}/eherkenning/terug"


def reference_of(state: str) -> str:
    """Return the reference of the try that a state belongs to; empty unless we made the state."""
    reference = state.partition(".")[0]
    if not _REFERENCE.fullmatch(reference):
        return ""
    return reference if secret_keys.same(state, _secrets(reference).state) else ""


async def way_out(reference: str, *, locale: str) -> str:
    """Return the address at the broker where a try goes on.

    Raises:
        BrokerUnreachable: the broker does not say where that is.
    """
    published = await _publication()
    secrets = _secrets(reference)
    accepted = [one.value for one in Level if one.rank >= oidc_settings.least_level.rank]
    return cast("Any", parameters).prepare_grant_uri(
        published.metadata["authorization_endpoint"],
        client_id=oidc_settings.client_id,
        response_type="code",
        redirect_uri=return_address(),
        scope=oidc_settings.scope,
        state=secrets.state,
        nonce=secrets.nonce,
        code_challenge=cast("Any", rfc7636).create_s256_code_challenge(secrets.verifier),
        code_challenge_method="S256",
        acr_values=" ".join(accepted),
        max_age=str(MAX_AGE),
        prompt="login",
        ui_locales=locale,
    )


async def proven(
    returned: Returned, reference: str, *, now: datetime
) -> tuple[str, Mapping[str, Any]]:
    """Exchange the code of a browser that came back; return the ID token and its claims.

    Raises:
        BrokerUnreachable: the broker does not answer.
        TokenRefused: its answer cannot be trusted, or the code is not of this try.
    """
    published = await _publication()
    speaks_up = published.metadata.get("authorization_response_iss_parameter_supported")
    if (returned.issuer or speaks_up) and returned.issuer != issuer():
        raise TokenRefused("iss of the answer")  # RFC 9207: the answer of another broker
    secrets = _secrets(reference)
    answer = await _exchange(published.metadata["token_endpoint"], returned.code, secrets.verifier)
    token, access_token = answer.get("id_token"), answer.get("access_token")
    if not isinstance(token, str) or not isinstance(access_token, str):
        raise TokenRefused("no ID token")
    expected = Expected(
        issuer=issuer(),
        audience=oidc_settings.client_id,
        nonce=secrets.nonce,
        access_token=access_token,
        max_age=MAX_AGE,
        now=int(now.timestamp()),
    )
    try:
        return token, claims_of(token, published.keys, expected)
    except KeyUnknown:  # keys rotate
        published = await _publication(newer=True)
        return token, claims_of(token, published.keys, expected)


async def _exchange(address: str, code: str, verifier: str) -> Mapping[str, object]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": return_address(),
        "code_verifier": verifier,
    }
    # The standard writes both as a form does (RFC 6749, 2.3.1).
    who = httpx.BasicAuth(quote_plus(oidc_settings.client_id), quote_plus(client_secret()))
    response = await _ask("POST", address, data=form, auth=who)
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise BrokerUnreachable(f"{response.status_code} from the token endpoint")
    if response.status_code != HTTPStatus.OK:
        raise TokenRefused("the code")
    return _object_of(response)


async def _publication(*, newer: bool = False) -> _Published:
    known = _published.get(issuer())
    if known is not None:
        age = time.monotonic() - known.asked_at
        if age < (_ASKED_AGAIN_AFTER if newer else _KNOWN_FOR):
            return known
    metadata = await _get(f"{issuer().removesuffix('/')}/.well-known/openid-configuration")
    if metadata.get("issuer") != issuer():
        raise BrokerUnreachable("another issuer than ours")
    named = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if not all(_is_address(metadata.get(name)) for name in named):
        raise BrokerUnreachable("no addresses")
    keys = usable_keys(await _get(str(metadata["jwks_uri"])))
    _published[issuer()] = _Published(cast("Mapping[str, str]", metadata), keys)
    return _published[issuer()]


def _is_address(value: object) -> bool:
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
    except ValueError:
        return False
    # On one machine, such as with the test broker, http does as well.
    allowed = ("https", urlsplit(issuer()).scheme)
    return parts is not None and bool(parts.hostname) and parts.scheme in allowed


async def _get(address: str) -> Mapping[str, Any]:
    response = await _ask("GET", address)
    if response.status_code != HTTPStatus.OK:
        raise BrokerUnreachable(f"{response.status_code} from {urlsplit(address).path}")
    return _object_of(response)


async def _ask(method: str, address: str, **sent: Any) -> httpx.Response:
    try:
        async with asyncio.timeout(oidc_settings.seconds), _client() as client:
            return await client.request(method, address, **sent)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, TimeoutError) as silent:
        raise BrokerUnreachable(type(silent).__name__) from silent


def _client() -> httpx.AsyncClient:
    # A proxy of the machine does not know its loopback.
    return httpx.AsyncClient(timeout=oidc_settings.seconds, trust_env=not is_test_broker())


def _object_of(response: httpx.Response) -> Mapping[str, Any]:
    try:
        content = response.json()
    except (ValueError, RecursionError) as unreadable:
        raise BrokerUnreachable("no JSON") from unreadable
    if not isinstance(content, dict):
        raise BrokerUnreachable("no object")
    return cast("Mapping[str, Any]", content)


def _secrets(reference: str) -> _Secrets:
    state, nonce, verifier = (
        base64.urlsafe_b64encode(secret_keys.derive("oidc", part, reference, length=33)).decode()
        for part in ("state", "nonce", "verifier")
    )
    return _Secrets(f"{reference}.{state}", nonce, verifier)
