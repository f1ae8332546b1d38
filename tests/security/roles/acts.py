"""How each row of the table is tried: what is sent, and what shows that it was done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal_app.permissions import Right, Role
from tests.security.isolation.written import World
from tests.security.roles.team import former, paused, users

More = Callable[[World, str], Mapping[str, Any]]
"""What is sent beside, or instead of, what usually is: in a world and one of its capacities."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something to try: a handler or a route, with what the isolation matrix sends there.

    It was done when the answer shows something of the kind that is NORTH's, or says this, or
    when the table holds other rows than before.
    """

    right: Right
    of: str
    shows: str = ""
    says: str = ""
    changes: str = ""
    more: More = lambda _, __: {}
    query: More = lambda _, __: {}
    before: tuple[tuple[str, More], ...] = ()
    is_inside: bool = False  # done in one capacity of the organisation
    goes_unsaid: bool = False  # who may not is shown nothing that could be asked about
    tile: str = ""  # that the first page has, when it is about that

    @property
    def is_event(self) -> bool:
        """Whether it goes over the socket; forms and downloads are requests of their own."""
        return " " not in self.of


def _appointing(role: Role, **more: str) -> More:
    return lambda _, capacity: {"role": role.value, "capacity": capacity, **more}


def _whole(role: Role, **more: str) -> More:
    return lambda _, __: {"role": role.value, "capacity": "", **more}


def _capacity(_: World, capacity: str) -> Mapping[str, Any]:
    return {"capacity": capacity}


def _page_of_the_capacity(world: World, capacity: str) -> Mapping[str, Any]:
    return {"org": world.organisation("north"), "hoedanigheid": capacity}


def _user(_: World, capacity: str) -> Mapping[str, Any]:
    return {"grant": users[capacity]}


def _own(world: World, _: str) -> Mapping[str, Any]:
    return {"org": world.organisation("north")}


def _question(what: str, name: str) -> tuple[str, More]:
    """Ask whether somebody who proved the company may be, or may not be, co-manager of it."""
    return (
        "AccessState.ask_consent",
        lambda world, _: {"what": what, "application": world.questions[f"north.{name}"]},
    )


_SHOWN = ("AccessState.load", lambda _, __: {})
_APPOINT, _SET = "POST /formulieren/toegang/aanstellen", "POST /formulieren/toegang/parameters"
_HANDLE = "POST /formulieren/beheer/aanvragen"


def _tile(name: str, right: Right) -> Act:
    return Act(right, "ShellState.load", tile=name)


ACTS: dict[str, Act] = {
    "tile: overview": _tile("overview", Right.CANDIDATES_SEE),
    "tile: payment codes": _tile("payment_codes", Right.PAYMENT_CODES_SEE),
    "tile: company": _tile("company", Right.ORGANISATION_SEE),
    "company: see": Act(Right.ORGANISATION_SEE, "CompanyDataState.load", shows="organisation"),
    "company: change": Act(
        Right.ORGANISATION_EDIT, "POST /formulieren/bedrijf/adres", changes="company_change"
    ),
    "company: enter an account": Act(
        Right.ORGANISATION_EDIT, "POST /formulieren/bedrijf/rekening", changes="bank_account"
    ),
    "company: see the account whole": Act(
        Right.ORGANISATION_EDIT,
        "CompanyDataState.load",
        shows="bank account",
        goes_unsaid=True,
    ),
    "tile: access": _tile("access", Right.ACCESS_SEE),
    "tile: invitations": _tile("invitations", Right.INVITATIONS_MANAGE),
    "tile: applications": _tile("applications", Right.APPLICATIONS_SEE),
    "candidates: see": Act(Right.CANDIDATES_SEE, "CandidatesState.load", shows="candidates"),
    "candidates: unlink": Act(
        Right.CANDIDATES_UNLINK, "UnlinkingState.unlink", changes="organisation_link"
    ),
    "candidates: export": Act(
        Right.CANDIDATES_EXPORT, "GET /downloads/overzicht.xlsx", shows="candidates"
    ),
    "payment codes: see": Act(Right.PAYMENT_CODES_SEE, "PaymentCodesState.load", shows="codes"),
    "payment codes: export": Act(
        Right.PAYMENT_CODES_EXPORT, "GET /downloads/betaalcodes.xlsx", shows="codes"
    ),
    "payment codes: make inactive": Act(
        Right.PAYMENT_CODES_MANAGE, "InactiveCodesState.make_inactive", changes="payment_code"
    ),
    "access: see": Act(Right.ACCESS_SEE, "AccessState.load", query=_own, shows="organisation"),
    "access: hand over": Act(
        Right.ACCESS_HAND_OVER,
        _APPOINT,
        more=_whole(Role.MAIN_ACCESS_MANAGER, hands_over="yes"),
        changes="invitation",
    ),
    "access: appoint a co-main": Act(
        Right.ACCESS_GIVE,
        _APPOINT,
        more=_whole(Role.CO_MAIN_ACCESS_MANAGER),
        changes="invitation",
    ),
    "access: appoint a manager": Act(
        Right.ACCESS_GIVE,
        _APPOINT,
        more=_appointing(Role.ACCESS_MANAGER),
        changes="invitation",
        is_inside=True,
    ),
    "access: appoint a co-manager": Act(
        Right.ACCESS_GIVE,
        _APPOINT,
        more=_appointing(Role.CO_ACCESS_MANAGER),
        changes="invitation",
        is_inside=True,
    ),
    "access: appoint a user": Act(
        Right.ACCESS_GIVE,
        _APPOINT,
        more=_appointing(Role.USER),
        changes="invitation",
        is_inside=True,
    ),
    "access: end a user": Act(
        Right.ACCESS_GIVE,
        "AccessState.confirm",
        query=_own,
        before=(_SHOWN, ("AccessState.ask_end", _user)),
        changes="access_grant",
        is_inside=True,
        goes_unsaid=True,
    ),
    "access: raise a user": Act(
        Right.ACCESS_GIVE,
        "AccessState.change",
        query=_own,
        before=(_SHOWN, ("AccessState.ask_change", _user)),
        more=lambda _, capacity: {"form": {"place": f"{Role.CO_ACCESS_MANAGER}:{capacity}"}},
        changes="access_grant",
        is_inside=True,
        goes_unsaid=True,
    ),
    "access: give a role back": Act(
        Right.ACCESS_GIVE,
        "AccessState.give_back",
        query=_own,
        before=(_SHOWN,),
        more=lambda _, capacity: {"grant": former[capacity], "name": ""},
        changes="access_grant",
        is_inside=True,
    ),
    "access: suspend a user": Act(
        Right.ACCESS_SUSPEND,
        "AccessState.suspend",
        query=_own,
        before=(_SHOWN, ("AccessState.ask_suspend", _user)),
        changes="access_grant",
        is_inside=True,
        goes_unsaid=True,
    ),
    "access: lift a suspension": Act(
        Right.ACCESS_SUSPEND,
        "AccessState.resume",
        query=_own,
        before=(_SHOWN,),
        more=lambda _, capacity: {"grant": paused[capacity], "name": ""},
        changes="access_grant",
        is_inside=True,
    ),
    "access: consent to a co-main": Act(
        Right.ACCESS_GIVE,
        "AccessState.consent",
        query=_own,
        before=(_SHOWN, _question("consent", "consent")),
        changes="access_grant",
        goes_unsaid=True,
    ),
    "access: refuse a co-main": Act(
        Right.ACCESS_GIVE,
        "AccessState.refuse",
        query=_own,
        before=(_SHOWN, _question("refuse", "refuse_consent")),
        changes="application",
        goes_unsaid=True,
    ),
    "access: see its review": Act(
        Right.ACCESS_SEE,
        "AccessState.load",
        query=_own,
        says="access.answer_kept",
        goes_unsaid=True,
    ),
    "access: keep a role": Act(
        Right.ACCESS_GIVE,
        "AccessState.keep_role",
        query=_own,
        before=(_SHOWN,),
        says="access.done_keep",
    ),
    "access: sign its review off": Act(
        Right.ACCESS_GIVE,
        "AccessState.close_review",
        query=_own,
        before=(_SHOWN,),
        changes="access_review",
    ),
    "capacities: switch on": Act(
        Right.CAPACITIES_SWITCH,
        "AccessState.activate",
        query=_own,
        before=(_SHOWN,),
        says="access.done_activate",
    ),
    "capacities: ask": Act(
        Right.CAPACITIES_ASK, "POST /formulieren/aanvragen/hoedanigheid", changes="application"
    ),
    "capacities: approve": Act(
        Right.CAPACITIES_APPROVE, f"{_HANDLE}/inschakelen", changes="organisation_capacity"
    ),
    "capacities: end": Act(
        Right.CAPACITIES_SWITCH,
        "AccessState.end_capacity",
        query=_own,
        before=(_SHOWN, ("AccessState.ask_capacity", _capacity)),
        changes="organisation_capacity",
    ),
    "parameters: see": Act(
        Right.ACCESS_SEE,
        "CapacityParametersState.load",
        query=_page_of_the_capacity,
        shows="organisation",
        is_inside=True,
    ),
    "parameters: set": Act(
        Right.CAPACITIES_SET, _SET, more=_capacity, changes="organisation_capacity", is_inside=True
    ),
    "applications: see": Act(
        Right.APPLICATIONS_SEE, "ApplicationListState.load", shows="application"
    ),
    "applications: take": Act(Right.APPLICATIONS_SEE, f"{_HANDLE}/nemen", changes="application"),
    "applications: check identity": Act(
        Right.IDENTITY_CHECK, f"{_HANDLE}/vaststellen", changes="application"
    ),
    "applications: invite": Act(
        Right.INVITATIONS_MANAGE, f"{_HANDLE}/uitnodigen", changes="invitation"
    ),
    "applications: give a role": Act(
        Right.GRANTS_GIVE, f"{_HANDLE}/rol-geven", changes="access_grant"
    ),
    "invitations: see": Act(
        Right.INVITATIONS_MANAGE, "InvitationListState.load", shows="invitation"
    ),
    "invitations: send": Act(
        Right.INVITATIONS_MANAGE, "POST /formulieren/beheer/uitnodigen", changes="invitation"
    ),
    "accounts: make": Act(
        Right.ACCOUNTS_MAKE, "POST /formulieren/beheer/account", changes="account"
    ),
    "roles: give": Act(Right.GRANTS_GIVE, "POST /formulieren/beheer/rol", changes="access_grant"),
}
"""By row of the table."""
