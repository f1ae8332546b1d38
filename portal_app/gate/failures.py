"""What a browser is told when the portal itself failed: a sentence with a reference."""

import json
from dataclasses import dataclass

from jinja2 import Environment

from portal_app.brand import brand
from portal_app.gate import logs
from portal_app.gate.cookies import language_in
from portal_app.gate.plain_frame import POLICY, framed
from portal_app.gate.scopes import Request, Scope
from portal_app.languages import best_locale, say

_JSON = b"application/json"
_PLAIN = b"text/plain; charset=utf-8"
_PAGE = b"text/html; charset=utf-8"
# The address as it is, search words and all, is the browser's own: the page does not repeat it.
_FAILED = Environment(autoescape=True).from_string("""<p>{{ sentence }}</p>
<p>{{ helpdesk }}</p>
<p class="ways">
{%- if can_be_asked_again %}<a class="button" href="">{{ again }}</a> {% endif -%}
<a {% if not can_be_asked_again %}class="button" {% endif %}href="/">{{ home }}</a></p>""")


@dataclass(frozen=True, slots=True)
class Failure:
    """An answer: its content type, its body, and its policy when it has one of its own."""

    kind: bytes
    body: bytes
    policy: bytes = b""


def failure(error: Exception, scope: Scope, request: Request) -> Failure:
    """Note an error, and say so.

    A form of ours gets it as it gets any mistake, whoever opens a page as a page, anybody else as
    a sentence.
    """
    reference = logs.note_error(error, scope["path"])
    if _JSON.decode() in request.accept:
        mistake = {
            "field": "",
            "key": "errors.failed_reference",
            "values": {"reference": reference},
        }
        return Failure(_JSON, json.dumps({"mistakes": [mistake]}).encode())
    locale = best_locale(
        dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1"),
        chosen=language_in(request.cookie).partition("=")[2],
        among=brand.languages,
    )
    if request.wants_page:
        page = _page(locale, reference, can_be_asked_again=scope["method"] == "GET")
        return Failure(_PAGE, page.encode(), POLICY.encode())
    return Failure(_PLAIN, say("errors.failed_reference", locale, reference=reference).encode())


def _page(locale: str, reference: str, *, can_be_asked_again: bool) -> str:
    contact = brand.contact
    hours = {str(key): said for key, said in contact.hours_said.items()}[locale]
    content = _FAILED.render(
        sentence=say("errors.failed_reference", locale, reference=reference),
        helpdesk=say("shell.helpdesk", locale, phone=contact.phone_said, hours=hours),
        again=say("shell.try_again", locale),
        home=say("shell.to_home", locale),
        can_be_asked_again=can_be_asked_again,
    )
    return framed(locale, say("errors.failed_title", locale), content)
