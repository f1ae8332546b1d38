"""Home: the greeting and the tiles that one's grants open (I-03)."""

from functools import partial

import reflex as rx
from reflex.vars.number import NumberVar

from portal_app.brand import Module, Tile, brand, offers
from portal_app.components.buttons import button_row, link_button
from portal_app.components.capacities import capacity_name
from portal_app.components.elements import Words, in_readers_language
from portal_app.components.empty import empty
from portal_app.components.layout import app_page, section
from portal_app.components.messages import live_message, message
from portal_app.components.roles import roles
from portal_app.components.shell import SHELL
from portal_app.components.step_icons import tag
from portal_app.components.suspended_roles import suspended_roles
from portal_app.components.text import day, rich, t, tn, told, told_by_key, unbroken
from portal_app.components.tiles import (
    hello,
    rubric,
    task,
    task_list,
    tile,
    tile_elsewhere,
    tile_of_rubrics,
    tiles,
    why_here,
)
from portal_app.icon_names import IconName
from portal_app.services.candidate_filters import Attention
from portal_app.services.places import ADDRESSES
from portal_app.services.reasons import ELSEWHERE
from portal_app.state.home import AttentionLine, HomeState, WhyLine
from portal_app.state.shapes import OrganisationChoice
from portal_app.state.shell import ShellState

_ICONS: dict[str, IconName] = {
    "overview": "chart",
    "payment_codes": "ticket",
    "company": "building",
    "access": "users",
    "invitations": "mail",
    "applications": "file",
}


def home() -> rx.Component:
    """Greet, say for whom one works, and show the tiles; without any, say how to get in."""
    return app_page(
        live_message("ok", _welcome()),
        live_message("info", rx.cond(ShellState.rights_changed, t("home.rights_changed"), "")),
        suspended_roles(),
        _attention(),
        rx.cond(_chooses(), _organisations(), rx.fragment()),
        rx.cond(
            _is_without_access() & ~rx.Var.create(HomeState.suspended).bool(),
            _no_access_yet(),
            rx.fragment(),
        ),
        _services(),
        shell=SHELL,
        path="/",
        band=hello(t("home.hello", name=ShellState.given_name), _works_for()),
        places=False,
    )


def _welcome() -> rx.Var[str]:
    arrived = rx.Var.create(ShellState.arrived)
    return rx.cond(
        arrived == "account",
        t("home.account_made", login=ShellState.login),
        rx.cond(
            arrived == "toegang",
            t("home.access_added"),
            rx.cond(arrived == "bedrijfsaccount", t("home.company_account_active"), ""),
        ),
    )


def _is_without_access() -> rx.Var[bool]:
    """Whether it is known who reads this, and that they have no role."""
    is_known = rx.Var.create(ShellState.person_name) != ""
    return is_known & ~rx.Var.create(ShellState.role_keys).bool()


def _works_for() -> rx.Component:
    role = rx.el.span(roles(ShellState.role_keys))
    return rx.cond(
        ShellState.organisation_name,
        rx.el.span(rich("home.works_for", company=_company(), role=role)),
        rx.cond(
            _chooses(),
            rx.el.span(rich("home.works_for_all", n=_number_of_organisations(), role=role)),
            role,
        ),
    )


def _company() -> rx.Component:
    # Two companies of one name are told apart by province or branch.
    unit = rx.Var.create(ShellState.organisation_unit)
    return rx.el.span(
        rx.el.b(ShellState.organisation_name),
        rx.cond(unit, rx.fragment(" (", told(unit), ")"), rx.fragment()),
    )


def _number_of_organisations() -> NumberVar:
    return rx.Var.create(ShellState.organisations).length()


def _chooses() -> rx.Var[bool]:
    """Whether several organisations are served and none is chosen."""
    return (_number_of_organisations() > 1) & (ShellState.organisation_name == "")


def _organisations() -> rx.Component:
    return section(
        t("home.organisations"),
        tiles(rx.foreach(ShellState.organisations, _organisation), wide=True),
    )


def _organisation(one: OrganisationChoice) -> rx.Component:
    return tile(
        "building",
        one.name,
        rx.fragment(told(one.detail), rx.el.br(), roles(one.role_keys)),
        one.href,
    )


def _attention() -> rx.Component:
    lines, account_at = rx.Var.create(HomeState.attention), rx.Var.create(HomeState.account_at)
    review_at = rx.Var.create(HomeState.review_at)
    return rx.cond(
        lines.bool() | account_at.bool() | review_at.bool(),
        task_list(
            t("home.attention"),
            _waits("account", account_at, t("home.account_waits_why")),
            _waits("review", review_at, t("home.review_waits_why", day=day(HomeState.review_due))),
            rx.foreach(HomeState.attention, _task),
        ),
        rx.fragment(),
    )


def _waits(what: str, href: rx.Var[str], why: rx.Var[str]) -> rx.Component:
    """Ask for what waits for the reader, where there is such a thing."""
    return rx.cond(href, task("busy", t(f"home.{what}_waits"), why, href), rx.fragment())


