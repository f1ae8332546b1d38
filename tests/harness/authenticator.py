"""A device in software that keeps passkeys: what a browser sends of it, right or forged."""

import json
import struct
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, encode_cbor

from portal_app.settings import settings

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40
_ES256 = -7


class Authenticator:
    """One key pair, made for one site, with its count of uses."""

    def __init__(self, *, site: str = "localhost", origin: str = settings.origin) -> None:
        self.site, self.origin, self.count = site, origin, 0
        self.credential = token_bytes(32)
        self._key = ec.generate_private_key(ec.SECP256R1())

    def make(self, options: str, **changes: str) -> str:
        """Answer as a browser does that made a passkey."""
        self.count = 1
        told = self._told("webauthn.create", options, changes)
        seen = encode_cbor({"fmt": "none", "attStmt": {}, "authData": self._data(with_key=True)})
        return self._answer(clientDataJSON=told, attestationObject=seen)

    def prove(self, options: str, **changes: str) -> str:
        """Answer as a browser does that has the passkey."""
        self.count += 1
        told, data = self._told("webauthn.get", options, changes), self._data()
        signature = self._key.sign(data + sha256(told).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=told, authenticatorData=data, signature=signature)

    def _told(self, kind: str, options: str, changes: dict[str, str]) -> bytes:
        asked: dict[str, Any] = json.loads(options)
        said = {"type": kind, "challenge": asked["challenge"], "origin": self.origin}
        return json.dumps({**said, **changes}).encode()

    def _data(self, *, with_key: bool = False) -> bytes:
        flags = _PRESENT | _VERIFIED | (_ATTESTED if with_key else 0)
        head = sha256(self.site.encode()).digest() + struct.pack(">BI", flags, self.count)
        if not with_key:
            return head
        number = self._key.public_key().public_numbers()
        parts = {-2: number.x.to_bytes(32, "big"), -3: number.y.to_bytes(32, "big")}
        public = encode_cbor({1: 2, 3: _ES256, -1: 1, **parts})
        return head + bytes(16) + struct.pack(">H", len(self.credential)) + self.credential + public

    def _answer(self, **parts: bytes) -> str:
        name = bytes_to_base64url(self.credential)
        response = {part: bytes_to_base64url(value) for part, value in parts.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def excluded(options: str) -> list[bytes]:
    """Return the passkeys that a device must not have to make a new one."""
    return [base64url_to_bytes(one["id"]) for one in json.loads(options)["excludeCredentials"]]
