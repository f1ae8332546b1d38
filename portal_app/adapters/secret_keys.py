"""Every secret of ours, derived from one master key file.

The file holds a line `<id> <64 hex digits>` per master key. Values that can be made anew (seals,
passwords) use the last key and carry its id, so that a key is replaced by adding a line. What
must come out the same for ever (digests, derived codes) stays with the first key.
"""

import base64
import binascii
import hmac
import json
import os
import re
import secrets
import stat
import tempfile
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal_app.errors import WrongSetting
from portal_app.settings import settings

KEY_BYTES = 32
NONCE_BYTES = 12

_LINE = re.compile(r"([a-z0-9]{1,16})[ \t]+([0-9a-f]{64})")


class SealBrokenError(Exception):
    """A sealed value was changed, or was sealed with another key or for another purpose."""


def keyed_digest(purpose: str, value: str) -> str:
    """Return the digest under which a secret is kept and found, in hex."""
    key = _sub_key(_first_key_id(), f"digest:{purpose}")
    return hmac.digest(key, value.encode("utf-8", "surrogatepass"), "sha256").hex()


def derive(purpose: str, *parts: str | int, length: int) -> bytes:
    """Derive `length` secret bytes that are always the same for the same parts."""
    # JSON keeps ("ab", "c") and ("a", "bc") apart.
    return _derived(_first_key_id(), json.dumps(["derive", purpose, *parts]), length)


def pepper(purpose: str, key_id: str) -> bytes:
    """Return the key that `key_id` gives for `purpose`; KeyError when there is no such key."""
    return _sub_key(key_id, f"pepper:{purpose}")


def current_key_id() -> str:
    """Return the id of the key that new values are made with."""
    return list(_master_keys(settings.master_key_file))[-1]


def seal(purpose: str, text: str) -> str:
    """Encrypt `text` so that only `open_sealed` with the same purpose reads it."""
    key_id = current_key_id()
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(_sub_key(key_id, f"seal:{purpose}"))
    closed = cipher.encrypt(nonce, text.encode(), key_id.encode())
    return f"{key_id}.{base64.urlsafe_b64encode(nonce + closed).decode()}"


def open_sealed(purpose: str, sealed: str) -> str:
    """Decrypt what `seal` made.

    Raises:
        SealBrokenError: the value is not what was sealed for this purpose.
    """
    key_id, _, encoded = sealed.partition(".")
    try:
        content = base64.b64decode(encoded, altchars=b"-_", validate=True)
        cipher = AESGCM(_sub_key(key_id, f"seal:{purpose}"))
        text = cipher.decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], key_id.encode())
    except (binascii.Error, KeyError, ValueError, InvalidTag) as broken:
        raise SealBrokenError(purpose) from broken
    return text.decode()


def same(left: str, right: str) -> bool:
    """Compare two secrets in a time that tells nothing about where they differ."""
    return hmac.compare_digest(left.encode(), right.encode())


def make_key_file(file: Path) -> None:
    """Make a key file with one key, unless there is one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, written = tempfile.mkstemp(dir=file.parent, prefix=file.name)  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as draft:
            draft.write(f"k1 {secrets.token_hex(KEY_BYTES)}\n")
        # A link, and not a rename: of two processes that start together, the first one wins.
        Path(file).hardlink_to(written)
    except FileExistsError:
        pass
    finally:
        Path(written).unlink()


def check() -> None:
    """Find out before the start whether the master key can be read.

    Raises:
        WrongSetting: it cannot, or others can.
    """
    _master_keys(settings.master_key_file)


def _first_key_id() -> str:
    return next(iter(_master_keys(settings.master_key_file)))


def _sub_key(key_id: str, purpose: str) -> bytes:
    return _derived(key_id, purpose, KEY_BYTES)


def _derived(key_id: str, info: str, length: int) -> bytes:
    master = _master_keys(settings.master_key_file)[key_id]
    return HKDF(SHA256(), length, salt=None, info=f"vakpoort:{info}".encode()).derive(master)


@lru_cache(maxsize=4)
def _master_keys(file: Path) -> dict[str, bytes]:
    try:
        return _found_or_made(file)
    except OSError as refused:
        message = (
            f"The secret file {file} cannot be read ({refused.strerror}): set PORTAL_SECRET_FILE "
            "to a file that the portal may read."
        )
        raise WrongSetting(message) from refused


def _found_or_made(file: Path) -> dict[str, bytes]:
    if not file.exists():
        if not settings.is_demo:
            message = (
                f"The secret file {file} does not exist. Make one with:"
                f' (umask 077; echo "k1 $(openssl rand -hex 32)" > {file})'
            )
            raise WrongSetting(message)
        make_key_file(file)
    keys = _read(file)
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        message = f"Others can read the secret file {file}. Mend it with: chmod 600 {file}"
        raise WrongSetting(message)
    return keys


def _read(file: Path) -> dict[str, bytes]:
    written = file.read_text(encoding="ascii", errors="replace")
    lines = [line for line in written.splitlines() if line.strip()]
    found = [_LINE.fullmatch(line.strip()) for line in lines]
    keys = {match[1]: bytes.fromhex(match[2]) for match in found if match}
    if not lines or len(keys) != len(lines):
        message = f"Every line of the secret file {file} must be an own id and 64 hex digits."
        raise WrongSetting(message)
    return keys
