"""`portal invite EMAIL`: invite somebody to an organisation."""

from argparse import Namespace
from typing import TYPE_CHECKING

from portal_app.console.commands import LOCALES, Commands, add, prepare_database

if TYPE_CHECKING:
    from portal_app.reading import Reading
    from portal_app.services.organisations import OrganisationNumber

KVK_DIGITS = 8
_ROLES = (  # as `permissions.INVITABLE_ROLES`; a test keeps them alike
    "trusted_contact",
    "organisation_manager",
    "location_manager",
    "registration_manager",
    "user",
)


def add_to(commands: Commands) -> None:
    """Add the command."""
    command = add(
        commands,
        "invite",
        invite,
        "invite somebody to an organisation, which is made when it is new, and print the code",
    )
    command.add_argument("email", metavar="EMAIL")
    command.add_argument(
        "--company",
        metavar="NUMBER",
        required=True,
        help="the Belgian enterprise number (10 digits) or the Dutch KvK number (8 digits)",
    )
    command.add_argument(
        "--unit", default="", help="the province (Belgium) or branch number (the Netherlands)"
    )
    command.add_argument("--name", default="", help="the organisation's name, when it is new")
    command.add_argument("--role", required=True, choices=_ROLES)
    command.add_argument("--given-name", default="")
    command.add_argument("--infix", default="")
    command.add_argument("--family-name", default="")
    command.add_argument("--locale", choices=LOCALES, default="nl", help="the language of the mail")


def invite(chosen: Namespace) -> None:
    """Make the invitation, put its mail in the outbox and print the code.

    Raises:
        Invalid: what was typed is wrong, or the person was invited already.
    """
    from portal_app.languages import say_moment
    from portal_app.permissions import Role
    from portal_app.reading import Reading
    from portal_app.services import inviting
    from portal_app.unit_of_work import Operator, run

    reading = Reading({name: str(value) for name, value in vars(chosen).items()})
    wanted = inviting.NewInvitation(
        organisation=_organisation(reading),
        organisation_name=reading.optional_text("name", longest=160),
        role=Role(chosen.role),
        email=reading.email("email"),
        given_name=reading.optional_text("given_name"),
        infix=reading.optional_text("infix", longest=40),
        family_name=reading.optional_text("family_name"),
        locale=chosen.locale,
    )
    reading.raise_if_wrong()
    prepare_database()
    made = run(inviting.invite, Operator(), wanted=wanted)
    new = ", which is new" if made.organisation_is_new else ""
    print(f"{wanted.email} is invited to {made.organisation}{new}; the mail is in the outbox.")
    print(f"Code: {made.code}")
    print(f"Valid until: {say_moment(made.expires_at, 'en')}")


def _organisation(reading: "Reading") -> "OrganisationNumber":
    from portal_app.models import TradeRegister
    from portal_app.reading_numbers import (
        read_branch_number,
        read_enterprise_number,
        read_kvk_number,
        read_province,
    )
    from portal_app.services.organisations import OrganisationNumber

    digits = sum(sign.isdigit() for sign in reading.typed("company"))
    if digits == KVK_DIGITS:
        number = reading.read("company", read_kvk_number, "")
        unit = reading.read("unit", read_branch_number, "") if reading.typed("unit") else ""
        return OrganisationNumber(TradeRegister.KVK, number, unit)
    number = reading.read("company", read_enterprise_number, "")
    province = reading.read("unit", lambda typed: str(read_province(typed)), "")
    return OrganisationNumber(TradeRegister.KBO, number, province)
