"""The shape of our codes, and how they are read out of whatever people paste."""

import html
import re
from dataclasses import dataclass
from urllib.parse import unquote

from portal_app.errors import Text
from portal_app.reading_text import Misread, plain

# Crockford's alphabet: what looks like 0 or 1 is read as 0 or 1.
INVITATION_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
INVITATION_ID_LENGTH = 6
INVITATION_SECRET_LENGTH = 16
VERIFICATION_DIGITS = 6
# The 22 characters of the source's own codes (V-31).
PAYMENT_ALPHABET = "2345678ACDEFGHJPSTUWXZ"
PAYMENT_LENGTH = 16
BATCH_LENGTH = 6
RECOVERY_LENGTH = 10
GROUP = 4

_LOOK_ALIKES = str.maketrans("OILU", "011V")
_MOST_PASTED = 50_000
_LAYERS_OF_ENCODING = 4
_DASHES, _FEWEST_DASHES = 5, 2

_SYMBOL = "[0-9A-Z]"
# A line may end anywhere; a forwarded mail then starts the next one with '>'. Every repeat has a
# bound, so that no pasted text makes the search slow.
_WRAP = r"(?:[ \t]{0,4}=?\r?\n[ \t>|]{0,16})?"
_DASH = rf"[ \t\"'*_]{{0,4}}{_WRAP}-?[ \t\"'*_]{{0,4}}{_WRAP}"


def _symbols(number: int) -> str:
    return f"({_WRAP.join([_SYMBOL] * number)})"


_START = rf"(?<![0-9A-Z])E{_DASH}{_symbols(INVITATION_ID_LENGTH)}{_DASH}"
_INVITATION = re.compile(
    rf"{_START}{_DASH.join([_symbols(GROUP)] * (INVITATION_SECRET_LENGTH // GROUP))}(?![0-9A-Z])",
    re.IGNORECASE,
)
# Of before there were groups; the demo world has one.
_UNGROUPED = re.compile(
    rf"(?<![0-9A-Z])E-({_SYMBOL}{{{INVITATION_ID_LENGTH}}})-({_SYMBOL}{{17,32}})(?![0-9A-Z])",
    re.IGNORECASE,
)
_BARE = re.compile(
    # Without its E only when it cannot be a whole one that lacks its last character.
    rf"(?=.*[0-9])(?:E|(?!E))({_SYMBOL}{{{INVITATION_ID_LENGTH}}})({_SYMBOL}{{{INVITATION_SECRET_LENGTH}}})"
)
_VERIFICATION = re.compile(r"(?<![\d.,/+-])\d{3}[ -]?\d{3}(?![\d.,/-]?\d)")
_NOT_A_SYMBOL = re.compile(r"[^0-9A-Z]")
_SEPARATORS = re.compile(r"[\s\-.,_/#]")


@dataclass(frozen=True, slots=True)
class InvitationCode:
    """An invitation code, read: the part that is kept and the part that only its owner knows."""

    public_id: str
    secret: str

    @property
    def text(self) -> str:
        """Write the code as it is mailed; also what its digest is made of."""
        return f"E-{self.public_id}-{_grouped(self.secret)}"


@dataclass(frozen=True, slots=True)
class LooksLikeVerificationCode:
    """What was pasted for an invitation code is the 6 digits of another mail."""

    code: str


def find_invitation_code(pasted: str) -> InvitationCode | LooksLikeVerificationCode | None:
    """Find the invitation code in a whole mail, a link or something copied not quite right."""
    text = pasted[:_MOST_PASTED]
    for _ in range(_LAYERS_OF_ENCODING):
        if found := _invitation_code_in(plain(text)):
            return found
        decoded = html.unescape(unquote(text.replace("=3D", "=")))
        if decoded == text:
            break
        text = decoded
    digits = _VERIFICATION.search(plain(text))
    return LooksLikeVerificationCode(_SEPARATORS.sub("", digits[0])) if digits else None


def read_invitation_code(typed: str) -> InvitationCode:
    """Read an invitation code, however it was pasted."""
    if not typed.strip():
        raise Misread(Text("errors.invitation_code_empty"))
    match find_invitation_code(typed):
        case InvitationCode() as code:
            return code
        case LooksLikeVerificationCode():
            raise Misread(Text("errors.invitation_code_is_verification_code"))
        case None:
            raise Misread(Text("errors.invitation_code_unknown"))


