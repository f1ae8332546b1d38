"""Passkeys: what a browser is asked, and whether its answer holds (WebAuthn)."""

import json
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal_app.settings import settings

_LONGEST = 20_000
_NAME = re.compile(r"[A-Za-z0-9_-]{1,1400}")
_UNREADABLE = (  # whatever a stranger may send
    WebAuthnException,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    struct.error,
)
_PATIENCE = 300_000  # milliseconds, as long as the challenge lives


class PasskeyRefused(Exception):
    """What the browser gave proves nothing."""


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """A key pair that a device has just made."""

    credential_id: str
    public_key: str
    sign_count: int


def site() -> str:
    """Return the name by which passkeys know the portal: the host that people type."""
    return urlsplit(settings.origin).hostname or ""


def asking_for_a_new_one(
    challenge: str, *, portal: str, handle: bytes, account: str, known: Sequence[str]
) -> str:
    """Write what a browser needs to make a passkey, on no device that has one of these already.

    `handle` is what a device keeps to tell people apart, and says nothing of who it is.
    """
    options = webauthn.generate_registration_options(
        rp_id=site(),
        rp_name=portal,
        user_id=handle,
        user_name=account,
        challenge=base64url_to_bytes(challenge),
        timeout=_PATIENCE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_described(known),
    )
    return webauthn.options_to_json(options)


def asking_for_a_proof(challenge: str, *, known: Sequence[str]) -> str:
    """Write what a browser needs to prove that it has one of the passkeys."""
    options = webauthn.generate_authentication_options(
        rp_id=site(),
        challenge=base64url_to_bytes(challenge),
        timeout=_PATIENCE,
        allow_credentials=_described(known),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return webauthn.options_to_json(options)


def named_in(answer: str) -> tuple[str, str]:
    """Return the challenge and the passkey that an answer names; nothing of it is proven.

    Raises:
        PasskeyRefused: it is not an answer of a browser.
    """
    try:
        read = json.loads(answer[:_LONGEST])
        client = parse_client_data_json(base64url_to_bytes(read["response"]["clientDataJSON"]))
        challenge, name = bytes_to_base64url(client.challenge), read["id"]
        is_name = _NAME.fullmatch(name)
    except _UNREADABLE as unreadable:
        raise PasskeyRefused from unreadable
    if not is_name:
        raise PasskeyRefused
    return challenge, name


def new_one(answer: str, challenge: str) -> NewPasskey:
    """Check a passkey that was made for `challenge` on a page of ours.

    Raises:
        PasskeyRefused: it was made for something else, or it is no passkey.
    """
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site(),
            expected_origin=settings.origin,
        )
    except _UNREADABLE as wrong:
        raise PasskeyRefused from wrong
    return NewPasskey(
        bytes_to_base64url(made.credential_id),
        bytes_to_base64url(made.credential_public_key),
        made.sign_count,
    )


def proven(answer: str, challenge: str, *, public_key: str, sign_count: int) -> int:
    """Check that the device signed `challenge` on a page of ours; return its new count.

    Raises:
        PasskeyRefused: it did not, or its count goes back: then there are two of it.
    """
    try:
        checked = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site(),
            expected_origin=settings.origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=sign_count,
        )
    except _UNREADABLE as wrong:
        raise PasskeyRefused from wrong
    return checked.new_sign_count


def _described(known: Sequence[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known]