def _task(line: AttentionLine) -> rx.Component:
    words, why = rx.Var.create(""), rx.Var.create("")
    for reason in Attention:
        is_it = line.why == reason.value
        counted = tn(f"home.attention_{reason.value}", rx.Var.create(line.number))
        words = rx.cond(is_it, counted, words)
        why = rx.cond(is_it, t(f"home.attention_{reason.value}_why"), why)
    return task(rx.Var.create(line.icon), words, why, line.href)


def _services() -> rx.Component:
    return section(
        t("home.services"),
        rx.cond(
            ShellState.role_keys
            & ~rx.Var.create(ShellState.tiles).bool()
            & ~rx.Var.create(ShellState.elsewhere).bool(),
            message("info", rx.el.p(t("home.no_services"))),
            rx.fragment(),
        ),
        tiles(
            rx.foreach(ShellState.tiles, _tile),
            *(_of_the_brand(one) for one in brand.tiles),
            _eherkenning(),
            _everyones("user", "profile", "/profiel"),
            _everyones("help", "help", "/hulp"),
        ),
    )


def _eherkenning() -> rx.Component:
    if not offers(Module.EHERKENNING):
        return rx.fragment()
    return rx.cond(
        ShellState.is_staff, rx.fragment(), _everyones("building", "eherkenning", "/eherkenning")
    )


def _of_the_brand(one: Tile) -> rx.Component:
    name, line = in_readers_language(one.name), in_readers_language(one.line)
    why = rx.fragment(rx.foreach(HomeState.why, partial(_why, f"{ELSEWHERE}{one.code}", name)))
    if one.rubrics:
        lines = (
            _if_there(inside.code, rubric(in_readers_language(inside.name), inside.href))
            for inside in one.rubrics
        )
        return _if_there(
            one.code, tile_of_rubrics(one.icon or "layers", name, line, *lines, why=why)
        )
    drawn = tile_elsewhere(one.icon or "external", name, line, one.href, why=why)
    return _if_there(one.code, drawn)


def _if_there(code: str, drawn: rx.Component) -> rx.Component:
    is_there = rx.Var.create(ShellState.elsewhere).to(list[str]).contains(code)
    return rx.cond(is_there, drawn, rx.fragment())


def _everyones(icon_name: IconName, key: str, href: str) -> rx.Component:
    name = t(f"home.tile_{key}")
    why = why_here(t("home.why"), name, rx.el.p(t("home.why_everyone")))
    return tile(icon_name, name, t(f"home.tile_{key}_line"), href, why=why)


def _tile(name: rx.Var[str]) -> rx.Component:
    drawn = rx.fragment()
    for key, icon_name in _ICONS.items():
        one = tile(
            icon_name,
            t(f"home.tile_{key}"),
            t(f"home.tile_{key}_line"),
            rx.Var.create(ADDRESSES[key]) + ShellState.query,
            tag=_TAGS[key]() if key in _TAGS else None,
            why=rx.fragment(rx.foreach(HomeState.why, partial(_why, key, t(f"home.tile_{key}")))),
        )
        drawn = rx.cond(name == key, one, drawn)
    return drawn


def _why(key: str, name: Words, line: WhyLine) -> rx.Component:
    said = why_here(
        t("home.why"),
        name,
        rx.el.dl(
            _fact("role", told_by_key(line.role_key)),
            rx.cond(
                line.organisation,
                rx.fragment(
                    _fact(
                        "capacity",
                        rx.cond(line.capacity, capacity_name(line.capacity), t("home.why_whole")),
                    ),
                    _fact("company", told(line.organisation)),
                ),
                _fact("company", brand.organisation),
            ),
            _fact("basis", told_by_key(line.basis_key, of="home")),
            _fact("since", day(line.since)),
            rx.cond(line.until, _fact("until", day(line.until)), rx.fragment()),
        ),
        rx.cond(
            rx.Var.create(line.others) > 0,
            rx.el.p(tn("home.why_others", rx.Var.create(line.others))),
            rx.fragment(),
        ),
        rx.cond(
            line.ask_at,
            rx.el.p(rx.el.a(t("shell.ask_access"), href=line.ask_at)),
            rx.fragment(),
        ),
    )
    return rx.cond(line.tile == key, said, rx.fragment())


def _fact(key: str, said: Words) -> rx.Component:
    return rx.el.div(rx.el.dt(t(f"home.why_{key}")), rx.el.dd(unbroken(said)))


def _usable_codes() -> rx.Component:
    number = rx.Var.create(HomeState.usable_codes)
    return rx.cond(number > 0, tag("ok", tn("home.usable_codes", number)), rx.fragment())


def _applications() -> rx.Component:
    number = rx.Var.create(HomeState.applications)
    return rx.cond(number > 0, tag("info", tn("home.applications_to_do", number)), rx.fragment())


_TAGS = {"payment_codes": _usable_codes, "applications": _applications}


def _no_access_yet() -> rx.Component:
    return empty(
        t("home.empty_title"),
        t("home.empty_text"),
        button_row(
            link_button(t("components.enter_invitation_code"), "/uitnodiging", kind="primary"),
            link_button(t("asking.access_title"), "/toegang-aanvragen"),
        ),
        icon_name="building",
    )
