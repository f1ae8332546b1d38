"""What staff post: an invitation, a role for somebody who is known, a personal account.

An invitation code goes to the page in the answer to the form, once; a password only into
the mail.
"""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.adapters import passwords
from portal_app.brand import brand
from portal_app.database import in_password_thread, in_thread
from portal_app.errors import Invalid, NotFound, Refused, Text
from portal_app.languages import say_date
from portal_app.permissions import INVITABLE_ROLES, Role
from portal_app.reading import Reading
from portal_app.reading_numbers import (
    read_branch_number,
    read_enterprise_number,
    read_kvk_number,
    read_province,
)
from portal_app.routes.answers import Agreed, Answer, Form, posted, reader_locale
from portal_app.routes.callers import browser_of
from portal_app.services import accounts, grants, inviting, organisations
from portal_app.services.accounts import NewPersonalAccount
from portal_app.services.inviting import NewInvitation
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import run

_ROLES = {role.value for role in INVITABLE_ROLES}
_NO_ADDRESS = "errors.email_of_person_empty"


def read_number(reading: Reading) -> OrganisationNumber:
    """Read the number and the unit of an organisation, Belgian or Dutch."""
    register = reading.choice("register", ("kbo", "kvk"), empty="errors.register_empty")
    if register == "kvk":
        branch = ""
        if reading.typed("branch_number").strip():
            branch = reading.read("branch_number", read_branch_number, "")
        return OrganisationNumber.dutch(reading.read("kvk_number", read_kvk_number, ""), branch)
    number = reading.read("enterprise_number", read_enterprise_number, "")
    return OrganisationNumber.belgian(number, str(reading.read("province", read_province, "")))


async def _invite(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    number = read_number(reading)
    company = reading.optional_text("organisation_name", longest=160)
    names = _names(reading)
    email = reading.email("email", empty=_NO_ADDRESS)
    role = reading.choice("role", _ROLES, empty="errors.role_empty")
    locale = reading.choice("locale", brand.languages, empty="errors.language_empty")
    reading.raise_if_wrong()
    wanted = NewInvitation(
        number,
        company,
        Role(role),
        email,
        names["given_name"],
        names["infix"],
        names["family_name"],
        locale,
    )
    made = await in_thread(run, inviting.invite, browser_of(request), wanted=wanted)
    return Agreed(
        focus="made",
        data={
            "code": made.code,
            "company": made.organisation,
            "is_new": "yes" if made.organisation_is_new else "",
            "email": email,
            "until": say_date(made.expires_at, reader_locale(request)),
        },
    )


async def _add_role(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    number = read_number(reading)
    email = reading.email("email", empty=_NO_ADDRESS)
    role = reading.choice("role", _ROLES, empty="errors.role_empty")
    reading.raise_if_wrong()
    caller = browser_of(request)
    organisation = await in_thread(run, organisations.find, caller, number=number)
    if organisation is None:
        raise NotFound
    is_new = await in_thread(
        run, grants.give, caller, email=email, organisation_id=organisation.id, role=Role(role)
    )
    if not is_new:
        return Refused(Text("invitations.wrong_has_role"), "role")
    return Agreed(
        focus="added", data={"added": "yes", "email": email, "company": organisation.name}
    )


async def _provide(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    number = read_number(reading)
    company = reading.optional_text("organisation_name", longest=160)
    names = _names(reading)
    for field, key in (
        ("given_name", "errors.given_name_of_person_empty"),
        ("family_name", "errors.family_name_of_person_empty"),
    ):
        if not names[field]:
            reading.refuse(field, Text(key))
    email = reading.email("email", empty=_NO_ADDRESS)
    username = reading.username("username") if reading.typed("username").strip() else ""
    role = reading.choice("role", _ROLES, empty="errors.role_empty")
    locale = reading.choice("locale", brand.languages, empty="errors.language_empty")
    reading.raise_if_wrong()
    caller = browser_of(request)
    if not company and await in_thread(run, organisations.find, caller, number=number) is None:
        raise Invalid({"organisation_name": Text("errors.organisation_name_empty")})
    password = passwords.temporary_password()
    wanted = NewPersonalAccount(
        **names,
        email=email,
        username=username,
        locale=locale,
        role=Role(role),
        organisation=number,
        organisation_name=company,
        password=password,
        password_hash=await in_password_thread(passwords.hash_password, password),
    )
    await in_thread(run, accounts.provide, caller, wanted=wanted)
    return Agreed(focus="made", data={"made": "yes", "email": email})


def _names(reading: Reading) -> Mapping[str, str]:
    return {
        "given_name": reading.optional_text("given_name", longest=100),
        "infix": reading.optional_text("infix", longest=40),
        "family_name": reading.optional_text("family_name", longest=100),
    }


ROUTES: list[BaseRoute] = [
    Route("/formulieren/beheer/uitnodigen", posted(_invite), methods=["POST"]),
    Route("/formulieren/beheer/rol", posted(_add_role), methods=["POST"]),
    Route("/formulieren/beheer/account", posted(_provide), methods=["POST"]),
]
