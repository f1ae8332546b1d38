"""For every use case: somebody who may do it, with arguments that work.

It shows that the matrix asks questions that have an answer, and it is what the matrix takes
apart: each value in turn is replaced by what is SOUTH's, or by junk.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from portal_app.models import Salutation, StepKind, TradeRegister
from portal_app.permissions import Role
from portal_app.reading_candidate_titles import Layout
from portal_app.reading_candidates import ImportedCandidate, ImportedLink, ParsedImport
from portal_app.reading_payment_codes import CodeFilter, CodeListing
from portal_app.services.accounts import NewPersonalAccount
from portal_app.services.candidate_filters import CandidateFilter
from portal_app.services.inviting import NewInvitation
from portal_app.services.organisations import OrganisationNumber
from portal_app.services.outbox import ClaimedMail
from portal_app.services.profile import ProfileChange
from portal_app.services.registration import NewAccount
from tests.security.isolation.written import World

Arguments = Callable[[World], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Right:
    """Who may, with what. `kept` are arguments that no browser chooses, each with why."""

    asker: str
    arguments: Arguments = lambda _: {}
    kept: Mapping[str, str] = field(default_factory=dict)
    answers_nothing: str = ""  # why it neither answers nor changes anything in this world
    demo_door: bool = False  # for whoever tries demo mode, and outside the database
    stays_inside: str = ""  # why nobody over the network reads the answer


_PROVEN = "the route has just compared the password"
_KEY = "the route makes it; it is the secret of the browser's own cookie"
_SENT = "every mail of this world was sent"
_HASH = "the route makes it"
BEARER = "whoever holds a code that can be used may use it: that is what it is for"


def _number(_: World) -> OrganisationNumber:
    return OrganisationNumber(TradeRegister.KVK, "90004711", "")


def _claimed(world: World) -> Mapping[str, Any]:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    number = world.first("north", "outbox_mail")
    mail = ClaimedMail(number, "m", "t", "password_changed", "nl", "{}", None, at, 1, at)
    return {"mail": mail, "answer": "250"}


def _imported(world: World) -> ParsedImport:
    day = date(2026, 1, 5)
    code = world.codes_of_organisations["north"]
    row = ImportedCandidate(
        *(2, "", "Nora", "", "Claes", _NEW_MAIL, None),
        (ImportedLink(code, "import", day),),
        *("vakmanschap-co", "Monteur Service & Onderhoud", "", day, None, ()),
    )
    return ParsedImport((row,), (), Layout({}))


_STEPS = tuple(
    (kind, "")
    for kind in (
        StepKind.REGISTRATION,
        StepKind.THEORY_TEST,
        StepKind.PRACTICAL_EXAM,
        StepKind.CERTIFICATE,
    )
)
_MANAGER, _STAFF, _VISITOR, _SELF = "north.manager", "fund.staff", "visitor", "north.manager"
_NEW_MAIL = "nieuw@voorbeeld.example"

RIGHT_PEOPLE: dict[str, Right] = {
    "accounts.provide": Right(
        _STAFF,
        lambda w: {
            "wanted": NewPersonalAccount(
                *("Nora", "", "Claes", _NEW_MAIL, "nora1", "nl", Role.USER),
                *(_number(w), "Nieuw BV", "geheim", "hash"),
            )
        },
    ),
    "candidate_import.import_candidates": Right(_STAFF, lambda w: {"parsed": _imported(w)}),
    "candidate_import.known": Right(_STAFF),
    "candidate_exports.begin": Right(
        _MANAGER, lambda _: {"wanted": CandidateFilter(), "query": "", "file": "xlsx"}
    ),
    "candidate_exports.rows": Right(
        _MANAGER,
        lambda _: {"wanted": CandidateFilter(), "steps": _STEPS},
        {"steps": "the route takes them from what `begin` returned"},
    ),
    "candidate_page.frame": Right(_MANAGER),
    "candidate_page.page": Right(_MANAGER, lambda _: {"wanted": CandidateFilter()}),
    "candidate_record.neighbours": Right(
        _MANAGER,
        lambda w: {
            "enrolment_id": w.first("north", "enrolment"),
            "organisation_id": w.organisation("north"),
            "wanted": CandidateFilter(),
        },
    ),
    "candidate_record.record": Right(
        _MANAGER,
        lambda w: {
            "enrolment_id": w.first("north", "enrolment"),
            "organisation_id": w.organisation("north"),
        },
    ),
    "candidates.needing_attention": Right(_MANAGER),
    "candidates.overview": Right(_MANAGER, lambda _: {"wanted": CandidateFilter()}),
    "candidates.tabs": Right(_MANAGER),
    "caught_mail.clear": Right(_VISITOR, answers_nothing="no mail was caught", demo_door=True),
    "caught_mail.inbox": Right(_VISITOR, demo_door=True),
    "caught_mail.one": Right(
        _VISITOR,
        lambda _: {"number": "1"},
        answers_nothing="no mail was caught",
        demo_door=True,
    ),
    "demo_clock.move": Right(_VISITOR, lambda _: {"hours": 0}, demo_door=True),
    "demo_clock.read": Right(_VISITOR, demo_door=True),
    "demo_clock.reset": Right(_VISITOR, demo_door=True),
    "grants.end": Right(
        _STAFF, lambda w: {"grant_id": w.first("north", "access_grant"), "reason": "weg"}
    ),
    "grants.give": Right(
        _STAFF,
        lambda w: {
            "email": w.emails["north.user"],
            "organisation_id": w.organisation("north"),
            "role": Role.TRUSTED_CONTACT,
        },
    ),
    "home.attention": Right(_MANAGER),
    "home.figures": Right(_MANAGER),
    "home.usable_codes": Right(_MANAGER),
    "home.myself": Right(_SELF, lambda w: {"organisation_id": w.organisation("north")}),
    "insights.insights": Right(_MANAGER),
    "invitations.accept": Right("nobody.candidate"),
    "invitation_list.overview": Right(_STAFF),
    "invitations.ask_for_another": Right(
        "nobody.candidate",
        lambda w: {"code": w.codes["north.invitation.expired"]},
        {"code": "whoever was invited may ask for another"},
    ),
    "invitations.asker_is_signed_in": Right(_SELF),
    "invitations.forget": Right("nobody.invited"),
    "invitations.present": Right(
        "nobody.candidate",
        lambda w: {"code": w.codes["north.invitation.open"]},
        {"code": BEARER},
    ),
    "invitations.waiting": Right("nobody.invited"),
    "inviting.invite": Right(
        _STAFF,
        lambda w: {"wanted": NewInvitation(_number(w), "Nieuw BV", Role.USER, _NEW_MAIL)},
    ),
    "inviting.send_again": Right(
        _STAFF, lambda w: {"invitation_id": w.first("north", "invitation")}
    ),
    "inviting.withdraw": Right(_STAFF, lambda w: {"invitation_id": w.first("north", "invitation")}),
    "links.count_unlinked": Right(_MANAGER),
    "links.restore": Right(
        _MANAGER, lambda w: {"link_ids": (w.ids("north", "organisation_link")[3],)}
    ),
    "links.to_unlink": Right(
        _MANAGER, lambda w: {"link_ids": (w.first("north", "organisation_link"),)}
    ),
    "links.unlink": Right(
        _MANAGER,
        lambda w: {"link_ids": (w.first("north", "organisation_link"),), "reason": "weg"},
    ),
    "links.unlinked": Right(_MANAGER),
    "organisations.find": Right(
        _STAFF,
        lambda w: {
            "number": OrganisationNumber(
                TradeRegister.KVK,
                w.organisations["north"].number,
                w.organisations["north"].unit,
            )
        },
    ),
    "organisations.mine": Right(_SELF),
    "outbox.claim": Right("portal", answers_nothing=_SENT),
    "outbox.deferred": Right("portal", _claimed, answers_nothing=_SENT),
    "outbox.refused": Right("portal", _claimed, answers_nothing=_SENT),
    "outbox.released": Right(
        "portal", lambda w: {"mails": [_claimed(w)["mail"]]}, answers_nothing=_SENT
    ),
    "outbox.sent": Right("portal", _claimed, answers_nothing=_SENT),
    "own_activity.lately": Right(_SELF),
    "passwords.change": Right(
        _SELF,
        lambda _: {"password_hash": "hash", "new_key": "k" * 64},
        {"new_key": _KEY, "password_hash": _HASH},
    ),
    "passwords.own": Right(_SELF),
    "payment_code_frame.frame": Right(_MANAGER, lambda _: {}),
    "payment_codes.begin_export": Right(
        _MANAGER, lambda _: {"wanted": CodeFilter(), "file": "xlsx"}
    ),
    "payment_codes.copied": Right(
        _MANAGER, lambda w: {"code_id": w.first("north", "payment_code")}
    ),
    "payment_codes.copy_batch": Right(_MANAGER, lambda w: {"number": w.batch("north")}),
    "payment_codes.export": Right(_MANAGER, lambda _: {"wanted": CodeFilter()}),
    "payment_codes.overview": Right(_MANAGER, lambda _: {"listing": CodeListing()}),
    "profile.cancel_address": Right(_SELF),
    "profile.choose_language": Right(_SELF, lambda _: {"locale": "fr"}),
    "profile.confirm_address": Right(_SELF, lambda _: {"code": "123456"}),
    "profile.own": Right(_SELF),
    "profile.save": Right(
        _SELF, lambda _: {"change": ProfileChange(Salutation.MRS, "Nora", "", "Claes", "nora1")}
    ),
    "profile.send_code_again": Right(_SELF),
    "redeeming.redeem": Right(
        "nobody.candidate",
        lambda w: {"code": w.codes["north.usable"], "profile_id": w.profile.key},
        {"code": BEARER},
    ),
    "registration.change_address": Right("nobody.invited"),
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
        "nobody.invited", lambda _: {"email": _NEW_MAIL, "locale": "nl"}
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
"""By module and name; a use case that is missing here fails the matrix."""
