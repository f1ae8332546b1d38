"""Who manages the access of a company, asked by its number; and a message to them."""

import re

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.adapters import limits
from portal_app.database import in_thread
from portal_app.errors import Refused, Text
from portal_app.reading import Reading
from portal_app.reading_numbers import read_company_number, shown_unit
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import address_of, browser_of
from portal_app.routes.even_answers import taking
from portal_app.services import who_manages
from portal_app.settings import settings
from portal_app.unit_of_work import run

LONGEST_MESSAGE = 1000
_LONGEST_UNIT = 32
_FORMS = "/formulieren/wie-beheert-toegang"
_WEB_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)


async def _look_up(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    number, unit = _number(reading), None
    if "unit" in form:
        unit = reading.optional_text("unit", longest=_LONGEST_UNIT)
    reading.raise_if_wrong()
    caller, where = browser_of(request), address_of(request)
    await in_thread(limits.attempt, "who_manages", caller.session_key, where)
    await in_thread(limits.attempt, "who_manages_missed", where)
    async with taking(settings.reset_answer_seconds):
        found = await in_thread(run, who_manages.look_up, caller, number=number, unit=unit)
        if not found.managers and not found.units:
            await in_thread(limits.failed, "who_manages_missed", where)
    if found.units:
        units = [{"value": one, "label": shown_unit(one) or number} for one in found.units]
        return Agreed(focus="unit", data={"found": "units", "units": units})
    managers = [{"name": one.name, "role_key": f"roles.{one.role.value}"} for one in found.managers]
    return Agreed(
        focus="found",
        data={
            "found": "managers" if managers else "nobody",
            "managers": managers,
            "company": found.company,
            "number": number,
            "unit": unit or "",
        },
    )


async def _write(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    number, unit = _number(reading), reading.optional_text("unit", longest=_LONGEST_UNIT)
    sender = reading.text("name", empty="errors.sender_name_empty", longest=100)
    email = reading.email("email")
    message = reading.lines("message", empty="errors.message_empty", longest=LONGEST_MESSAGE)
    # In a mail of the fund a stranger's link would be trusted more than it deserves.
    for field, written in (("name", sender), ("message", message)):
        if _WEB_ADDRESS.search(written):
            reading.refuse(field, Text("errors.message_web_address"))
    reading.raise_if_wrong()
    caller, where = browser_of(request), address_of(request)
    await in_thread(limits.attempt, "access_message_browser", caller.session_key, where)
    await in_thread(limits.attempt, "access_message", email, where)
    await in_thread(limits.attempt, "access_message_company", number)
    async with taking(settings.reset_answer_seconds):
        is_sent = await in_thread(
            run,
            who_manages.write_to,
            caller,
            number=number,
            unit=unit,
            sender=sender,
            email=email,
            message=message,
        )
    if not is_sent:
        return Refused(Text("errors.nobody_manages"))
    return Agreed(focus="sent", data={"sent": "yes"})


def _number(reading: Reading) -> str:
    if not reading.typed("number").strip():
        reading.refuse("number", Text("errors.organisation_number_empty"))
        return ""
    return reading.read("number", read_company_number, "")


ROUTES: list[BaseRoute] = [
    Route(_FORMS, posted(_look_up), methods=["POST"]),
    Route(f"{_FORMS}/bericht", posted(_write), methods=["POST"]),
]
