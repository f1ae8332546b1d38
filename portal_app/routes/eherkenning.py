"""Out to the eHerkenning broker, and back."""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from portal_app import clock
from portal_app.adapters import oidc
from portal_app.adapters.id_tokens import TokenRefused
from portal_app.adapters.mandates import MandateRefused, outcome_of, read_mandate
from portal_app.adapters.oidc import BrokerUnreachable, Returned
from portal_app.database import in_thread
from portal_app.eherkenning import Outcome
from portal_app.errors import NotAllowed, NotSignedIn, Refused, Text
from portal_app.gate.answers import SIGN_IN, sign_in_address
from portal_app.routes.answers import Agreed, Answer, Form, posted, reader_locale
from portal_app.routes.callers import browser_of
from portal_app.routes.hop_page import hop_page
from portal_app.services import eherkenning
from portal_app.services.eherkenning import Arrival
from portal_app.unit_of_work import Browser, run

_PAGE = "/eherkenning"
_ON = f"{_PAGE}/verder"
_LOOKS_EVERY = 0.5  # seconds


async def _start(request: Request, _form: Form) -> Answer:
    if not oidc.is_set_up():
        return Refused(Text("errors.no_broker"))
    is_inside = await in_thread(run, eherkenning.wish, browser_of(request))
    return Agreed(go=_ON if is_inside else SIGN_IN)


async def _leave_it(request: Request, _form: Form) -> Answer:
    await in_thread(run, eherkenning.drop_wish, browser_of(request))
    return Agreed(go=SIGN_IN)


def _inside(
    lead: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Lead whoever is not signed in, or no longer, to where they must go first."""

    async def endpoint(request: Request) -> Response:
        try:
            return await lead(request)
        except NotSignedIn:
            return _to(sign_in_address(_ON))
        except NotAllowed:  # the session owes something first: the first page leads there
            return _to("/")

    return endpoint


async def _go_out(request: Request) -> Response:
    caller = browser_of(request)
    reference = await in_thread(run, eherkenning.begin, caller)
    if reference is None:
        return _to(_PAGE)
    locale = reader_locale(request)
    try:
        return hop_page(locale, await oidc.way_out(reference, locale=locale))
    except BrokerUnreachable:
        arrival = await in_thread(run, eherkenning.come_back, caller, reference=reference)
        if arrival is Arrival.GOES_ON:
            await _fail(caller, reference, Outcome.UNREACHABLE)
        return _to_result(reference)


async def _come_back(request: Request) -> Response:
    caller = browser_of(request)
    reference = oidc.reference_of(request.query_params.get("state", ""))
    arrival = Arrival.STRANGE
    if reference:
        arrival = await in_thread(run, eherkenning.come_back, caller, reference=reference)
    if arrival is Arrival.STRANGE:
        return _to(f"{_PAGE}?terug=onbekend")
    if arrival is Arrival.GOES_ON:
        await _take(request, caller, reference)
    else:
        await _until_judged(caller, reference)
    return _to_result(reference)


async def _until_judged(caller: Browser, reference: str) -> None:
    """Wait for the request that came first: a refresh must not be told of an end that is none."""
    while True:  # the first one may be in another process
        ended = await in_thread(run, eherkenning.result, caller, reference=reference)
        if ended.outcome is not None:
            return
        await asyncio.sleep(_LOOKS_EVERY)


async def _take(request: Request, caller: Browser, reference: str) -> None:
    said = request.query_params
    if "error" in said:
        outcome = outcome_of(said["error"], said.get("error_description", ""))
        await _fail(caller, reference, outcome)
        return
    returned = Returned(said.get("code", ""), said.get("iss", ""))
    try:
        token, claims = await oidc.proven(returned, reference, now=clock.real_now())
        mandate = read_mandate(token, claims)
    except BrokerUnreachable:
        await _fail(caller, reference, Outcome.UNREACHABLE)
    except TokenRefused:
        await _fail(caller, reference, Outcome.REFUSED)
    except MandateRefused as refused:
        await _fail(caller, reference, refused.outcome)
    else:
        await in_thread(run, eherkenning.settle, caller, reference=reference, mandate=mandate)


async def _fail(caller: Browser, reference: str, outcome: Outcome) -> None:
    await in_thread(run, eherkenning.fail, caller, reference=reference, outcome=outcome)


def _to_result(reference: str) -> Response:
    return _to(f"{_PAGE}?poging={reference}")


def _to(address: str) -> Response:
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


ROUTES: list[BaseRoute] = [
    Route("/formulieren/eherkenning", posted(_start), methods=["POST"]),
    Route("/formulieren/eherkenning/laten", posted(_leave_it), methods=["POST"]),
    Route(_ON, _inside(_go_out), methods=["GET"]),
    Route(f"{_PAGE}/terug", _inside(_come_back), methods=["GET"]),
]
