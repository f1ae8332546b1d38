"""Judging an ID token: who signed it, for whom, when, and in answer to what."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import ECKey, Key, KeySet, RSAKey

ALGORITHMS = ("RS256", "PS256", "ES256")
SKEW = 60  # seconds that two clocks may differ


class TokenRefused(Exception):
    """What came back cannot be trusted; the message names the part, never its value."""


class KeyUnknown(TokenRefused):
    """No published key is the one that the token names."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the token of this very try must say; times are seconds."""

    issuer: str
    audience: str
    nonce: str
    access_token: str
    max_age: int
    now: int


def usable_keys(published: Mapping[str, Any]) -> KeySet:
    """Return the published keys that may sign: public ones, for signatures, long enough."""
    listed: object = published.get("keys")
    keys: list[Key] = []
    for one in cast("list[Any]", listed) if isinstance(listed, list) else []:
        if not isinstance(one, dict) or cast("dict[str, Any]", one).get("use", "sig") != "sig":
            continue
        try:
            with warnings.catch_warnings(action="error", category=SecurityWarning):
                key = KeySet.import_key_set({"keys": [one]}).keys[0]
        except (JoseError, SecurityWarning, ValueError, TypeError, KeyError):
            continue  # too short, or of a kind that we do not use
        if isinstance(key, ECKey | RSAKey):
            keys.append(key)
    return KeySet(keys)


def claims_of(token: str, keys: KeySet, expected: Expected) -> Mapping[str, Any]:
    """Return what a token claims, once everything about it is right.

    Raises:
        KeyUnknown: look whether the issuer has a new key.
        TokenRefused: something is not right.
    """
    try:
        header = jws.extract_compact(token.encode()).headers()
        decoded = jwt.decode(token, _key(header, keys), algorithms=list(ALGORITHMS))
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            options={
                "iss": {"essential": True, "value": expected.issuer},
                "aud": {"essential": True, "value": expected.audience},
            },
            params={
                "nonce": expected.nonce,
                "client_id": expected.audience,
                "max_age": expected.max_age,
                "access_token": expected.access_token,
            },
        )
        cast("Any", claims).validate(now=expected.now, leeway=SKEW)
    except TokenRefused:
        raise
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise TokenRefused(type(wrong).__name__) from wrong
    _refuse_what_the_protocol_leaves_open(claims, expected)
    return decoded.claims


def _key(header: Mapping[str, Any], keys: KeySet) -> Key:
    if header.get("alg") not in ALGORITHMS:
        raise TokenRefused("alg")
    named = header.get("kid")
    fitting = [key for key in keys if named is None or key.kid == named]
    if len(fitting) != 1:
        raise KeyUnknown("kid")
    declared = fitting[0].get("alg") if "alg" in fitting[0].as_dict() else None
    if declared not in (None, header["alg"]):
        raise TokenRefused("alg of the key")
    return fitting[0]


def _refuse_what_the_protocol_leaves_open(claims: Mapping[str, Any], expected: Expected) -> None:
    if claims["aud"] not in (expected.audience, [expected.audience]):
        raise TokenRefused("aud")
    for name, oldest in (("iat", expected.max_age), ("auth_time", expected.max_age)):
        moment = claims.get(name)
        if isinstance(moment, bool) or not isinstance(moment, int | float):
            raise TokenRefused(name)
        if not expected.now - oldest - SKEW <= moment <= expected.now + SKEW:
            raise TokenRefused(name)
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:  # noqa: PLR2004  # of the standard
        raise TokenRefused("sub")
