"""`portal staff add EMAIL`: give somebody of the fund an account."""

import re
from argparse import Namespace

from portal_app.console.commands import LOCALES, Commands, add, group, prepare_database

_ROLES = (  # as `permissions.STAFF_ROLES`; a test keeps them alike
    "administrator",
    "staff",
    "service_desk",
    "auditor",
    "examiner",
)


def add_to(commands: Commands) -> None:
    """Add the command."""
    staff = group(commands, "staff", "manage the accounts of the fund's own people")
    command = add(
        staff,
        "add",
        add_staff,
        "make an account and mail its password, which must be changed at the first sign-in",
    )
    command.add_argument("email", metavar="EMAIL")
    command.add_argument("--given-name", default="", help="read from the address when left out")
    command.add_argument("--infix", default="")
    command.add_argument("--family-name", default="", help="read from the address when left out")
    command.add_argument("--role", default="staff", choices=_ROLES)
    command.add_argument("--username", default="", help="besides the address, to sign in with")
    command.add_argument("--locale", choices=LOCALES, default="nl", help="the person's language")


def add_staff(chosen: Namespace) -> None:
    """Make the account and put the mail with its password in the outbox.

    Raises:
        Invalid: what was typed is wrong, or the address or username is taken.
    """
    from portal_app.adapters import passwords
    from portal_app.permissions import Role
    from portal_app.reading import Reading
    from portal_app.services import accounts
    from portal_app.settings import settings
    from portal_app.unit_of_work import Operator, run

    typed = {name: str(value) for name, value in vars(chosen).items()}
    if not (chosen.given_name or chosen.family_name):
        typed |= names_in(chosen.email)
    reading = Reading(typed)
    password = passwords.temporary_password()
    wanted = accounts.NewPersonalAccount(
        given_name=reading.optional_text("given_name"),
        infix=reading.optional_text("infix", longest=40),
        family_name=reading.text("family_name", empty="errors.family_name_empty"),
        email=reading.email("email"),
        username=reading.username("username") if chosen.username else "",
        locale=chosen.locale,
        role=Role(chosen.role),
        organisation=None,
        organisation_name="",
        password=password,
        password_hash=passwords.hash_password(password),
    )
    reading.raise_if_wrong()
    prepare_database()
    run(accounts.provide, Operator(), wanted=wanted)
    print(f"{wanted.email} has an account; the mail with its password is in the outbox.")
    if settings.is_demo:
        print(f"Password, to be changed at the first sign-in: {password}")


def names_in(email: str) -> dict[str, str]:
    """Read the names that an address holds: 'ann.de.smet@…' is Ann De Smet; they can be changed."""
    words = [word.capitalize() for word in re.split(r"[._+]+", email.partition("@")[0]) if word]
    first, *rest = words or [""]
    return {"given_name": first if rest else "", "family_name": " ".join(rest) or first}
