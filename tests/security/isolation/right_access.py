"""For every use case about who manages access: somebody who may do it, with what."""

from portal_app.permissions import Role
from portal_app.services.appointing import Appointment
from portal_app.services.capacity_parameters import Parameters, TaskRoute
from portal_app.suspension import SuspensionReason
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER, TRAINING_PROVIDER
from tests.security.isolation.rights import NEW_MAIL, Right
from tests.security.isolation.written import World

_MAIN, _STAFF = "north.main", "fund.staff"
_NAMES = {"given_name": "Nora", "infix": "", "family_name": "Claes"}
_BY_NUMBER = {"number": "whoever knows the public number of a company may ask and write"}


def _local(world: World) -> int:
    """Return the grant of the access manager, who was written before three others."""
    return world.ids("north", "access_grant")[-4]


def _paused(world: World) -> int:
    """Return the grant that is suspended, which was written after it."""
    return world.ids("north", "access_grant")[-3]


def _appointment(world: World) -> int:
    return world.ids("north", "invitation")[-1]


def _taken_away(world: World) -> int:
    """Return the grant that a manager took away, the last one that was written."""
    return world.ids("north", "access_grant")[-1]


RIGHT_ACCESS: dict[str, Right] = {
    "access_list.managed": Right(_MAIN),
    "access_list.overview": Right(_MAIN, lambda w: {"organisation_id": w.organisation("north")}),
    "access_queue.queue": Right(_STAFF),
    "access_review_rounds.begin": Right("portal", answers_nothing="no role is a year old"),
    "access_review_rounds.remind": Right("portal", answers_nothing="no day is near"),
    "access_reviews.close": Right(
        _MAIN, lambda w: {"review_id": w.first("north", "access_review")}
    ),
    "access_reviews.evidence": Right(
        _MAIN, lambda w: {"review_id": w.first("north", "access_review")}
    ),
    "access_reviews.keep": Right(_MAIN, lambda w: {"item_id": w.first("north", "review_item")}),
    "access_reviews.reviews": Right(_MAIN, lambda w: {"organisation_id": w.organisation("north")}),
    "appointing.appoint": Right(
        _MAIN,
        lambda w: {
            "wanted": Appointment(
                *(w.organisation("north"), Role.USER, EMPLOYER, NEW_MAIL, "Nora", "", "Claes")
            )
        },
    ),
    "appointing.end": Right(_MAIN, lambda w: {"grant_id": _local(w)}),
    "appointing.leave": Right(
        "north.manager",
        lambda w: {"grant_id": w.first("north", "access_grant")},
        own_grant="grant_id",
    ),
    "appointing.send_again": Right(_MAIN, lambda w: {"invitation_id": _appointment(w)}),
    "appointing.withdraw": Right(_MAIN, lambda w: {"invitation_id": _appointment(w)}),
    "appointing.what_ends": Right(_MAIN, lambda w: {"grant_id": _local(w)}),
    "capacities.activate": Right(
        _MAIN, lambda w: {"organisation_id": w.organisation("north"), "capacity": EMPLOYER}
    ),
    "capacities.approve": Right(
        _STAFF,
        lambda w: {
            "organisation_id": w.organisation("north"),
            "capacity": TRAINING_PROVIDER,
            "reason": "erkend",
        },
    ),
    "capacities.end": Right(
        _MAIN,
        lambda w: {
            "organisation_id": w.organisation("north"),
            "capacity": CANDIDATE_FOLLOWING,
            "reason": "weg",
            "version": 1,
        },
    ),
    "capacities.what_ends": Right(
        _MAIN,
        lambda w: {"organisation_id": w.organisation("north"), "capacity": CANDIDATE_FOLLOWING},
    ),
    "capacity_parameters.parameters_of": Right(
        _MAIN,
        lambda w: {"organisation_id": w.organisation("north"), "capacity": CANDIDATE_FOLLOWING},
    ),
    "capacity_parameters.set_parameters": Right(
        _MAIN,
        lambda w: {
            "organisation_id": w.organisation("north"),
            "capacity": CANDIDATE_FOLLOWING,
            "wanted": Parameters(tasks_to=TaskRoute.EVERYBODY),
        },
    ),
    "consents.accept": Right(
        _MAIN, lambda w: {"application_id": w.questions["north.consent"], "version": 1}
    ),
    "consents.refuse": Right(
        _MAIN,
        lambda w: {
            "application_id": w.questions["north.refuse_consent"],
            "version": 1,
            "why": "Onbekend.",
        },
    ),
    "consents.waiting": Right(_MAIN, lambda w: {"organisation_id": w.organisation("north")}),
    "handover.name_successor": Right(
        _MAIN,
        lambda w: {
            "organisation_id": w.organisation("north"),
            "email": NEW_MAIL,
            **_NAMES,
            "locale": "nl",
        },
    ),
    "role_changes.change": Right(
        _MAIN,
        lambda w: {"grant_id": _local(w), "role": Role.USER, "capacity": CANDIDATE_FOLLOWING},
    ),
    "role_changes.choices": Right(_MAIN, lambda w: {"grant_id": _local(w)}),
    "role_changes.give_back": Right(_MAIN, lambda w: {"grant_id": _taken_away(w)}),
    "role_changes.taken_away": Right(_MAIN, lambda w: {"organisation_id": w.organisation("north")}),
    "suspensions.mine": Right(_MAIN, answers_nothing="no role of theirs is suspended"),
    "suspensions.resume": Right(_MAIN, lambda w: {"grant_id": _paused(w)}),
    "suspensions.suspend": Right(
        _MAIN, lambda w: {"grant_id": _local(w), "why": SuspensionReason.ABSENT}
    ),
    "suspensions.to_suspend": Right(_MAIN, lambda w: {"grant_id": _local(w)}),
    "who_manages.look_up": Right(
        "visitor", lambda w: {"number": w.organisations["north"].number}, _BY_NUMBER
    ),
    "who_manages.write_to": Right(
        "visitor",
        lambda w: {
            "number": w.organisations["north"].number,
            "unit": "",
            "sender": "Nora Claes",
            "email": NEW_MAIL,
            "message": "Mag ik toegang?",
        },
        _BY_NUMBER,
    ),
}
