"""The account of a company: made by staff, and activated by whoever was appointed.

The national register number comes in a form and goes nowhere but into a digest.
"""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.adapters import codes, limits, passwords
from portal_app.brand import Module, brand, offers
from portal_app.database import in_password_thread, in_thread
from portal_app.errors import Invalid, NotSignedIn, Refused, Text
from portal_app.reading import Reading
from portal_app.reading_numbers import read_national_number
from portal_app.reading_text import Misread
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import address_of, browser_of, new_session
from portal_app.routes.sign_in import new_password_mistakes, old_password_mistakes
from portal_app.routes.staff_invitations import read_number
from portal_app.services import activation, company_accounts, organisations
from portal_app.services import passwords as own_passwords
from portal_app.services.activation import NUMBER_OF_ANOTHER
from portal_app.services.company_accounts import NewCompanyAccount
from portal_app.unit_of_work import Browser, run

ACTIVATED = "/?nieuw=bedrijfsaccount"


async def _make(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    number = read_number(reading)
    company = reading.optional_text("organisation_name", longest=160)
    email = reading.email("email", empty="errors.email_of_person_empty")
    given_name = reading.text("given_name", empty="errors.given_name_of_person_empty", longest=100)
    infix = reading.optional_text("infix", longest=40)
    family_name = reading.text(
        "family_name", empty="errors.family_name_of_person_empty", longest=100
    )
    national_number = ""
    if brand.national_number:
        national_number = reading.read("national_number", read_national_number, "")
    locale = reading.choice("locale", brand.languages, empty="errors.language_empty")
    reading.raise_if_wrong()
    caller = browser_of(request)
    if not company and await in_thread(run, organisations.find, caller, number=number) is None:
        raise Invalid({"organisation_name": Text("errors.organisation_name_empty")})
    password = passwords.temporary_password()
    wanted = NewCompanyAccount(
        number,
        company,
        given_name,
        infix,
        family_name,
        email,
        locale,
        national_number,
        codes.login_name(),
        password,
        await in_password_thread(passwords.hash_password, password),
    )
    await in_thread(run, company_accounts.make, caller, wanted=wanted)
    return Agreed(focus="made", data={"made": "yes", "email": email})


async def _activate(request: Request, form: Form) -> Answer:
    caller = browser_of(request)
    held = await in_thread(run, own_passwords.own, caller)
    if not held.activates:  # this page is open in another tab still
        raise NotSignedIn
    fields = await old_password_mistakes(request, held, "old_password", form)
    number = ""
    if brand.national_number:
        try:
            number = read_national_number(form.get("national_number", ""))
        except Misread as wrong:
            fields["national_number"] = wrong.text
    fields |= await in_password_thread(
        new_password_mistakes, form, held.names, held.login, held.password_hash
    )
    if not fields and form["new_password"] == form.get("old_password", "").strip():
        fields["new_password"] = Text("errors.password_same")
    if fields:
        raise Invalid(fields)
    if number and not await _is_of_the_appointed(request, caller, held.person_id, number):
        return NUMBER_OF_ANOTHER
    hashed = await in_password_thread(passwords.hash_password, form["new_password"])
    session_key, cookie = new_session()
    landing = await in_thread(
        run,
        activation.activate,
        caller,
        password_hash=hashed,
        national_number=number,
        new_key=session_key,
    )
    if isinstance(landing, Refused):
        return landing
    return Agreed(go=ACTIVATED if landing == "/" else landing, cookies=(cookie,))


async def _is_of_the_appointed(
    request: Request, caller: Browser, person_id: int, number: str
) -> bool:
    """Compare the number with that of the person; each wrong one makes the next wait longer.

    Only once all else is right: who still looks for a password uses no tries up.
    """
    person = str(
        person_id
    )  # and not the session: whoever has the codes begins as many as they like
    key = (person, address_of(request))
    await in_thread(limits.attempt, "activation", *key)
    await in_thread(limits.attempt, "activation_anywhere", person)
    is_theirs = await in_thread(run, activation.is_of_the_appointed, caller, national_number=number)
    await in_thread(limits.succeeded if is_theirs else limits.failed, "activation", *key)
    return is_theirs


ROUTES: list[BaseRoute] = [
    Route("/formulieren/wachtwoord-wijzigen/activeren", posted(_activate), methods=["POST"]),
    *(
        [Route("/formulieren/beheer/bedrijfsaccount", posted(_make), methods=["POST"])]
        if offers(Module.ACCESS)
        else []
    ),
]
