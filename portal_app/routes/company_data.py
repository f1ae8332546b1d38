"""What is posted about a company's data: one form for each part that is changed at once."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.database import in_thread
from portal_app.reading import Reading
from portal_app.reading_contact import read_optional_website
from portal_app.reading_numbers import read_iban, shown_iban
from portal_app.reading_text import cleaned, read_key
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import browser_of
from portal_app.services import bank_accounts, company_data
from portal_app.services.company_data import CompanyAddress, CompanyContact, CompanyName, Wanted
from portal_app.unit_of_work import run

_LONGEST_NAME = 160
_FORMS = "/formulieren/bedrijf"


async def _name(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    name = reading.text("name", empty="company_data.name_empty", longest=_LONGEST_NAME)
    reading.raise_if_wrong()
    return await _change(request, reading, CompanyName(name), "naam")


async def _address(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    wanted = CompanyAddress(
        reading.text("street", empty="errors.application_street_empty", longest=160),
        reading.text("postal_code", empty="errors.application_postal_code_empty", longest=12),
        reading.text("town", empty="errors.application_town_empty", longest=100),
    )
    reading.raise_if_wrong()
    return await _change(request, reading, wanted, "adres")


async def _contact(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    wanted = CompanyContact(
        reading.optional_phone("phone"),
        reading.email("email") if cleaned(reading.typed("email")) else "",
        reading.read("website", read_optional_website, ""),
    )
    reading.raise_if_wrong()
    return await _change(request, reading, wanted, "contact")


async def _check_account(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    iban, holder = _account(reading)
    await in_thread(
        run,
        bank_accounts.check,
        browser_of(request),
        organisation_id=read_key(reading.typed("organisation")),
        iban=iban,
        holder=holder,
        version=read_key(reading.typed("version")),
    )
    told = {"iban": shown_iban(iban), "holder": holder}
    return Agreed(focus="check", data=told)


async def _correct_account(_request: Request, _form: Form) -> Answer:
    return Agreed(focus="iban", data={"iban": ""})


async def _enter_account(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    iban, holder = _account(reading)
    company = read_key(reading.typed("organisation"))
    waits = await in_thread(
        run,
        bank_accounts.enter,
        browser_of(request),
        organisation_id=company,
        iban=iban,
        holder=holder,
        version=read_key(reading.typed("version")),
    )
    return _saved(company, "rekening-wacht" if waits else "rekening")


def _account(reading: Reading) -> tuple[str, str]:
    iban = reading.read("iban", read_iban, "")
    holder = reading.text("holder", empty="company_data.holder_empty", longest=_LONGEST_NAME)
    reading.raise_if_wrong()
    return iban, holder


async def _change(request: Request, reading: Reading, wanted: Wanted, word: str) -> Answer:
    company = read_key(reading.typed("organisation"))
    await in_thread(
        run,
        company_data.change,
        browser_of(request),
        organisation_id=company,
        wanted=wanted,
        version=read_key(reading.typed("version")),
    )
    return _saved(company, word)


def _saved(company: int, word: str) -> Agreed:
    return Agreed(go=f"/bedrijf?{urlencode({'org': company, 'gedaan': word})}")


ROUTES: list[BaseRoute] = [
    Route(f"{_FORMS}/naam", posted(_name), methods=["POST"]),
    Route(f"{_FORMS}/adres", posted(_address), methods=["POST"]),
    Route(f"{_FORMS}/contact", posted(_contact), methods=["POST"]),
    Route(f"{_FORMS}/rekening", posted(_enter_account), methods=["POST"]),
    Route(f"{_FORMS}/rekening/controleren", posted(_check_account), methods=["POST"]),
    Route(f"{_FORMS}/rekening/aanpassen", posted(_correct_account), methods=["POST"]),
]
