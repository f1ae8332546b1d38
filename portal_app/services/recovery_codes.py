"""Ten codes on paper, for whoever has lost the rest; each works once."""

from sqlmodel import col, update

from portal_app.adapters import codes
from portal_app.adapters.secret_keys import keyed_digest
from portal_app.errors import Refused, Text
from portal_app.models import Account, BrowserSession, RecoveryCode
from portal_app.needs import ProvenLately, SignedIn
from portal_app.services import factors
from portal_app.services.sign_in import arrival
from portal_app.unit_of_work import Work, use_case

ON_A_SHEET = 10


@use_case(ProvenLately(SignedIn), writes=True)
def renew(work: Work) -> tuple[str, ...] | Refused:
    """Make ten new codes; the old ones open nothing any more."""
    account = factors.locked(work)
    if not factors.number_of(work, account.person_id):
        return Refused(Text("errors.no_factor"))
    factors.tell(work, account, "codes_made")
    return made(work, account)


@use_case(SignedIn, writes=True)
def kept(work: Work) -> str:
    """Write down that the codes were put away; tell where somebody was going before."""
    account = work.session.get_one(Account, work.person_id)
    browser = work.session.get_one(BrowserSession, work.actor.session_id)
    work.note("factors.codes_kept", about=("person", account.person_id))
    return arrival(work, browser, account)


def made(work: Work, account: Account) -> tuple[str, ...]:
    """Make ten codes in place of what a person had; only their digests stay."""
    end_all(work, account.person_id)
    drawn = tuple(codes.recovery_code() for _ in range(ON_A_SHEET))
    for code in drawn:
        digest = _digest(account.person_id, code)
        work.session.add(
            RecoveryCode(person_id=account.person_id, digest=digest, made_at=work.real_now)
        )
    return drawn


def made_first(work: Work, account: Account) -> tuple[str, ...]:
    """Make ten codes for whoever has none that works; nothing for anybody else."""
    return () if factors.codes_left(work, account.person_id) else made(work, account)


def end_all(work: Work, person_id: int) -> None:
    """End the codes of a person."""
    work.session.exec(
        update(RecoveryCode)
        .where(col(RecoveryCode.person_id) == person_id, col(RecoveryCode.ended_at).is_(None))
        .values(ended_at=work.real_now)
    )


def use(work: Work, person_id: int, code: str) -> bool:
    """Use a code up; False when it is not one of the person's, or was used before."""
    used = work.session.exec(
        update(RecoveryCode)
        .where(
            col(RecoveryCode.person_id) == person_id,
            col(RecoveryCode.digest) == _digest(person_id, code),
            col(RecoveryCode.used_at).is_(None),
            col(RecoveryCode.ended_at).is_(None),
        )
        .values(used_at=work.real_now)
    )
    return bool(used.rowcount)


def _digest(person_id: int, code: str) -> str:
    return keyed_digest("recovery code", f"{person_id}|{code}")
