"""What tests of the second step do over and over: signing in, and setting up an app."""

from portal_app.mails.letters import read_values
from portal_app.models import OutboxMail
from portal_app.services import authenticator_apps, sign_in
from portal_app.unit_of_work import Browser
from tests import factories

HERE = Browser("v" * 64, None, "Firefox, Linux")


def enter(run_as, person, key: str = "s" * 64, **how):
    """Sign in with the password; return what is told, and the browser."""
    done = run_as(HERE, sign_in.begin, person_id=person.key, new_key=key, **how)
    return done, Browser(key, None, "Firefox, Linux")


def set_up(run_as, person) -> tuple[str, tuple[str, ...]]:
    """Set up an app; return its secret and the recovery codes."""
    browser = Browser(factories.sign_in(person), None, "Firefox, Linux")
    setup = run_as(browser, authenticator_apps.begin)
    made = run_as(browser, authenticator_apps.confirm, code=factories.code_of(setup.key))
    return setup.key.replace(" ", ""), made


def told() -> list[str]:
    """Return what people were told by mail about their ways, oldest first."""
    found = [one for one in factories.all_of(OutboxMail) if one.template == "factor_changed"]
    return [read_values(one.values)["what"].key for one in found]
