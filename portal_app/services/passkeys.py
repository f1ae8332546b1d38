"""Passkeys: making one, naming it, taking it away, and proving with it who one is."""

import base64
import secrets
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import and_, col, or_, select, update

from portal_app.adapters import passkeys, secret_keys
from portal_app.adapters.passkeys import PasskeyRefused
from portal_app.brand import brand
from portal_app.errors import NotFound, Refused, Text
from portal_app.models import Account, Owed, Passkey, PasskeyChallenge, PasskeyUse
from portal_app.needs import Owing, ProvenLately, SignedIn
from portal_app.services import factors, recovery_codes
from portal_app.unit_of_work import Work, use_case

CHALLENGE_LIVES = timedelta(minutes=5)
UNDONE_WITHIN = timedelta(minutes=10)
AT_MOST = 10
_CHALLENGE_BYTES = 32
_HANDLE_BYTES = 32
_REFUSED = Refused(Text("errors.passkey_wrong"))


@use_case(ProvenLately(Owing(Owed.FACTOR)), writes=True)
def begin_adding(work: Work) -> str | Refused:
    """Give what the browser needs to make a passkey."""
    account = work.session.get_one(Account, work.person_id)
    known = _credentials(work, account.person_id)
    if len(known) >= AT_MOST:
        return Refused(Text("errors.passkey_not_offered"))
    return passkeys.asking_for_a_new_one(
        _challenge(work, PasskeyUse.ADD),
        portal=brand.portal_name,
        handle=secret_keys.derive("passkey", account.person_id, length=_HANDLE_BYTES),
        account=account.email,
        known=known,
    )


@use_case(ProvenLately(Owing(Owed.FACTOR)), writes=True)
def add(work: Work, *, answer: str, name: str) -> tuple[str, ...] | Refused:
    """Keep the passkey that a browser has made; without a name it is called after the browser.

    Returns recovery codes when the person has none; nothing more when they do.
    """
    account = factors.locked(work)
    try:
        challenge, _ = passkeys.named_in(answer)
        if not _use_up(work, PasskeyUse.ADD, challenge):
            return Refused(Text("errors.passkey_too_late"))
        made = passkeys.new_one(answer, challenge)
    except PasskeyRefused:
        return _REFUSED
    kept = Passkey(
        person_id=account.person_id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        name=name or work.browser.device or "Passkey",
        made_at=work.real_now,
    )
    try:
        with work.session.begin_nested():
            work.session.add(kept)
    except IntegrityError:  # somebody has it already
        return _REFUSED
    factors.tell(work, account, "passkey_added")
    factors.settle(work)
    return recovery_codes.made_first(work, account)


@use_case(SignedIn, writes=True)
def rename(work: Work, *, passkey_id: int, name: str) -> None:
    """Call a passkey of one's own something else.

    Raises:
        NotFound: it is not one of this person's.
    """
    own = _own(work, passkey_id)
    own.name = name
    work.session.add(own)
    work.note("factors.passkey_renamed", about=("passkey", own.id))


@use_case(ProvenLately(SignedIn), writes=True)
def remove(work: Work, *, passkey_id: int) -> Refused | None:
    """Take a passkey of one's own away.

    Raises:
        NotFound: it is not one of this person's, or was taken away before.
    """
    account = factors.locked(work)
    own = _own(work, passkey_id)
    refused = factors.refuse_last(work)
    if refused is not None:
        return refused
    own.ended_at = work.real_now
    work.session.add(own)
    work.session.flush()
    if not factors.number_of(work, account.person_id):
        recovery_codes.end_all(work, account.person_id)
    factors.tell(work, account, "passkey_removed")
    return None


@use_case(ProvenLately(SignedIn), writes=True)
def restore(work: Work, *, passkey_id: int) -> tuple[str, ...]:
    """Take a passkey back that was just taken away; doing so twice does nothing more.

    Returns recovery codes when the person has none, as when it was added.

    Raises:
        NotFound: it is not one of this person's, or went too long ago.
    """
    account = factors.locked(work)
    own = work.session.get(Passkey, passkey_id)
    if own is None or own.person_id != account.person_id:
        raise NotFound
    if own.ended_at is None:
        return ()
    if own.ended_at < work.real_now - UNDONE_WITHIN:
        raise NotFound
    own.ended_at = None
    work.session.add(own)
    work.session.flush()
    factors.tell(work, account, "passkey_restored")
    return recovery_codes.made_first(work, account)


def end_all(work: Work, person_id: int) -> None:
    """End the passkeys of a person."""
    work.session.exec(
        update(Passkey)
        .where(col(Passkey.person_id) == person_id, col(Passkey.ended_at).is_(None))
        .values(ended_at=work.real_now)
    )


@use_case(Owing(Owed.PROOF), writes=True)
def begin_proving(work: Work) -> str:
    """Give what the browser needs to prove that it has a passkey of the person."""
    known = _credentials(work, work.person_id)
    return passkeys.asking_for_a_proof(_challenge(work, PasskeyUse.PROVE), known=known)


def shown(work: Work, person_id: int, answer: str) -> bool:
    """Tell whether the browser proved to have a passkey of the person; its challenge is used up."""
    try:
        challenge, credential_id = passkeys.named_in(answer)
        own = work.session.exec(
            select(Passkey).where(
                Passkey.person_id == person_id,
                Passkey.credential_id == credential_id,
                col(Passkey.ended_at).is_(None),
            )
        ).first()
        if not _use_up(work, PasskeyUse.PROVE, challenge) or own is None:
            return False
        count = passkeys.proven(
            answer, challenge, public_key=own.public_key, sign_count=own.sign_count
        )
    except PasskeyRefused:
        return False
    counted = work.session.exec(
        update(Passkey)
        .where(
            col(Passkey.id) == own.id,
            col(Passkey.ended_at).is_(None),
            or_(col(Passkey.sign_count) < count, and_(col(Passkey.sign_count) == 0, count == 0)),
        )
        .values(sign_count=count, used_at=work.real_now)
    )
    return bool(counted.rowcount)


def _challenge(work: Work, use: PasskeyUse) -> str:
    drawn = base64.urlsafe_b64encode(secrets.token_bytes(_CHALLENGE_BYTES)).decode().rstrip("=")
    work.session.add(
        PasskeyChallenge(
            browser_session_id=work.actor.session_id or 0,
            use=use,
            challenge=drawn,
            expires_at=work.real_now + CHALLENGE_LIVES,
        )
    )
    return drawn


def _use_up(work: Work, use: PasskeyUse, challenge: str) -> bool:
    used = work.session.exec(
        update(PasskeyChallenge)
        .where(
            col(PasskeyChallenge.challenge) == challenge,
            col(PasskeyChallenge.browser_session_id) == work.actor.session_id,
            col(PasskeyChallenge.use) == use,
            col(PasskeyChallenge.used_at).is_(None),
            col(PasskeyChallenge.expires_at) > work.real_now,
        )
        .values(used_at=work.real_now)
    )
    return bool(used.rowcount)


def _credentials(work: Work, person_id: int) -> list[str]:
    return [one.credential_id for one in factors.passkeys_of(work, person_id)]


def _own(work: Work, passkey_id: int) -> Passkey:
    own = work.session.get(Passkey, passkey_id)
    if own is None or own.person_id != work.person_id or own.ended_at is not None:
        raise NotFound
    return own
