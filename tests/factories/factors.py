"""Second ways to prove who one is, and what an app would show."""

from datetime import datetime
from secrets import token_urlsafe

from portal_app import clock
from portal_app.adapters import codes, secret_keys, totp
from portal_app.models import AuthenticatorApp, Passkey, Person, RecoveryCode
from tests.factories.writing import LONG_AGO, write


def make_app(person: Person, *, last_step: int = 0) -> str:
    """Give a person an app that is in use; return its secret, for `code_of`."""
    secret = totp.new_secret()
    write(
        AuthenticatorApp(
            person_id=person.key,
            secret=secret_keys.seal(f"authenticator app {person.key}", secret),
            begun_at=LONG_AGO,
            confirmed_at=LONG_AGO,
            last_step=last_step,
        )
    )
    return secret


def make_recovery_code(person: Person) -> str:
    """Give a person one more recovery code, and return it."""
    code = codes.recovery_code()
    digest = secret_keys.keyed_digest("recovery code", f"{person.key}|{code}")
    write(RecoveryCode(person_id=person.key, digest=digest, made_at=LONG_AGO))
    return code


def make_passkey(person: Person, *, ended_at: datetime | None = None) -> Passkey:
    """Give a person a passkey on a device that nobody has."""
    return write(
        Passkey(
            person_id=person.key,
            credential_id=token_urlsafe(32),
            public_key=token_urlsafe(77),
            sign_count=1,
            name="Laptop",
            made_at=LONG_AGO,
            ended_at=ended_at,
        )
    )


def code_of(secret: str, at: datetime | None = None, *, steps: int = 0) -> str:
    """Return what an app shows, now or so many half minutes away."""
    moment = at or clock.real_now()
    step = int(moment.timestamp()) // totp.STEP_SECONDS + steps
    return totp.code_at(secret.replace(" ", ""), step)
