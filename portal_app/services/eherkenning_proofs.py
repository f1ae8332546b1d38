"""What a mandate stands for, and who becomes manager by it."""

from sqlmodel import col, select

from portal_app.adapters import secret_keys
from portal_app.adapters.mandates import Mandate
from portal_app.eherkenning import Outcome, SubjectKind
from portal_app.models import Basis, EherkenningProof, Grant, Organisation, TradeRegister
from portal_app.permissions import Role
from portal_app.services import (
    access_limits,
    consents,
    eherkenning_letters,
    grants,
    proven_applications,
)
from portal_app.settings import SecondProof, settings
from portal_app.unit_of_work import Work

MANAGERS = (Role.MAIN_ACCESS_MANAGER, Role.CO_MAIN_ACCESS_MANAGER)
REPRESENTED = (
    Outcome.ADMIN,
    Outcome.CO_MANAGER,
    Outcome.ASKED,
    Outcome.ALREADY,
    Outcome.SUSPENDED,
    Outcome.MANAGERS_FULL,
)
"""The outcomes for a company that the fund knows, the best one first."""

_GIVES = {Outcome.ADMIN: Role.MAIN_ACCESS_MANAGER, Outcome.CO_MANAGER: Role.CO_MAIN_ACCESS_MANAGER}


def represented(
    work: Work, kind: SubjectKind, number: str, branch: str, *, lock: bool = False
) -> list[Organisation]:
    """Find what a mandate stands for: a branch, or the whole company with its branches."""
    by_number = Organisation.number if kind is SubjectKind.KVK else Organisation.rsin
    wanted = (
        select(Organisation)
        .where(
            Organisation.trade_register == TradeRegister.KVK,
            by_number == number,
            col(Organisation.closed_at).is_(None),
        )
        .order_by(col(Organisation.id))
    )
    if branch:
        wanted = wanted.where(Organisation.unit == branch)
    # Two who prove the same company at once take turns.
    return list(work.session.exec(wanted.with_for_update() if lock else wanted))


def become_manager(
    work: Work, mandate: Mandate, stands_for: list[Organisation]
) -> tuple[Outcome, int | None]:
    """Make the person manager of what a mandate stands for; return how, and the proof if kept."""
    for one in stands_for:
        access_limits.take(work, one.key)
    outcomes = {one.key: _outcome_at(work, one.key) for one in stands_for}
    best = next(one for one in REPRESENTED if one in outcomes.values())
    asked = [one for one in stands_for if outcomes[one.key] is Outcome.ASKED]
    is_news = best in _GIVES or any(not consents.is_asked(work, one.key) for one in asked)
    if not is_news and not _is_told_by_another(work, best, mandate):
        return best, None
    proof = _keep(work, mandate)
    consents.ask(work, asked, proof)
    for outcome, role in _GIVES.items():
        given = [
            one
            for one in stands_for
            if outcomes[one.key] is outcome
            and grants.add(work, work.person_id, one.key, role, Basis.EHERKENNING, proof.id)
        ]
        if given:
            eherkenning_letters.tell(work, work.person_id, given, role, mandate.level)
            consents.drop(work, given)
            proven_applications.settle(work, work.person_id, given)
    return best, proof.id


def _outcome_at(work: Work, organisation_id: int) -> Outcome:
    managers = work.session.exec(
        select(Grant).where(
            Grant.organisation_id == organisation_id,
            col(Grant.role).in_(MANAGERS),
            col(Grant.ended_at).is_(None),
        )
    ).all()
    mine = [one for one in managers if one.person_id == work.person_id]
    if any(one.suspended_at is None for one in mine):
        return Outcome.ALREADY
    if mine or grants.is_held_back(work, work.person_id, organisation_id):
        return Outcome.SUSPENDED
    if not any(one.role is Role.MAIN_ACCESS_MANAGER for one in managers):
        return Outcome.ADMIN
    has_room = access_limits.has_room(work, organisation_id, Role.CO_MAIN_ACCESS_MANAGER, "")
    if not has_room:
        return Outcome.MANAGERS_FULL
    is_asked = settings.second_proof is SecondProof.CONSENT
    return Outcome.ASKED if is_asked else Outcome.CO_MANAGER


def _is_told_by_another(work: Work, best: Outcome, mandate: Mandate) -> bool:
    """Tell whether somebody else acted than when this account proved the same before (W-22)."""
    if best not in (Outcome.ALREADY, Outcome.ASKED):
        return False
    known = work.session.exec(
        select(EherkenningProof.id).where(
            EherkenningProof.person_id == work.person_id,
            EherkenningProof.subject == mandate.number,
            EherkenningProof.acting_digest == _acting_digest(mandate),
        )
    ).first()
    return known is None


def _keep(work: Work, mandate: Mandate) -> EherkenningProof:
    proof = EherkenningProof(
        person_id=work.person_id,
        issuer=mandate.issuer,
        subject_kind=mandate.kind,
        subject=mandate.number,
        branch=mandate.branch,
        acting_digest=_acting_digest(mandate),
        level=mandate.level,
        authenticated_at=mandate.authenticated_at,
        proven_at=work.real_now,
        token=secret_keys.seal("eherkenning proof", mandate.token),
    )
    work.session.add(proof)
    work.session.flush()
    return proof


def _acting_digest(mandate: Mandate) -> str:
    return secret_keys.keyed_digest("eherkenning acting", mandate.acting_subject)
