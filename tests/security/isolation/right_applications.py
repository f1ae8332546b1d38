"""As `right_use_cases`, for applications."""

from collections.abc import Mapping
from typing import Any

from portal_app.adapters import codes
from portal_app.applications import ApplicationKind
from portal_app.permissions import Role
from portal_app.services.access_applications import AskedAccess
from portal_app.services.activation_codes import AskedCodes
from portal_app.services.address_applications import AskedAddress
from portal_app.services.organisations import OrganisationNumber
from tests.factories.people import TRAINING_PROVIDER
from tests.security.isolation.rights import BEARER, NEW_MAIL, Arguments, Right
from tests.security.isolation.written import World

_STAFF, _VISITOR = "fund.staff", "visitor"


def key_of(world: World, name: str, purpose: str) -> str:
    """Return the key that NORTH was mailed for one of its applications."""
    return codes.application_key(world.applications[f"north.{name}"], purpose)


def _named(name: str, **more: Any) -> Arguments:
    def arguments(world: World) -> Mapping[str, Any]:
        return {"number": world.applications[f"north.{name}"], "version": 1, **more}

    return arguments


def _checking(world: World) -> Mapping[str, Any]:
    return {**_named("check", how="Gebeld.")(world), "person_id": world.people["north.user"].key}


RIGHT_APPLICATIONS: dict[str, Right] = {
    "access_applications.ask": Right(
        _VISITOR,
        lambda _: {
            "asked": AskedAccess(
                OrganisationNumber.belgian("1999000249", "Limburg"),
                *("Nieuw BV", "Straat 1", "3500", "Hasselt", "Nora", "Claes", "zaakvoerder"),
                *(NEW_MAIL, "+3225550100", "", "nl"),
            )
        },
    ),
    "access_applications.evidence": Right(
        _STAFF, lambda w: {"number": w.applications["north.grant"]}
    ),
    "access_applications.grant": Right(
        _STAFF,
        _named("grant", role=Role.TRUSTED_CONTACT),
        answers_nothing="nobody signs in with the address that was drawn for it",
    ),
    "access_applications.invite": Right(_STAFF, _named("invite", role=Role.TRUSTED_CONTACT)),
    "company_applications.ask_capacity": Right(
        "north.main",
        lambda w: {
            "organisation_id": w.organisation("north"),
            "capacity": TRAINING_PROVIDER,
            "why": "Nodig.",
        },
    ),
    "company_applications.ask_role": Right(
        "north.contact",
        lambda w: {
            "organisation_id": w.organisation("north"),
            "role": Role.REGISTRATION_MANAGER,
            "why": "Nodig.",
        },
    ),
    "company_applications.capacities_to_ask": Right(
        "north.main", lambda w: {"organisation_id": w.organisation("north")}
    ),
    "company_applications.roles_to_ask": Right(
        "north.contact", lambda w: {"organisation_id": w.organisation("north")}
    ),
    "company_outcomes.evidence": Right(_STAFF, lambda w: {"number": w.applications["north.give"]}),
    "company_outcomes.give": Right(_STAFF, _named("give")),
    "company_outcomes.switch_on": Right(_STAFF, _named("switch_on")),
    "entered_applications.enter_access": Right(
        _STAFF,
        lambda _: {
            "asked": AskedAccess(
                OrganisationNumber.belgian("1999000249", "Limburg"),
                *("Ander BV", "Straat 1", "3500", "Hasselt", "Nora", "Claes", "zaakvoerder"),
                *(NEW_MAIL, "+3225550100", "", "nl"),
            )
        },
    ),
    "entered_applications.enter_address": Right(
        _STAFF,
        lambda _: {
            "asked": AskedAddress(
                ApplicationKind.ADDRESS_CHANGED, "Nel", "Claes", NEW_MAIL, "nl", NEW_MAIL
            )
        },
    ),
    "entered_applications.enter_capacity": Right(
        _STAFF,
        lambda w: {
            "person_id": w.people["north.main"].key,
            "organisation_id": w.organisation("north"),
            "capacity": TRAINING_PROVIDER,
            "why": "Nodig.",
        },
        answers_nothing="it is not established that this person calls",
    ),
    "entered_applications.enter_lost_factor": Right(
        _STAFF,
        lambda w: {"person_id": w.people["north.user"].key, "phone": "+3225550100"},
        answers_nothing="it is not established that this person calls",
    ),
    "entered_applications.enter_role": Right(
        _STAFF,
        lambda w: {
            "person_id": w.people["north.contact"].key,
            "organisation_id": w.organisation("north"),
            "role": Role.REGISTRATION_MANAGER,
            "why": "Nodig.",
        },
        answers_nothing="it is not established that this person calls",
    ),
    "entered_applications.enter_codes": Right(
        _STAFF,
        lambda _: {
            "asked": AskedCodes(
                "1999000249", "Nel", "Claes", "", NEW_MAIL, "+3225550100", "nl", "85073003328"
            )
        },
    ),
    "entered_applications.start": Right(
        _STAFF, lambda w: {"person_id": w.people["north.user"].key}
    ),
    "identity_checks.agree": Right(_STAFF, _named("agree")),
    "activation_codes.ask": Right(
        _VISITOR,
        lambda _: {
            "asked": AskedCodes(
                "1999000249", "Nora", "Claes", "", NEW_MAIL, "+3225550100", "nl", "85073003328"
            )
        },
    ),
    "address_applications.ask": Right(
        _VISITOR,
        lambda _: {
            "asked": AskedAddress(
                ApplicationKind.ADDRESS_CHANGED, "Nora", "Claes", NEW_MAIL, "nl", NEW_MAIL
            )
        },
    ),
    "identity_checks.check": Right(_STAFF, _checking),
    "address_applications.confirm": Right(
        _VISITOR, lambda w: {"key": key_of(w, "confirm", "confirmation")}, {"key": BEARER}
    ),
    "identity_checks.disagree": Right(_STAFF, _named("disagree", why="Nee.")),
    "address_applications.send_again": Right(_STAFF, _named("send_again")),
    "application_handling.ask_for_more": Right(
        _STAFF, _named("ask", question="call", note="Waar?")
    ),
    "application_handling.go_on": Right(_STAFF, _named("go_on", answer="Daar.")),
    "application_handling.refuse": Right(_STAFF, _named("refuse", reason="identity", note="")),
    "application_handling.take": Right(_STAFF, _named("take")),
    "application_queue.overview": Right(_STAFF),
    "application_queue.to_do": Right(_STAFF),
    "application_record.record": Right(_STAFF, lambda w: {"number": w.applications["north.read"]}),
    "application_record.suspects": Right(
        _STAFF, lambda w: {"number": w.applications["north.agree"]}
    ),
    "application_replies.answer": Right(
        _VISITOR,
        lambda w: {"key": key_of(w, "answer", "timeline"), "text": "Morgen."},
        {"key": BEARER},
    ),
    "application_replies.withdraw": Right(
        _VISITOR, lambda w: {"key": key_of(w, "withdraw", "timeline")}, {"key": BEARER}
    ),
    "application_retention.erase": Right(
        "portal", answers_nothing="nothing was finished so long ago"
    ),
    "own_applications.answer": Right(
        "north.contact",
        lambda w: {"number": w.applications["north.my_answer"], "text": "Morgen."},
        own_application="number",
    ),
    "own_applications.listed": Right("north.contact"),
    "own_applications.one": Right(
        "north.contact", lambda w: {"number": w.applications["north.my_answer"]}
    ),
    "own_applications.withdraw": Right(
        "north.contact",
        lambda w: {"number": w.applications["north.my_withdraw"]},
        own_application="number",
    ),
    "phone_callers.establish": Right(
        _STAFF,
        lambda w: {
            "person_id": w.people["north.user"].key,
            "asked": frozenset({"email", "company"}),
        },
    ),
    "blocking.block": Right(
        _STAFF,
        lambda w: {"person_id": w.people["north.user"].key, "reason": "left"},
        answers_nothing="it is not established that this person calls",
    ),
    "blocking.unblock": Right(
        _STAFF,
        lambda w: {"person_id": w.people["north.user"].key},
        answers_nothing="it is not established that this person calls",
    ),
    "phone_desk.caller": Right(_STAFF, lambda w: {"person_id": w.people["north.user"].key}),
    "phone_desk.company": Right(_STAFF, lambda w: {"organisation_id": w.organisation("north")}),
    "phone_desk.send_invitation": Right(
        _STAFF,
        lambda w: {
            "person_id": w.people["north.user"].key,
            "invitation_id": w.first("north", "invitation"),
        },
        answers_nothing="it is not established that this person calls",
    ),
    "phone_desk.send_password": Right(
        _STAFF,
        lambda w: {"person_id": w.people["north.user"].key},
        answers_nothing="it is not established that this person calls",
    ),
    "phone_search.find": Right(_STAFF, lambda w: {"words": w.organisations["north"].number}),
    "application_timeline.own": Right(
        _VISITOR, lambda w: {"key": key_of(w, "read", "timeline")}, {"key": BEARER}
    ),
}
"""By module and name."""
