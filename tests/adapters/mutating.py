"""Ways to spoil a good token, or the answer around it."""

import base64
import hmac
from collections.abc import Callable
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc.jwk import Key, OctKey, RSAKey

from tests.harness.issuer import (
    Issuer,
    rsa_key,
    rsa_signature,
    written,
)

Mutation = Callable[[Issuer, str], None]


def claims(**changed: Any) -> Mutation:
    """Change claims and sign them rightly."""
    return lambda issuer, of: issuer.gives(issuer.signed(issuer.claims(of, **changed)))


def moment(name: str, seconds: int) -> Mutation:
    """Move a time of the token and sign it rightly."""
    return lambda issuer, of: issuer.gives(
        issuer.signed(issuer.claims(of, **{name: issuer.now + seconds}))
    )


def header(key: Callable[[Issuer], Key] | None = None, **changed: Any) -> Mutation:
    """Change the header, or sign with another key."""

    def mutate(issuer: Issuer, of: str) -> None:
        by = key(issuer) if key else None
        issuer.gives(issuer.signed(issuer.claims(of), key=by, **changed))

    return mutate


def rewritten(change: Callable[[str], str]) -> Mutation:
    """Change a good token as it is written."""
    return lambda issuer, of: issuer.gives(change(issuer.signed(issuer.claims(of))))


def by_hand(heading: dict[str, Any], signature: bytes = b"") -> Mutation:
    """Write a token without a signature that is one."""
    return lambda issuer, of: issuer.gives(
        written(heading, issuer.claims(of), lambda _body: signature)
    )


def answer(status: int = 200, body: bytes | None = None, **changed: Any) -> Mutation:
    """Change the answer around a good token."""

    def mutate(issuer: Issuer, of: str) -> None:
        issuer.gives(issuer.signed(issuer.claims(of)))
        issuer.answer = {k: v for k, v in (issuer.answer | changed).items() if v is not None}
        issuer.token_status, issuer.body = status, body

    return mutate


def published(**changed: Any) -> Mutation:
    """Change what the broker publishes around a good token."""

    def mutate(issuer: Issuer, of: str) -> None:
        issuer.gives(issuer.signed(issuer.claims(of)))
        issuer.metadata = changed

    return mutate


@cache
def impostor(kid: str) -> Key:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"}, private=True)


def public_key_as_secret(issuer: Issuer, of: str) -> None:
    public = issuer.keys[0].as_pem(private=False)
    heading = {"alg": "HS256", "kid": "first"}
    issuer.gives(
        written(heading, issuer.claims(of), lambda body: hmac.digest(public, body, "sha256"))
    )


def client_secret(issuer: Issuer, of: str) -> None:
    key = OctKey.import_key("a secret of more than thirty-two signs")
    issuer.gives(issuer.signed(issuer.claims(of), key=key, alg="HS256", kid="first"))


def short_key(issuer: Issuer, of: str) -> None:
    key = rsa.generate_private_key(65537, 1024)  # noqa: S505  # what is to be refused
    numbers = key.public_key().public_numbers()
    named = {"kty": "RSA", "kid": "short", "use": "sig"}
    issuer.published = [named | {"n": _number(numbers.n), "e": _number(numbers.e)}]
    heading = {"alg": "RS256", "kid": "short"}
    issuer.gives(written(heading, issuer.claims(of), rsa_signature(key)))


def _number(value: int) -> str:
    raw = value.to_bytes((value.bit_length() + 7) // 8)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def part_to_understand(issuer: Issuer, of: str) -> None:
    heading = {"alg": "RS256", "kid": "first", "crit": ["who"], "who": "knows"}
    sign = rsa_signature(issuer.keys[0].private_key)
    issuer.gives(written(heading, issuer.claims(of), sign))


def key_for_encryption(issuer: Issuer, of: str) -> None:
    token = issuer.signed(issuer.claims(of))
    issuer.keys[0] = type(issuer.keys[0]).import_key(
        issuer.keys[0].as_dict(private=True) | {"use": "enc"}
    )
    issuer.gives(token)


def two_keys_of_one_name(issuer: Issuer, of: str) -> None:
    issuer.gives(issuer.signed(issuer.claims(of)))
    issuer.keys.append(impostor("first"))


def no_name_among_two_keys(issuer: Issuer, of: str) -> None:
    issuer.gives(issuer.signed(issuer.claims(of), kid=None))
    issuer.keys.append(rsa_key("second"))


def no_keys(issuer: Issuer, of: str) -> None:
    issuer.gives(issuer.signed(issuer.claims(of)))
    issuer.keys = []


def another_try(issuer: Issuer, of: str) -> None:
    del of
    issuer.gives(issuer.signed(issuer.claims("ZZZZZZZZ99")))


def flipped(token: str, at: int) -> str:
    head, payload, signature = token.split(".")
    raw = bytearray(base64.urlsafe_b64decode(signature + "=="))
    raw[at] ^= 1
    return f"{head}.{payload}.{base64.urlsafe_b64encode(bytes(raw)).decode().rstrip('=')}"


def other_payload(token: str) -> str:
    head, payload, signature = token.split(".")
    raw = base64.urlsafe_b64decode(payload + "==").replace(b"90004701", b"90004702")
    return f"{head}.{base64.urlsafe_b64encode(raw).decode().rstrip('=')}.{signature}"
