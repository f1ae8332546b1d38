"""`portal staff add EMAIL`: give somebody of the fund an account."""

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
    command.add_argument("--given-name", required=True)
    command.add_argument("--infix", default="")
    command.add_argument("--family-name", required=True)
    command.add_argument("--role", required=True, choices=_ROLES)
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

    reading = Reading({name: str(value) for name, value in vars(chosen).items()})
    password = passwords.temporary_password()
    wanted = accounts.NewPersonalAccount(
        given_name=reading.text("given_name", empty="errors.given_name_empty"),
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