def read_verification_code(typed: str) -> str:
    """Read the 6 digits of a verification code; a whole pasted mail will do."""
    text = plain(typed)
    bare = _SEPARATORS.sub("", text)
    if not bare:
        raise Misread(Text("errors.code_empty"))
    if re.fullmatch(rf"[0-9]{{{VERIFICATION_DIGITS}}}", bare):
        return bare
    if not bare.isdigit() and (found := _VERIFICATION.search(text)):
        return _SEPARATORS.sub("", found[0])
    entered = sum(map(str.isdigit, bare))
    raise Misread(Text("errors.code_length", {"digits": VERIFICATION_DIGITS, "entered": entered}))


def read_recovery_code(typed: str) -> str:
    """Read a recovery code as it is kept: without its dash, look-alikes made one."""
    bare = _folded(plain(typed))
    if not bare:
        raise Misread(Text("errors.recovery_code_empty"))
    if len(bare) != RECOVERY_LENGTH:
        values = {"length": RECOVERY_LENGTH, "entered": len(bare)}
        raise Misread(Text("errors.recovery_code_length", values))
    return bare


def normalise_payment_code(typed: str) -> str:
    """Write what was typed as a payment code is kept; shorter or longer text stays ungrouped.

    No letter is replaced by another: older codes may hold any of them.
    """
    bare = re.sub(r"[\W_]", "", plain(typed).upper())
    return _grouped(bare) if len(bare) == PAYMENT_LENGTH else bare


def typing_error_hint(typed: str) -> Text | None:
    """Say what may be mistyped in a payment code that was not found; None when nothing shows."""
    bare = normalise_payment_code(typed).replace("-", "")
    if len(bare) != PAYMENT_LENGTH:
        return Text("errors.payment_code_length", {"entered": len(bare)})
    strange = [character for character in bare if character not in PAYMENT_ALPHABET]
    if strange:
        return Text("errors.payment_code_character", {"character": strange[0]})
    if payment_check(bare[:-1]) != bare[-1]:
        return Text("errors.payment_code_typing")
    return None


def payment_check(first: str) -> str | None:
    """Return the check character of the first 15 of a payment code; None when it has none.

    Each place has a weight of its own modulo the prime 23, so that one wrong character and two
    characters in each other's place always show. One rest in 23 has no character: then another
    15 must be drawn.
    """
    prime = len(PAYMENT_ALPHABET) + 1
    total = sum(
        weight * PAYMENT_ALPHABET.index(character) for weight, character in enumerate(first, 1)
    )
    rest = -total * pow(PAYMENT_LENGTH, -1, prime) % prime
    return PAYMENT_ALPHABET[rest] if rest < len(PAYMENT_ALPHABET) else None


def read_batch_number(typed: str) -> str | None:
    """Read the number of a batch of payment codes, with or without its #."""
    bare = _SEPARATORS.sub("", plain(typed)).upper()
    return bare if re.fullmatch(rf"{_SYMBOL}{{{BATCH_LENGTH}}}", bare) else None


def _invitation_code_in(text: str) -> InvitationCode | None:
    for found in _INVITATION.finditer(text):
        if _is_more_than_words(found[0]):
            return _code(found[1], "".join(found.groups()[1:]))
    if found := _UNGROUPED.search(text) or _BARE.fullmatch(_NOT_A_SYMBOL.sub("", text.upper())):
        return _code(found[1], found[2])
    return None


def _is_more_than_words(found: str) -> bool:
    # 'E-mailen niet past deze week' has the shape of a code too.
    dashes = found.count("-")
    in_one_piece = dashes >= _FEWEST_DASHES or found.isalnum()
    return dashes == _DASHES or (in_one_piece and any(map(str.isdigit, found)))


def _code(public_id: str, secret: str) -> InvitationCode:
    return InvitationCode(_folded(public_id), _folded(secret))


def _folded(symbols: str) -> str:
    return _NOT_A_SYMBOL.sub("", symbols.upper()).translate(_LOOK_ALIKES)


def _grouped(symbols: str) -> str:
    return "-".join(symbols[start : start + GROUP] for start in range(0, len(symbols), GROUP))
