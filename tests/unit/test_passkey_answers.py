"""Whatever a stranger sends as a passkey is refused, and never more than that."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webauthn.helpers import bytes_to_base64url

from portal_app.adapters import passkeys
from portal_app.adapters.passkeys import PasskeyRefused
from tests.harness.authenticator import Authenticator

CHALLENGE = bytes_to_base64url(bytes(32))
ANOTHER = bytes_to_base64url(bytes([1] * 32))
OPTIONS = json.dumps({"challenge": CHALLENGE})
MADE = Authenticator()
NEW = MADE.make(OPTIONS)
KEPT = passkeys.new_one(NEW, CHALLENGE)
PROOF = MADE.prove(OPTIONS)
_JUNK = st.one_of(
    st.binary(max_size=300).map(bytes_to_base64url),
    st.text(max_size=60),
    st.none(),
    st.integers(),
    st.lists(st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3),
)
_PARTS = (
    "id",
    "rawId",
    "type",
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
)


def changed(answer: str, part: str, junk: Any) -> str:
    read = json.loads(answer)
    (read if part in read else read["response"])[part] = junk
    return json.dumps(read)


def proven(answer: str, challenge: str = CHALLENGE) -> int:
    return passkeys.proven(
        answer, challenge, public_key=KEPT.public_key, sign_count=KEPT.sign_count
    )


def test_what_a_device_says_is_believed_as_it_was_said():
    assert passkeys.named_in(NEW) == (CHALLENGE, KEPT.credential_id)
    assert proven(PROOF) == 2


def test_another_challenge_is_not():
    for refused in (lambda: passkeys.new_one(NEW, ANOTHER), lambda: proven(PROOF, ANOTHER)):
        with pytest.raises(PasskeyRefused):
            refused()


@given(st.sampled_from(_PARTS), _JUNK)
def test_a_changed_answer_is_refused_or_says_the_same(part: str, junk: Any):
    new, proof = changed(NEW, part, junk), changed(PROOF, part, junk)
    for ask in (
        lambda: passkeys.named_in(new),
        lambda: passkeys.new_one(new, CHALLENGE),
        lambda: proven(proof),
    ):
        try:
            said = ask()
        except PasskeyRefused:
            continue
        assert said in ((CHALLENGE, KEPT.credential_id), (CHALLENGE, junk), KEPT, 2)


@given(st.text(max_size=400))
def test_text_that_is_no_answer_is_refused(text: str):
    for ask in (
        lambda: passkeys.named_in(text),
        lambda: passkeys.new_one(text, CHALLENGE),
        lambda: proven(text),
    ):
        with pytest.raises(PasskeyRefused):
            ask()
