"""A page between the portal and another site: a form of ours may not lead there itself.

The content policy lets forms post to the portal only, and a redirect counts as part of the post. So
the answer is a page, and the page goes on: by itself, or by its link.
"""

from jinja2 import Environment
from starlette.responses import HTMLResponse

from portal_app.languages import say
from portal_app.routes.plain_page import framed

_CONTENT = Environment(autoescape=True).from_string(
    '<p>{{ sentence }}</p>\n<p><a class="button" href="{{ address }}">{{ words }}</a></p>'
)


def hop_page(locale: str, address: str) -> HTMLResponse:
    """Lead on to eHerkenning."""
    content = _CONTENT.render(
        address=address,
        sentence=say("eherkenning.hop_text", locale),
        words=say("eherkenning.hop_link", locale),
    )
    return framed(locale, say("eherkenning.hop_title", locale), content, goes_on_to=address)
