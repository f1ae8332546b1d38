"""As `right_calls`, for applications and the phone desk."""

from tests.factories.people import TRAINING_PROVIDER
from tests.security.isolation.right_applications import key_of
from tests.security.isolation.right_calls_of_entering import ENTERING
from tests.security.isolation.right_portal import Call

_STAFF, _VISITOR = "fund.staff", "visitor"


def _handled(name: str, *, refused: str = "", **more: str) -> Call:
    """Return what staff post about an application that is in the state for it."""
    return Call(
        _STAFF,
        lambda w: {"number": w.applications[f"north.{name}"], "version": "1", **more},
        refused=refused,
    )


APPLICATION_CALLS: dict[str, Call] = {
    "POST /formulieren/aanvraag/antwoorden": Call(
        _VISITOR,
        lambda w: {"code": key_of(w, "answer", "timeline"), "answer": "Morgen."},
        kept=("code",),
    ),
    "POST /formulieren/aanvraag/intrekken": Call(
        _VISITOR, lambda w: {"code": key_of(w, "withdraw", "timeline")}, kept=("code",)
    ),
    "POST /formulieren/aanvragen/antwoorden": Call(
        "north.contact",
        lambda w: {"number": w.applications["north.my_answer"], "answer": "Morgen."},
    ),
    "POST /formulieren/aanvragen/intrekken": Call(
        "north.contact", lambda w: {"number": w.applications["north.my_withdraw"]}
    ),
    "POST /formulieren/aanvragen/hoedanigheid": Call(
        "north.main",
        lambda w: {
            "organisation": str(w.organisation("north")),
            "capacity": TRAINING_PROVIDER,
            "why": "Nodig.",
        },
    ),
    "POST /formulieren/aanvragen/rol": Call(
        "north.contact",
        lambda w: {
            "organisation": str(w.organisation("north")),
            "role": "registration_manager",
            "why": "Nodig.",
        },
    ),
    "POST /formulieren/beheer/aanvragen/inschakelen": _handled("switch_on"),
    "POST /formulieren/beheer/aanvragen/rol-geven": _handled("give"),
    "POST /formulieren/beheer/aanvragen/afwijzen": _handled(
        "refuse", reason="identity", note="Bel ons."
    ),
    "POST /formulieren/beheer/aanvragen/akkoord": _handled("agree"),
    "POST /formulieren/beheer/aanvragen/invoeren": ENTERING,
    "POST /formulieren/beheer/aanvragen/nemen": _handled("take"),
    "POST /formulieren/beheer/aanvragen/opnieuw": _handled("send_again"),
    "POST /formulieren/beheer/aanvragen/terug": _handled("disagree", why="Nee."),
    "POST /formulieren/beheer/aanvragen/vaststellen": Call(
        _STAFF,
        lambda w: {
            "number": w.applications["north.check"],
            "version": "1",
            "person": str(w.people["north.user"].key),
            "how": "Gebeld.",
        },
    ),
    "POST /formulieren/beheer/aanvragen/toekennen": _handled(
        "grant", refused="errors.application_no_account", role="trusted_contact"
    ),
    "POST /formulieren/beheer/aanvragen/uitnodigen": _handled("invite", role="trusted_contact"),
    "POST /formulieren/beheer/aanvragen/verder": _handled("go_on", answer="Daar."),
    "POST /formulieren/beheer/aanvragen/vragen": _handled(
        "ask", question="call", own_question="Waar?"
    ),
    "POST /formulieren/beheer/telefoon/blokkeren": Call(
        _STAFF,
        lambda w: {"person": str(w.people["north.user"].key), "reason": "left"},
        refused="phone_desk.wrong_not_established",
    ),
    "POST /formulieren/beheer/telefoon/deblokkeren": Call(
        _STAFF,
        lambda w: {"person": str(w.people["north.user"].key)},
        refused="phone_desk.wrong_not_established",
    ),
    "POST /formulieren/beheer/telefoon/uitnodiging": Call(
        _STAFF,
        lambda w: {
            "person": str(w.people["north.user"].key),
            "invitation": str(w.first("north", "invitation")),
        },
        refused="phone_desk.wrong_not_established",
    ),
    "POST /formulieren/beheer/telefoon/vastgesteld": Call(
        _STAFF,
        lambda w: {
            "person": str(w.people["north.user"].key),
            "asked_email": "yes",
            "asked_company": "yes",
        },
    ),
    "POST /formulieren/beheer/telefoon/wachtwoord": Call(
        _STAFF,
        lambda w: {"person": str(w.people["north.user"].key)},
        refused="phone_desk.wrong_not_established",
    ),
}
