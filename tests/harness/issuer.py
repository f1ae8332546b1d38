"""A broker that a test holds in its hand: it says whatever the test wants, signed or not.

The real one, in a process of its own, is in `portal_app/demo/broker.py`.
"""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jwt
from joserfc.jwk import ECKey, Key, RSAKey

from portal_app.adapters import oidc
from portal_app.eherkenning import Level, SubjectKind

ACCESS_TOKEN = "access-token-of-the-test"
KVK = "90004701"


@cache
def rsa_key(kid: str) -> RSAKey:
    """Make a key that may sign; the same one for the same name."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"}, private=True)


def ec_key(kid: str) -> ECKey:
    """Make a key of the other kind that may sign."""
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig"}, private=True)


@dataclass
class Issuer:
    """What the broker publishes, and what it answers to a code."""

    keys: list[Key] = field(default_factory=lambda: [rsa_key("first")])
    metadata: dict[str, Any] = field(default_factory=dict)
    token_status: int = 200
    answer: dict[str, Any] = field(default_factory=dict)
    body: bytes | None = None
    asked: list[httpx.Request] = field(default_factory=list)
    published: list[dict[str, Any]] | None = None  # in place of the keys
    now: int = 0

    def claims(self, reference: str, **changed: Any) -> dict[str, Any]:
        """Return what a good token of this try claims; None takes a claim out."""
        said = {
            "iss": oidc.issuer(),
            "sub": "somebody",
            "aud": "vakpoort",
            "exp": self.now + 300,
            "iat": self.now,
            "auth_time": self.now,
            "nonce": oidc._secrets(reference).nonce,
            "acr": Level.EH3.value,
            "namequalifier": SubjectKind.KVK.value,
            "urn:etoegang:core:LegalSubjectID": KVK,
            "urn:etoegang:core:ActingSubjectID": "PERSON@COMPANY",
            **changed,
        }
        return {name: value for name, value in said.items() if value is not None}

    def signed(self, claims: dict[str, Any], *, key: Key | None = None, **header: Any) -> str:
        """Sign claims with the first key, unless told otherwise."""
        by = key or self.keys[0]
        heading = {"alg": "RS256", "kid": by.kid, **header}
        told = {name: value for name, value in heading.items() if value is not None}
        return jwt.encode(
            told, claims, by, algorithms=["RS256", "PS256", "ES256", "HS256", "RS512"]
        )

    def gives(self, id_token: str, **more: Any) -> None:
        """Answer the next code with this token."""
        self.answer = {
            "id_token": id_token,
            "access_token": ACCESS_TOKEN,
            "token_type": "Bearer",
            **more,
        }

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Answer as a broker."""
        self.asked.append(request)
        issuer = oidc.issuer()
        match request.url.path:
            case path if path.endswith("/.well-known/openid-configuration"):
                return httpx.Response(
                    200,
                    json={
                        "issuer": issuer,
                        "authorization_endpoint": _beside(issuer, "/auth"),
                        "token_endpoint": _beside(issuer, "/token"),
                        "jwks_uri": _beside(issuer, "/jwks"),
                        **self.metadata,
                    },
                )
            case "/jwks":
                own = [key.as_dict(private=False) for key in self.keys]
                return httpx.Response(200, json={"keys": self.published or own})
            case _ if self.body is not None:
                return httpx.Response(self.token_status, content=self.body)
            case _:
                return httpx.Response(self.token_status, json=self.answer)


def _beside(issuer: str, path: str) -> str:
    return str(httpx.URL(issuer).join(path))


def written(header: dict[str, Any], claims: dict[str, Any], sign: Callable[[bytes], bytes]) -> str:
    """Write a token by hand, with any signature at all: libraries refuse to make a bad one."""
    body = ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
    return f"{body}.{_encoded(sign(body.encode()))}"


def rsa_signature(key: RSAPrivateKey) -> Callable[[bytes], bytes]:
    """Sign as RS256 does, with a key of any length."""
    return lambda body: key.sign(body, PKCS1v15(), SHA256())


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


def half_hash(value: str) -> str:
    """Return the `at_hash` of an access token."""
    return _encoded(hashlib.sha256(value.encode()).digest()[:16])
