"""The inbox of demo mode: what its mail catcher kept. In production there is no such thing."""

from dataclasses import dataclass

from portal_app.adapters import caught_mail
from portal_app.adapters.caught_mail import CaughtMail
from portal_app.errors import NotFound
from portal_app.needs import Anyone
from portal_app.settings import settings
from portal_app.unit_of_work import Work, use_case

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Inbox:
    """The newest mails, and the one that is read."""

    mails: tuple[CaughtMail, ...]
    opened: CaughtMail | None


@use_case(Anyone)
def inbox(_work: Work, *, to: str = "", number: str = "") -> Inbox:
    """Show mails to an address, newest first; without a number the newest is read.

    Raises:
        NotFound: this is not demo mode.
    """
    _only_in_demo_mode()
    mails = tuple(caught_mail.caught_mails(to=to, at_most=MOST_SHOWN))
    return Inbox(mails, caught_mail.caught_mail(number) or next(iter(mails), None))


@use_case(Anyone)
def one(_work: Work, *, number: str) -> CaughtMail:
    """Show one mail.

    Raises:
        NotFound: there is none of that number, or this is not demo mode.
    """
    _only_in_demo_mode()
    found = caught_mail.caught_mail(number)
    if found is None:
        raise NotFound
    return found


@use_case(Anyone)
def clear(_work: Work) -> None:
    """Throw every mail away.

    Raises:
        NotFound: this is not demo mode.
    """
    _only_in_demo_mode()
    caught_mail.clear()


def _only_in_demo_mode() -> None:
    if not settings.is_demo:
        raise NotFound
