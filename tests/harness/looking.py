"""Looking at pages: what a browser complains about, what a person cannot use, and pictures."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, expect

WIDTHS = {"wide": (1440, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What passes is not told: telling of it takes longer than the look itself.
_AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": _STANDARDS},
    "resultTypes": ["violations"],
}
_AXE_FINDS = "async (options) => (await axe.run(options)).violations"
# What is busy is dimmed, as what is inactive may be. A page may fetch its list again at any moment,
# so waiting for the light would be a race: it is not dimmed at all while somebody looks at it.
_LIGHT = """
() => {
  const light = new CSSStyleSheet();
  light.replaceSync("tbody, [aria-busy] { opacity: 1 !important; transition: none !important }");
  document.adoptedStyleSheets = [light];
}
"""

_TELL_OF_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (refused) =>
  console.error(`CSP: ${refused.violatedDirective} refused ${refused.blockedURI}`));
"""


# The frame of a page clips what sticks out, so that its width says nothing.
_CUT_OFF = """
() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
  .filter((one) => !one.closest("[aria-hidden=true]"))
  .filter((one) => {
    const box = one.getBoundingClientRect();
    if (box.width <= 1 || box.right <= innerWidth + 1) return false;
    for (let around = one.parentElement; around; around = around.parentElement) {
      if (around.matches(".portal")) break;
      if (getComputedStyle(around).overflowX !== "visible") return false;
    }
    return true;
  })
  .map((one) => one.outerHTML.slice(0, 160))
"""

_TWICE = """
() => [...document.querySelectorAll("[id]")]
  .map(({ id }) => id)
  .filter((id, at, every) => every.indexOf(id) !== at)
"""


_is_elsewhere: ContextVar[bool] = ContextVar("is_elsewhere", default=False)


class Complaints:
    """What the browser complained of in one page."""

    def __init__(self, page: Page) -> None:
        self.found: list[str] = []
        self.expected: list[str] = []
        page.add_init_script(_TELL_OF_VIOLATIONS)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.found.append(f"error: {error}"))

    def expect(self, pattern: str) -> None:
        """Let complaints that match a regular expression pass, in this test."""
        self.expected.append(pattern)

    def assert_none(self) -> None:
        """Fail on any complaint that was not expected."""
        unexpected = [
            said for said in self.found if not any(re.search(like, said) for like in self.expected)
        ]
        assert not unexpected, "\n".join(["the browser complained:", *unexpected])

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.found.append(f"{message.text} ({where})")


@cache
def _axe_script() -> str:
    return Axe().axe_script


def assert_no_axe_violations(page: Page) -> None:
    """Fail on anything that axe finds wrong with the page as it now stands."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_axe_script())
        page.evaluate(_LIGHT)
    found = page.evaluate(_AXE_FINDS, _AXE_OPTIONS)
    told = [
        "\n  ".join(
            (violation["id"], violation["help"], node["html"][:200], node["failureSummary"])
        )
        for violation in found
        for node in violation["nodes"]
    ]
    assert not told, "\n".join([f"axe on {page.url}:", *told])


def assert_names_once(page: Page) -> None:
    """Fail on an id that two elements have, dialogs that wait included: a label leads to one."""
    twice = page.evaluate(_TWICE)
    assert not twice, f"Give each on {page.url} an id of its own: {twice}"


def assert_nothing_cut_off(page: Page, *, across: int = 320) -> None:
    """Fail on anything that the edge of a small screen cuts off and no scrolling shows."""
    before = page.viewport_size
    page.set_viewport_size({"width": across, "height": 640})
    try:
        cut_off = page.evaluate(_CUT_OFF)
        assert not cut_off, "\n".join([f"cut off at {across} px on {page.url}:", *cut_off])
        assert page.evaluate("document.documentElement.scrollWidth") == across
        assert page.evaluate(_CHOICES_CUT_OFF) == []
        assert page.evaluate(_NAMES_CUT_OFF) == []
        assert page.evaluate(_TORN) == []
    finally:
        if before:
            page.set_viewport_size(before)


# A summary leads to the fields in the order in which one meets them.
_OUT_OF_ORDER = """
() => {
  const fields = [...document.querySelectorAll(".error-summary a")]
    .map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))))
    .filter(Boolean);
  const comes_after = (one, next) => one.compareDocumentPosition(next) & 4;
  return fields.slice(1).filter((next, at) => !comes_after(fields[at], next)).map(({ id }) => id);
}
"""

# A choice of which the words are wider than its box: no scrolling shows the rest.
_CHOICES_CUT_OFF = """
() => [...document.querySelectorAll(".date-parts select")]
  .filter((one) => {
    const alone = one.cloneNode();
    alone.append(one.selectedOptions[0].cloneNode(true));
    alone.style.cssText = "position: absolute; width: max-content; min-width: 0";
    one.after(alone);
    const needed = alone.offsetWidth;
    alone.remove();
    return needed > one.offsetWidth + 1;
  })
  .map(({ name }) => name)
"""

_NAMES_CUT_OFF = """
() => [...document.querySelectorAll(".header-button > b")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
  .map((one) => one.textContent)
"""

# A date or an address that goes on on the next line, but for an address that offers where.
_TORN = """
() => {
  const torn = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let said = words.nextNode(); said; said = words.nextNode()) {
    if (said.parentElement.closest("pre, option, .visually-hidden")) continue;
    for (const found of said.data.matchAll(/\\d\\d-\\d\\d-\\d{4}|[^\\s@]+@[^\\s@]+\\w/g)) {
      const range = document.createRange();
      range.setStart(said, found.index);
      range.setEnd(said, found.index + found[0].length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) torn.push(found[0]);
    }
  }
  return torn;
}
"""


def assert_mistakes_in_order(page: Page) -> None:
    """Fail when the summary of mistakes goes back and forth between the fields."""
    assert page.locator(".error-summary a").count() > 1
    assert page.evaluate(_OUT_OF_ORDER) == []


@contextmanager
def in_every_look(page: Page) -> Iterator[Iterator[str]]:
    """Show the page wide and on a phone, in light and dark; afterwards as it was before."""
    before = page.viewport_size

    def looks() -> Iterator[str]:
        for width, (across, down) in WIDTHS.items():
            page.set_viewport_size({"width": across, "height": down})
            for scheme in SCHEMES:
                # No motion: a colour on its way to the other scheme is not yet what it will be.
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                yield f"{width}-{scheme}"

    try:
        yield looks()
    finally:
        page.emulate_media(color_scheme="no-override", reduced_motion="no-override")
        if before:
            page.set_viewport_size(before)


def _let_lists_arrive(page: Page) -> None:
    """Wait for what is being fetched."""
    expect(page.locator("[aria-busy=true]:not(button)")).to_have_count(0)


@contextmanager
def elsewhere() -> Iterator[None]:
    """Leave looking to the run of the same journey on another database: pages look the same."""
    token = _is_elsewhere.set(True)
    try:
        yield
    finally:
        _is_elsewhere.reset(token)


def look_at(page: Page, name: str) -> None:
    """Check the page, with axe in every look; take pictures when `PICTURES` names a folder."""
    if _is_elsewhere.get():
        return
    folder = os.environ.get("PICTURES")
    assert_names_once(page)
    with in_every_look(page) as looks:
        for look in looks:
            _let_lists_arrive(page)
            assert_no_axe_violations(page)
            if folder:
                page.screenshot(path=Path(folder) / f"{name}-{look}.png", full_page=True)
