"""The portal: the site map handed to Reflex, the routes beside it, the gate before it."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, cast

import reflex as rx
from reflex.event import EventSpec
from reflex.utils import prerequisites
from reflex_base.environment import environment
from starlette.applications import Starlette

from portal_app.brand import brand
from portal_app.components import interruptions
from portal_app.components.layout import head_components
from portal_app.components.text import page_title, t
from portal_app.database import in_thread
from portal_app.errors import Text
from portal_app.gate import logs
from portal_app.gate.answers import (
    ELSEWHERE,
    EXPIRED,
    RENEWED,
    SIGNED_OUT,
    exception_handler,
    note_frontend_error,
)
from portal_app.gate.gatekeeper import Gatekeeper
from portal_app.gate.guest import SessionFacts
from portal_app.gate.look_up import InThread
from portal_app.housekeeping import keep_house
from portal_app.mail_room import open_mail_room
from portal_app.pages.information.not_found import not_found
from portal_app.routes import ROUTES
from portal_app.services import sessions
from portal_app.site_map import INSIDE, SITE_MAP
from portal_app.state.sending import send_in_one_go
from portal_app.state.shell import ShellState
from portal_app.unit_of_work import Job, run

_REASONS = {
    "signed_out": SIGNED_OUT,
    "elsewhere": ELSEWHERE,
    "password": ELSEWHERE,
    "rotated": RENEWED,
}


class PortalSessions:
    """How the gate asks after sessions."""

    def alive(self, session_keys: Collection[str]) -> Mapping[str, SessionFacts]:
        """Return what is known of each session; an unknown key is left out."""
        found = run(sessions.facts, Job("gate"), session_keys=session_keys)
        return {
            key: SessionFacts(
                person_id=facts.person_id,
                is_staff=facts.is_staff,
                ended=facts.ended,
                reason=_REASONS.get(facts.reason or "", EXPIRED) if facts.ended else None,
                grants_version=facts.grants_version,
                seconds_left=facts.seconds_left,
                can_stay=facts.can_stay,
            )
            for key, facts in found.items()
        }


def _tell(text: Text) -> EventSpec:
    values = {name: str(value) for name, value in text.values.items()}
    return cast("Callable[..., EventSpec]", ShellState.tell)(text.key, values)


def _build_folder() -> Path | None:
    """Return where the built pages are; while developing there are none."""
    mode = environment.REFLEX_ENV_MODE
    if mode.is_set() and mode.get() is rx.constants.Env.DEV:
        return None
    return Path(prerequisites.get_web_dir(), "build", "client")


def _make() -> rx.App:
    logs.set_up()
    gatekeeper = Gatekeeper(
        PortalSessions(),
        in_thread=cast("InThread", in_thread),
        build=_build_folder(),
        refresh=ShellState.look_again,
        warn=ShellState.warn_of_end,
        inside=INSIDE,
    )
    made = rx.App(
        html_lang="nl",
        reset_style=False,
        head_components=head_components(),
        app_wraps=interruptions.app_wraps(),
        toaster=None,
        backend_exception_handler=exception_handler(_tell),
        frontend_exception_handler=note_frontend_error,
        api_transformer=[Starlette(routes=ROUTES), cast("Any", gatekeeper.around)],
    )
    for page in SITE_MAP:
        if page.is_here:
            page.add_to(made)
    made.add_page(
        not_found,
        route="404",
        title=page_title(t("shell.not_found_title"), portal=brand.portal_name),
        on_load=ShellState.load_if_inside,
    )
    made.register_lifespan_task(open_mail_room)
    made.register_lifespan_task(keep_house)
    send_in_one_go(made)
    gatekeeper.inside(made)
    return made


app = _make()
