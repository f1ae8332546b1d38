"""For every use case: somebody who may do it, with arguments that work.

It shows that the matrix asks questions that have an answer, and it is what the matrix takes
apart: each value in turn is replaced by what is SOUTH's, or by junk.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from portal_app.models import StepKind, TradeRegister
from portal_app.permissions import Right as PortalRight
from portal_app.permissions import Role
from portal_app.reading_candidate_titles import Layout
from portal_app.reading_candidates import ImportedCandidate, ImportedLink, ParsedImport
from portal_app.reading_payment_codes import CodeFilter, CodeListing
from portal_app.services import outbox
from portal_app.services.accounts import NewPersonalAccount
from portal_app.services.candidate_filters import CandidateFilter
from portal_app.services.company_accounts import NewCompanyAccount
from portal_app.services.inviting import NewInvitation
from portal_app.services.organisations import OrganisationNumber
from portal_app.services.outbox import ClaimedMail
from tests.harness.stopped_clock import NOW
from tests.security.isolation.right_access import RIGHT_ACCESS
from tests.security.isolation.right_accounts import NUMBER, RIGHT_ACCOUNTS
from tests.security.isolation.right_applications import RIGHT_APPLICATIONS
from tests.security.isolation.right_company_data import RIGHT_COMPANY_DATA
from tests.security.isolation.rights import BEARER, NEW_MAIL, Right
from tests.security.isolation.written import World

_SENT = "every mail of this world was sent"


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
        *(2, "", "Nora", "", "Claes", NEW_MAIL, None),
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

RIGHT_PEOPLE: dict[str, Right] = {
    **RIGHT_ACCESS,
    **RIGHT_ACCOUNTS,
    **RIGHT_APPLICATIONS,
    **RIGHT_COMPANY_DATA,
    "accounts.provide": Right(
        _STAFF,
        lambda w: {
            "wanted": NewPersonalAccount(
                *("Nora", "", "Claes", NEW_MAIL, "nora1", "nl", Role.USER),
                *(_number(w), "Nieuw BV", "geheim", "hash"),
            )
        },
    ),
    "company_accounts.make": Right(
        _STAFF,
        lambda _: {
            "wanted": NewCompanyAccount(
                *(OrganisationNumber.belgian("1999000744", "Luik"), "Nieuw BV"),
                *("Nora", "", "Claes", NEW_MAIL, "nl", NUMBER, "nora2", "geheim", "hash"),
            )
        },
    ),
    "company_account_list.overview": Right(_STAFF),
    "company_accounts.withdraw": Right(
        _STAFF, lambda w: {"company_account_id": w.first("north", "company_account")}
    ),
    "activation_codes.ask_for": Right(
        _STAFF, lambda w: {"company_account_id": w.first("north", "company_account")}
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
    "inactive_codes.make_active": Right(
        _STAFF, lambda w: {"code_id": w.ids("north", "payment_code")[4]}
    ),
    "inactive_codes.make_batch_inactive": Right(
        _STAFF, lambda w: {"number": w.batch("north"), "reason": "weg"}
    ),
    "inactive_codes.make_inactive": Right(
        _STAFF, lambda w: {"code_id": w.first("north", "payment_code"), "reason": "weg"}
    ),
    "inactive_codes.to_make_inactive": Right(
        _STAFF, lambda w: {"code_id": w.first("north", "payment_code")}
    ),
    "inactive_codes.undo_batch_inactive": Right(
        _STAFF, lambda w: {"number": w.batch("north"), "made_at": NOW}
    ),
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
    "invitations.over": Right("nobody.invited", answers_nothing="it can be redeemed"),
    "invitations.present": Right(
        "nobody.candidate",
        lambda w: {"code": w.codes["north.invitation.open"]},
        {"code": BEARER},
    ),
    "invitations.waiting": Right("nobody.invited"),
    "inviting.invite": Right(
        _STAFF,
        lambda w: {"wanted": NewInvitation(_number(w), "Nieuw BV", Role.USER, NEW_MAIL)},
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
    "reasons.of_tiles": Right(_MANAGER, lambda w: {"organisation_id": w.organisation("north")}),
    "reasons.way_in": Right(
        "north.manager",
        lambda w: {"right": PortalRight.ACCESS_SEE, "organisation_id": w.organisation("north")},
    ),
    "outbox.claim": Right("portal", answers_nothing=_SENT),
    "outbox.deferred": Right("portal", _claimed, answers_nothing=_SENT),
    "outbox.refused": Right("portal", _claimed, answers_nothing=_SENT),
    "outbox.released": Right(
        "portal", lambda w: {"mails": [_claimed(w)["mail"]]}, answers_nothing=_SENT
    ),
    "outbox.sent": Right("portal", _claimed, answers_nothing=_SENT),
    "outbox.unclaimed": Right(
        "portal", lambda _: {"until": outbox.next_lease()}, answers_nothing=_SENT
    ),
    "own_activity.lately": Right(_SELF),
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
    "redeeming.redeem": Right(
        "nobody.candidate",
        lambda w: {"code": w.codes["north.usable"], "profile_id": w.profile.key},
        {"code": BEARER},
    ),
}
"""By module and name; a use case that is missing here fails the matrix."""
