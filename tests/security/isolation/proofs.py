"""What the world's browsers prove with: codes that were mailed, and temporary passwords."""

from datetime import datetime, timedelta

from portal_app import clock
from portal_app.adapters import codes
from portal_app.models import BrowserSession, ChallengePurpose, EmailChallenge, PasswordReset
from portal_app.services.password_reset import withdrawal_digest
from tests.factories.writing import write
from tests.harness.stopped_clock import NOW
from tests.security.isolation.written import World


def challenge(
    browser: BrowserSession, purpose: ChallengePurpose, verified_at: datetime | None = None
) -> EmailChallenge:
    """Mail a code to a browser's address, or let it have been typed already."""
    now = clock.real_now()
    return write(
        EmailChallenge(
            browser_session_id=browser.key,
            purpose=purpose,
            email="",
            code_digest="",
            sent_at=now - timedelta(minutes=5),
            expires_at=now + timedelta(hours=1),
            tries_left=5,
            verified_at=verified_at,
        )
    )


def temporary_password(world: World, owner: str) -> None:
    """Let the manager have asked for a temporary password, which waits in a mailbox."""
    key = codes.withdrawal_key()
    world.codes[f"{owner}.withdrawal"] = key
    write(
        PasswordReset(
            person_id=world.people[f"{owner}.manager"].key,
            password_digest="",
            withdrawal_digest=withdrawal_digest(key),
            asked_at=NOW - timedelta(hours=1),
            expires_at=NOW + timedelta(hours=23),
        )
    )
