"""As `right_use_cases`, for getting into one's own account and what one does there."""

from datetime import UTC, date, datetime

from portal_app.adapters.mandates import Mandate
from portal_app.eherkenning import Level, Outcome, SubjectKind
from portal_app.models import Salutation
from portal_app.services.profile import ProfileChange
from portal_app.services.registration import NewAccount
from tests.security.isolation.rights import BEARER, NEW_MAIL, Right
from tests.security.isolation.written import World

_PROVEN = "the route has just compared the password"
_KEY = "the route makes it; it is the secret of the browser's own cookie"
_HASH = "the route makes it"
_MANDATE = "the broker proved it to the route"
_VISITOR, _SELF = "visitor", "north.manager"
NUMBER = "85073003328"


def _mandate(world: World) -> Mandate:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    number = world.organisations["north"].number
    return Mandate("i", SubjectKind.KVK, number, "", "a", Level.EH3, at, "token")


RIGHT_ACCOUNTS: dict[str, Right] = {
    "activation.activate": Right(
        "north.appointed",
        lambda _: {"password_hash": "hash", "national_number": NUMBER, "new_key": "k" * 64},
        {"new_key": _KEY, "password_hash": _HASH},
    ),
    "activation.is_of_the_appointed": Right(
        "north.appointed", lambda _: {"national_number": NUMBER}
    ),
    "authenticator_apps.begin": Right(_SELF),
    "authenticator_apps.confirm": Right("north.contact", lambda _: {"code": "123456"}),
    "authenticator_apps.remove": Right(_SELF),
    "eherkenning.begin": Right(_SELF),
    "eherkenning.come_back": Right(_SELF, lambda w: {"reference": w.tries["north.out"]}),
    "eherkenning.drop_wish": Right("nobody.invited"),
    "eherkenning.fail": Right(
        _SELF,
        lambda w: {"reference": w.tries["north.back"], "outcome": Outcome.CANCELLED},
        {"outcome": "the route words it"},
    ),
    "eherkenning.is_wished": Right("nobody.invited"),
    "eherkenning.result": Right(_SELF, lambda w: {"reference": w.tries["north.back"]}),
    "eherkenning.settle": Right(
        _SELF,
        lambda w: {"reference": w.tries["north.back"], "mandate": _mandate(w)},
        {"mandate": _MANDATE},
    ),
    "eherkenning.wish": Right(_VISITOR),
    "factor_proofs.by_app": Right(
        _SELF, lambda _: {"code": "123456", "new_key": "k" * 64}, {"new_key": _KEY}
    ),
    "factor_proofs.by_passkey": Right(
        _SELF, lambda _: {"answer": "{}", "new_key": "k" * 64}, {"new_key": _KEY}
    ),
    "factor_proofs.by_password": Right("north.contact"),
    "factor_proofs.by_recovery_code": Right(
        _SELF, lambda _: {"code": "7K3QMPX9TD", "new_key": "k" * 64}, {"new_key": _KEY}
    ),
    "factor_proofs.ways": Right(_SELF),
    "factors.own": Right(_SELF),
    "lost_factors.ask": Right(_SELF, lambda _: {"phone": "+3225550100"}),
    "passkeys.add": Right(_SELF, lambda _: {"answer": "{}", "name": "Laptop"}),
    "passkeys.begin_adding": Right(_SELF),
    "passkeys.begin_proving": Right(_SELF),
    "passkeys.remove": Right(_SELF, lambda w: {"passkey_id": w.first("north", "passkey")}),
    "passkeys.restore": Right(_SELF, lambda w: {"passkey_id": w.ids("north", "passkey")[1]}),
    "passkeys.rename": Right(
        _SELF, lambda w: {"passkey_id": w.first("north", "passkey"), "name": "Laptop"}
    ),
    "password_reset.ask": Right(
        _VISITOR,
        lambda w: {"email": w.emails["north.user"]},
        {"email": "anybody may ask for anybody: the mail goes to its owner alone"},
    ),
    "password_reset.withdraw": Right(
        _VISITOR, lambda w: {"key": w.codes["north.withdrawal"]}, {"key": BEARER}
    ),
    "password_reset_by_code.choose": Right(
        "nobody.proven",
        lambda _: {"password_hash": "hash", "new_key": "k" * 64},
        {"new_key": _KEY, "password_hash": _HASH},
    ),
    "password_reset_by_code.proven": Right(
        "nobody.proven", stays_inside="the route judges the new password by it"
    ),
    "password_reset_by_code.send_code": Right(
        "nobody.invited", lambda w: {"email": w.emails["north.user"]}
    ),
    "password_reset_by_code.standing": Right("nobody.invited"),
    "password_reset_by_code.start_again": Right("nobody.proven"),
    "password_reset_by_code.verify_code": Right("nobody.invited", lambda _: {"code": "123456"}),
    "passwords.change": Right(
        _SELF,
        lambda _: {"password_hash": "hash", "new_key": "k" * 64},
        {"new_key": _KEY, "password_hash": _HASH},
    ),
    "passwords.own": Right(_SELF),
    "profile.cancel_address": Right(_SELF),
    "profile.choose_language": Right(_SELF, lambda _: {"locale": "fr"}),
    "start_page.choose": Right(_SELF, lambda _: {"page": "payment_codes"}),
    "start_page.offered": Right(_SELF),
    "profile.confirm_address": Right(_SELF, lambda _: {"code": "123456"}),
    "profile.own": Right(_SELF),
    "profile.ask_address": Right(_SELF, lambda _: {"email": "nieuw@north.example"}),
    "profile.save": Right(
        _SELF, lambda _: {"change": ProfileChange(Salutation.MRS, "Nora", "", "Claes", "nora1")}
    ),
    "profile.send_code_again": Right(_SELF),
    "recovery_codes.kept": Right(_SELF),
    "recovery_codes.renew": Right(_SELF),
    "registration.change_address": Right("nobody.invited"),
    "registration.keep_address": Right("nobody.invited"),
    "registration.keep_draft": Right("nobody.invited", lambda _: {"draft": {"given_name": "Nora"}}),
    "registration.register": Right(
        "nobody.invited",
        lambda _: {
            "form": NewAccount("Nora", "", "Claes", date(1990, 1, 1), "hash", "nl"),
            "new_key": "k" * 64,
        },
        {"new_key": _KEY},
    ),
    "registration.send_code": Right(
        "nobody.invited", lambda _: {"email": NEW_MAIL, "locale": "nl"}
    ),
    "registration.standing": Right("nobody.invited"),
    "registration.verify_code": Right(
        "nobody.invited", lambda _: {"code": "123456", "locale": "nl"}
    ),
    "sessions.devices": Right(_SELF),
    "sessions.end_device": Right(
        _SELF, lambda w: {"device_id": w.first("north", "browser_session")}
    ),
    "sessions.end_other_devices": Right(_SELF, answers_nothing="there is one device"),
    "sessions.facts": Right(
        _SELF,
        lambda w: {"session_keys": [w.sessions["north.manager"]]},
        {"session_keys": _KEY},
        stays_inside="the gate asks it",
    ),
    "sessions.leave_to_another": Right(_SELF, lambda _: {"new_key": "f" * 64}, {"new_key": _KEY}),
    "sessions.sign_out": Right(_SELF),
    "sessions.touch": Right(
        _SELF,
        lambda w: {"session_key": w.sessions["north.manager"]},
        {"session_key": _KEY},
        answers_nothing="it was used this minute",
    ),
    "sign_in.begin": Right(
        _VISITOR,
        lambda w: {"person_id": w.people["north.manager"].key, "new_key": "k" * 64},
        {"person_id": _PROVEN, "new_key": _KEY},
    ),
    "sign_in.credentials": Right(
        _VISITOR,
        lambda w: {"login": w.emails["north.manager"]},
        {"login": "the route compares the password with what it returns"},
        stays_inside="the route compares the password with it",
    ),
    "sign_in.failed": Right(
        _VISITOR,
        lambda w: {"person_id": w.people["north.manager"].key},
        {"person_id": "the route has found it"},
    ),
}
"""By module and name."""
