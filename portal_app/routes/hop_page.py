"""A page between the portal and another site: a form of ours may not lead there itself.

The content policy lets forms post to the portal only, and a redirect counts as part of the post. So
the answer is a page, and the page goes on: by itself, or by its link.
"""

from jinja2 import Environment
from starlette.responses import HTMLResponse

from portal_app.languages import say

_PAGE = Environment(autoescape=True).from_string("""<!doctype html>
<html lang="{{ locale }}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url={{ address }}">
<title>{{ title }}</title>
</head>
<body>
<main>
<h1>{{ title }}</h1>
<p>{{ sentence }}</p>
<p><a href="{{ address }}">{{ words }}</a></p>
</main>
</body>
</html>
""")


def hop_page(locale: str, address: str) -> HTMLResponse:
    """Lead on to eHerkenning."""
    return HTMLResponse(
        _PAGE.render(
            locale=locale,
            address=address,
            title=say("eherkenning.hop_title", locale),
            sentence=say("eherkenning.hop_text", locale),
            words=say("eherkenning.hop_link", locale),
        )
    )
