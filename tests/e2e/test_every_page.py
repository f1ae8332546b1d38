"""What every page has, as it comes from the server: whom to reach, and a word without script."""

import html
import re
from collections.abc import Iterator

import httpx
import pytest

from portal_app.brand import brand
from portal_app.site_map import SITE_MAP
from tests.harness import sockets
from tests.harness.cast import Cast
from tests.harness.server import Portal

pytestmark = pytest.mark.one_database  # a page holds nothing of the database


def pages(portal: Portal, cast: Cast) -> Iterator[tuple[str, str]]:
    """Every page of the site map, by its address, as somebody who is signed in gets it."""
    cookie = sockets.cookie_of(cast.sam)
    with httpx.Client(base_url=portal.origin, headers={"cookie": cookie}) as browser:
        for page in SITE_MAP:
            answer = browser.get(page.path, headers={"accept": "text/html"})
            assert answer.status_code == 200, page.path
            yield page.path, html.unescape(answer.text)


@pytest.mark.covers("S-01")
def test_every_page_says_what_is_missing_without_script(portal: Portal, cast: Cast) -> None:
    for path, page in pages(portal, cast):
        said = "".join(re.findall(r"<noscript>(.*?)</noscript>", page, re.DOTALL))
        assert (
            "Uw browser laat geen javascript toe. "
            "Om die reden zijn bepaalde functionaliteiten niet voorhanden."
        ) in said, path


@pytest.mark.covers("V-03", "V-05")
def test_every_page_ends_with_the_brands_links_and_contact_card(portal: Portal, cast: Cast) -> None:
    contact = brand.contact
    for path, page in pages(portal, cast):
        [foot] = re.findall(r"<footer.*?</footer>", page, re.DOTALL)
        words = re.sub(r"<[^>]*>", " ", foot)
        assert f'href="tel:{contact.phone_number}"' in foot, path
        assert f'href="mailto:{contact.email}"' in foot, path
        for said in (contact.helpdesk, contact.phone, contact.hours_said["nl"]):
            assert said in words, path
        for link in brand.links:
            assert f'href="{link.href}"' in foot, path
            assert link.label["nl"] in words, path
