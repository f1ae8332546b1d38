"""Writes a letter out as an e-mail: text and HTML, in the reader's language."""

import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal_app.brand import brand
from portal_app.colours import brand_ramp, dark_roles, light_roles
from portal_app.errors import Text
from portal_app.languages import say, say_date, say_moment
from portal_app.mails.letters import LETTERS, Value
from portal_app.settings import settings

_TEMPLATES = Path(__file__).parent / "templates"
_TEXT_WIDTH = 72
_QUOTE = "> "


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a mail needs besides its letter; the same on every try."""

    to: str
    message_id: str
    written_at: datetime


def compose(
    envelope: Envelope, template: str, locale: str, values: Mapping[str, Value]
) -> EmailMessage:
    """Write a letter out: a plain text and its HTML, from the same sentences."""
    told = {name: _told(value, locale) for name, value in values.items()}
    fund = {"portal": brand.portal_name, "organisation": brand.organisation}
    known = {"name": "", **fund, **told}
    t = _teller(locale, known)
    subject = t(f"{template}_subject")
    scene = {
        **known,
        "t": t,
        "locale": locale,
        "brand": brand,
        "hours": {str(key): said for key, said in brand.contact.hours_said.items()}[locale],
        "origin": settings.origin,
        "host": urlsplit(settings.origin).hostname,
        "subject": subject,
    }
    message = EmailMessage(policy=policy.SMTP)
    message["Message-ID"] = envelope.message_id
    message["Date"] = format_datetime(envelope.written_at)
    message["From"] = Address(brand.name, addr_spec=settings.mail_from)
    message["To"] = Address(addr_spec=envelope.to)
    message["Reply-To"] = _answers_to(template, told)
    message["Subject"] = subject
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"  # Exchange answers automatic mails otherwise
    written = f"{template}.jinja"
    text = (
        _plain()
        .get_template(written)
        .render(scene, frame="frame.txt.jinja", parts="parts.txt.jinja")
    )
    message.set_content(_tidied(text), cte="quoted-printable")
    html = (
        _rich()
        .get_template(written)
        .render(scene, frame="frame.html.jinja", parts="parts.html.jinja", **_colours())
    )
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = locale  # last: making parts moves such fields into them
    return message


def _answers_to(template: str, told: Mapping[str, str | int]) -> Address:
    """Return where an answer goes: to the fund, or to the bare address of who wrote.

    What strangers call themselves never stands in a field of the mail's head.
    """
    letter = LETTERS.get(template)
    if letter is not None and letter.reply_to:
        return Address(addr_spec=str(told[letter.reply_to]))
    return Address(brand.contact.helpdesk, addr_spec=brand.contact.email)


def _teller(locale: str, known: Mapping[str, str | int]) -> Callable[..., str]:
    def t(key: str, **more: str | int) -> str:
        return say(f"mails.{key}", locale, **{**known, **more})

    return t


def _told(value: Value, locale: str) -> str | int:
    match value:
        case Text():
            return say(value, locale)
        case datetime():
            return say_moment(value, locale)
        case date():
            return say_date(value, locale)
        case _:
            return value


@cache
def _rich() -> Environment:
    return _environment(autoescape=True)


@cache
def _plain() -> Environment:
    return _environment(autoescape=False)  # plain text has nothing to escape


def _environment(*, autoescape: bool) -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=autoescape,  # noqa: S701  # see `_plain`
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = (wrapped, quoted, masked, first_sign)
    made.filters |= {one.__name__: one for one in filters}  # pyright: ignore[reportUnknownMemberType]
    return made


def wrapped(text: str) -> str:
    """Break a paragraph into lines that every client shows whole; addresses stay whole."""
    return textwrap.fill(text, _TEXT_WIDTH, break_long_words=False, break_on_hyphens=False)


def quoted(text: str) -> str:
    """Set what somebody else wrote apart from our own words, line by line."""
    return "\n".join(
        textwrap.fill(
            line,
            _TEXT_WIDTH,
            initial_indent=_QUOTE,
            subsequent_indent=_QUOTE,
            break_long_words=False,
            break_on_hyphens=False,
        )
        or _QUOTE.strip()
        for line in text.splitlines()
    )


def masked(email: str) -> str:
    """Show of an address what its owner recognises: `j…@example.be`."""
    name, _, host = email.rpartition("@")
    return f"{name[:1]}…@{host}"


def first_sign(password: str) -> str:
    """Return the first character that is neither letter nor digit, or nothing."""
    return next((sign for sign in password if not sign.isalnum()), "")


def _tidied(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


@cache
def _colours() -> dict[str, dict[str, str]]:
    ramp = brand_ramp(brand.colours.hue, brand.colours.chroma)
    return {"light": light_roles(ramp), "dark": dark_roles(ramp)}
