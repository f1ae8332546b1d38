"""A page without JavaScript: for a browser that posted a form by itself and was refused."""

from collections.abc import Iterable
from http import HTTPStatus

from jinja2 import Environment
from starlette.responses import HTMLResponse

from portal_app.errors import Text
from portal_app.languages import say

_PAGE = Environment(autoescape=True).from_string("""<!doctype html>
<html lang="{{ locale }}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
</head>
<body>
<main>
<h1>{{ title }}</h1>
<ul>{% for sentence in sentences %}<li>{{ sentence }}</li>{% endfor %}</ul>
<p><a href="{{ back }}">{{ back_words }}</a></p>
</main>
</body>
</html>
""")


def plain_page(
    locale: str, sentences: Iterable[Text], status: HTTPStatus, back: str
) -> HTMLResponse:
    """Say what was refused, with the way back."""
    return HTMLResponse(
        _PAGE.render(
            locale=locale,
            title=say("errors.heading", locale),
            sentences=[say(sentence, locale) for sentence in sentences],
            back=back,
            back_words=say("errors.back_to_form", locale),
        ),
        status,
    )
