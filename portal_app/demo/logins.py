"""Who can sign in to the demo world."""

from dataclasses import asdict, dataclass

from portal_app.brand import brand
from portal_app.demo.access import printed_code
from portal_app.demo.company_accounts import printed_account
from portal_app.demo.world import DemoCompanyAccount, DemoOrganisation, world
from portal_app.errors import Text
from portal_app.languages import say
from portal_app.names import name_of
from portal_app.needs import Trusted
from portal_app.reading_numbers import shown_unit
from portal_app.unit_of_work import Operator, Work, run, use_case


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who can sign in; role and organisation are empty for who has none yet."""

    role: str
    name: str
    login: str
    password: str
    organisation: str


def logins() -> tuple[Login, ...]:
    """Return everybody who can sign in, in the order of the roles."""
    locked_out = {one.email for one in world().lost_factor_application}
    names = {one.key: _called(one) for one in world().organisation}
    return tuple(
        Login(
            one.role.value if one.role else "",
            name_of(one).full,
            one.login,
            world().password,
            ", ".join(names[key] for key in one.organisations),
        )
        for one in world().person
        if one.email not in locked_out
    )


def as_objects() -> list[dict[str, str]]:
    """Return the logins as what becomes JSON."""
    return [asdict(login) for login in logins()]


def listed() -> str:
    """Write the logins for whoever starts the demo, and the code of the open invitation."""
    everyone = logins()
    widths = [max(len(getattr(one, part)) for one in everyone) for part in ("role", "login")]
    lines = [f"Everybody signs in with the password {world().password}", ""]
    lines += [
        f"  {one.role or '-':<{widths[0]}}  {one.login:<{widths[1]}}  {one.organisation}".rstrip()
        for one in everyone
    ]
    waiting = run(waiting_account, Operator())
    if waiting:
        lines += ["", f"A company account to activate: {waiting.username}, with that password"]
        if brand.national_number:
            lines += [f"and the national register number {waiting.national_number}"]
    code = run(open_invitation, Operator())
    if code:
        lines += ["", f"An invitation that waits to be redeemed: {code}"]
    return "\n".join(lines)


def _called(one: DemoOrganisation) -> str:
    unit = shown_unit(one.unit)
    return f"{one.name} {say(unit, 'en') if isinstance(unit, Text) else unit}".strip()


@use_case(Trusted)
def waiting_account(work: Work) -> DemoCompanyAccount | None:
    """Return the company account that the demo prints; None once all are active or too old."""
    return printed_account(work)


@use_case(Trusted)
def open_invitation(work: Work) -> str:
    """Return the code that the demo prints; empty once it is used."""
    return printed_code(work)
