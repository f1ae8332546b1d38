"""Keep, check and judge passwords.

Hashing takes a third of a second on purpose: call it in a thread pool, never in the event loop.
"""

import base64
import gzip
import hmac
import re
import secrets
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import cast

import bcrypt
from zxcvbn import zxcvbn

from portal_app import password_rules
from portal_app.adapters import secret_keys
from portal_app.errors import Text
from portal_app.names import folded
from portal_app.settings import settings

TEMPORARY_LENGTH = 16
# Without what is hard to tell apart in a mail: 0 O o, 1 I l i, 5 S s, 2 Z z, v V u U w W.
TEMPORARY_ALPHABET = "ABCDEFGHJKLMNPQRTXYabcdefghjkmnpqrtxy346789"
TEMPORARY_SYMBOLS = "!?@*"

# Far above what the rules accept, far below what takes time to normalise.
MOST_READ = 1024
# What zxcvbn refuses to look at; the start of a password that long says enough.
MOST_MEASURED = 72

_COMMON_LIST = Path(__file__).with_name("common_passwords.txt.gz")
_WITH_ANYTHING_AROUND = "*"
_MOST_AROUND = 8
_LEET = str.maketrans("@4310$5!7", "aaeiossit")
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_REPEATED = re.compile(r"(.+?)\1+")


def hash_password(password: str) -> str:
    """Hash `password` for keeping: the id of the pepper, a colon and a bcrypt hash."""
    key_id = secret_keys.current_key_id()
    salt = bcrypt.gensalt(settings.bcrypt_cost)
    return f"{key_id}:{bcrypt.hashpw(_peppered(password, key_id), salt).decode()}"


def verify_password(password: str, stored: str | None) -> bool:
    """Tell whether `password` is the one that `stored` was made of.

    Without a stored hash (an account that does not exist) it takes as long, and says no.
    """
    key_id, _, hashed = (stored or _of_nobody()).partition(":")
    matches = bcrypt.checkpw(_peppered(password, key_id), hashed.encode())
    return matches and stored is not None and len(password) <= MOST_READ


def needs_rehash(stored: str) -> bool:
    """Tell whether `stored` was made with an older key or another cost than new hashes are."""
    return not stored.startswith(f"{secret_keys.current_key_id()}:$2b${settings.bcrypt_cost:02}$")


def weaknesses(
    password: str,
    *,
    names: Iterable[str] = (),
    login: str | None = None,
    previous_hash: str | None = None,
) -> tuple[Text, ...]:
    """List what is wrong with a new password, the most telling first.

    `names` are the given name and the family name without infix. The old password is only
    compared when nothing else is wrong, for that takes as long as a sign-in.
    """
    if not password:
        return (Text("errors.password_empty"),)
    if len(password) > MOST_READ:
        return (_too_long(),)
    kept = password_rules.check(password, password_rules.forbidden_words(names, login))
    lacking = tuple(
        Text(f"errors.lacks_{name}") for name in password_rules.CLASSES if not kept[name]
    )
    wrong: list[Text] = []
    if not kept["shortest"]:
        wrong.append(Text("errors.password_short", {"minimum": password_rules.SHORTEST}))
    if not kept["longest"]:
        wrong.append(_too_long())
    if lacking:
        wrong.append(Text("errors.password_lacks", {"missing": lacking}))
    if not kept["words"]:
        wrong.append(Text("errors.password_name"))
    if is_common(password):
        wrong.append(Text("errors.password_common"))
    if not wrong and previous_hash and verify_password(password, previous_hash):
        wrong.append(Text("errors.password_same"))
    return tuple(wrong)


def is_common(password: str) -> bool:
    """Tell whether `password` is on the list of common passwords, or as good as on it.

    As good as: one piece over and over, a list entry with @ for a and the like, or a word that
    many people use with a few digits and signs around it (Welkom2026!).
    """
    typed = folded(password_rules.normalised(password))
    whole = _one_piece(typed)
    core = _AROUND.sub("", typed)
    around = len(typed) - len(core)
    return (
        len(whole) == 1
        or any(text in _common() for text in {typed, whole, typed.translate(_LEET)})
        or (around <= _MOST_AROUND and _is_everyones_word(core))
    )


def strength(password: str, words: Iterable[str] = ()) -> int:
    """Estimate how hard `password` is to guess, from 0 to 4; shown, never a reason to refuse."""
    if not password:
        return 0
    found = zxcvbn(password_rules.normalised(password)[:MOST_MEASURED], user_inputs=list(words))
    return cast("int", found["score"])


def temporary_password() -> str:
    """Make a password for one use: hard to misread, with one sign somewhere in the middle."""
    letters = [secrets.choice(TEMPORARY_ALPHABET) for _ in range(TEMPORARY_LENGTH - 1)]
    letters.insert(1 + secrets.randbelow(TEMPORARY_LENGTH - 2), secrets.choice(TEMPORARY_SYMBOLS))
    return "".join(letters)


def temporary_digest(person_id: int, typed: str) -> str:
    """Return the digest under which a person's mailed temporary password is kept.

    Spaces do not count: a copied line brings them along. It was drawn, not thought up, so a
    keyed digest does, and signing in compares it without taking longer.
    """
    return secret_keys.keyed_digest("temporary password", f"{person_id}|{_unspaced(typed)}")


def _unspaced(typed: str) -> str:
    return "".join(typed[:MOST_READ].split())


def _peppered(password: str, key_id: str) -> bytes:
    # bcrypt reads 72 bytes at most; 44 remain of any password, none of them zero.
    text = password_rules.normalised(password[:MOST_READ]).encode("utf-8", "surrogatepass")
    mixed = hmac.digest(secret_keys.pepper("password", key_id), text, "sha256")
    return base64.b64encode(mixed)


def _of_nobody() -> str:
    return f"{secret_keys.current_key_id()}:$2b${settings.bcrypt_cost:02}${'.' * 53}"


def _too_long() -> Text:
    return Text("errors.password_long", {"maximum": password_rules.LONGEST})


def _one_piece(text: str) -> str:
    repeated = _REPEATED.fullmatch(text)
    return repeated[1] if repeated else text


def _is_everyones_word(core: str) -> bool:
    return any(
        f"{_one_piece(text)}{_WITH_ANYTHING_AROUND}" in _common()
        for text in (core, core.translate(_LEET))
    )


@cache
def _common() -> frozenset[str]:
    with gzip.open(_COMMON_LIST, "rt", encoding="utf-8") as lines:
        return frozenset(line.rstrip("\n") for line in lines)
