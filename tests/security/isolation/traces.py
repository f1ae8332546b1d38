"""What the people of an organisation leave behind that nobody else there reads."""

from datetime import timedelta

from portal_app import clock
from portal_app.eherkenning import Level, SubjectKind
from portal_app.models import (
    AuditEvent,
    BrowserSession,
    ChallengePurpose,
    EherkenningProof,
    EherkenningTry,
    MailState,
    OutboxMail,
    PasskeyChallenge,
    PasskeyUse,
    Person,
)
from tests import factories
from tests.factories import NOW, write
from tests.security.isolation.proofs import challenge, temporary_password
from tests.security.isolation.written import World


def leave_traces(owner: str, world: World) -> None:
    """Write what nobody of the organisation reads: mails, proofs of addresses, audit."""
    organisation, manager = world.organisations[owner], world.people[f"{owner}.manager"]
    write(
        OutboxMail(
            message_id="",
            cause="",
            to="",
            template="password_changed",
            locale="nl",
            values="",
            about="invitation",
            about_id=world.first(owner, "invitation"),
            state=MailState.SENT,
            created_at=NOW,
            next_try_at=NOW,
            give_up_at=NOW,
        )
    )
    mine = next(row for row in factories.all_of(BrowserSession) if row.person_id == manager.id)
    with world.stamping.of(owner, persona=f"{owner}.manager"):
        challenge(mine, ChallengePurpose.CHANGE)
        temporary_password(world, owner)
        _tries(world, owner, mine, manager)
        factories.make_app(manager)
        factories.make_recovery_code(manager)
        factories.make_passkey(manager)
        # It may be put back whenever the matrix asks: portals run on the machine's clock.
        factories.make_passkey(manager, ended_at=NOW + timedelta(days=3650))
        _challenge(mine)
    write(
        AuditEvent(
            at=NOW,
            actor="person",
            actor_id=manager.id,
            organisation_id=organisation.id,
            action="payment_codes.seen",
        )
    )
    write(
        AuditEvent(
            at=NOW,
            actor="person",
            actor_id=manager.id,
            action="profile.saved",
            about="person",
            about_id=manager.id,
        )
    )


def _challenge(browser: BrowserSession) -> None:
    """Let the portal have asked for a passkey."""
    write(
        PasskeyChallenge(
            browser_session_id=browser.key,
            use=PasskeyUse.PROVE,
            challenge="",
            expires_at=clock.real_now() + timedelta(minutes=5),
        )
    )


def _tries(world: World, owner: str, browser: BrowserSession, person: Person) -> None:
    """Write a proof, a try on the way out and one that just came back."""
    now = clock.real_now()
    proof = EherkenningProof(
        person_id=person.key,
        issuer="",
        subject_kind=SubjectKind.KVK,
        subject="",
        acting_digest="",
        level=Level.EH3,
        authenticated_at=now,
        proven_at=now,
        token="",
    )
    write(proof)
    for name, returned_at in (("out", None), ("back", now)):
        made = write(
            EherkenningTry(
                reference="",
                browser_session_id=browser.key,
                person_id=person.key,
                started_at=now,
                expires_at=now + timedelta(hours=1),
                returned_at=returned_at,
            )
        )
        world.tries[f"{owner}.{name}"] = made.reference
