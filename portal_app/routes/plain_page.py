"""A page without JavaScript: for a browser that posted a form by itself, and on the way out."""

from collections.abc import Iterable
from http import HTTPStatus

from jinja2 import Environment
from starlette.responses import HTMLResponse

from portal_app.errors import Text
from portal_app.gate import plain_frame
from portal_app.languages import say

_REFUSED = Environment(autoescape=True).from_string(
    "<ul>{% for sentence in sentences %}<li>{{ sentence }}</li>{% endfor %}</ul>\n"
    '<p><a href="{{ back }}">{{ words }}</a></p>'
)


def framed(
    locale: str,
    title: str,
    content: str,
    *,
    goes_on_to: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HTMLResponse:
    """Frame content that is HTML already; with `goes_on_to` the browser goes there by itself."""
    page = plain_frame.framed(locale, title, content, goes_on_to=goes_on_to)
    return HTMLResponse(page, status, headers={"content-security-policy": plain_frame.POLICY})


def plain_page(
    locale: str, sentences: Iterable[Text], status: HTTPStatus, back: str
) -> HTMLResponse:
    """Say what was refused, with the way back."""
    content = _REFUSED.render(
        sentences=[say(sentence, locale) for sentence in sentences],
        back=back,
        words=say("errors.back_to_form", locale),
    )
    return framed(locale, say("errors.heading", locale), content, status=status)
