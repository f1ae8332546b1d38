"""The frame of a page without JavaScript: for what a route or the gate itself answers.

It carries its few styles along, for such an answer must look like the portal even where no build
is at hand. Light or dark is as the device has it: what was chosen is known to scripts only.
"""

from jinja2 import Environment
from markupsafe import Markup

from portal_app.brand import brand
from portal_app.colours import brand_ramp, dark_roles, light_roles, pair
from portal_app.gate.content_policy import hash_of

_RAMP = brand_ramp(brand.colours.hue, brand.colours.chroma)
_LIGHT, _DARK = light_roles(_RAMP), dark_roles(_RAMP)
_ROLES = (
    *("canvas", "surface", "line", "ink", "link", "focus", "header", "on-header"),
    *("primary", "on-primary"),
)
_STYLE = (
    ":root{color-scheme:light dark;"
    + "".join(f"--p-{role}:{pair(_LIGHT[role], _DARK[role])};" for role in _ROLES)
    + """}
@font-face {
  font-family: "Atkinson Hyperlegible Next Variable"; font-display: swap; font-weight: 200 800;
  src: url("/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2") format("woff2");
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--p-canvas); color: var(--p-ink);
  font: 1.0625rem/1.55 "Atkinson Hyperlegible Next Variable", Verdana, Arial, sans-serif;
}
header {
  padding: 1.1rem max(1.25rem, (100vw - 34rem) / 2);
  background: var(--p-header); color: var(--p-on-header); font-weight: 700; font-size: 1.2rem;
}
main {
  max-width: 34rem; margin: 2rem auto; padding: 1.75rem; overflow-wrap: anywhere;
  background: var(--p-surface); border: 1px solid var(--p-line); border-radius: 14px;
}
@media (max-width: 36rem) { main { margin: 1rem; padding: 1.25rem; } }
h1 { margin: 0 0 1rem; font-size: 1.6rem; line-height: 1.2; }
main > :last-child { margin-bottom: 0; }
ul { padding-left: 1.2rem; }
a { color: var(--p-link); }
a.button {
  display: inline-block; padding: 0.75rem 1.25rem; border-radius: 10px; font-weight: 700;
  text-align: center; line-height: 1.3;
  background: var(--p-primary); color: var(--p-on-primary); text-decoration: none;
}
.ways { display: flex; flex-wrap: wrap; gap: 0.9rem 1.2rem; align-items: center; }
a:focus-visible { outline: 3px solid var(--p-focus); outline-offset: 2px; }
"""
)
POLICY = (
    f"default-src 'none'; style-src {hash_of(_STYLE)}; font-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_FRAME = Environment(autoescape=True).from_string("""<!doctype html>
<html lang="{{ locale }}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
{%- if goes_on_to %}
<meta http-equiv="refresh" content="0; url={{ goes_on_to }}">
{%- endif %}
<title>{{ title }}</title>
<style>{{ style }}</style>
</head>
<body>
<header>{{ brand }}</header>
<main>
<h1>{{ title }}</h1>
{{ content }}
</main>
</body>
</html>
""")


def framed(locale: str, title: str, content: str, *, goes_on_to: str = "") -> str:
    """Frame content that is HTML already; with `goes_on_to` the browser goes there by itself.

    The answer that carries it has `POLICY` as its policy.
    """
    return _FRAME.render(
        locale=locale,
        title=title,
        content=Markup(content),  # noqa: S704  # made by templates of ours, which escape
        goes_on_to=goes_on_to,
        style=Markup(_STYLE),  # noqa: S704  # our own
        brand=brand.name,
    )
