"""Somebody who reads the portal in one of its languages, and finds things by what they say."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from portal_app.brand import brand
from portal_app.errors import Value
from portal_app.languages import say

BROWSERS = {"nl": "nl-BE", "fr": "fr-BE", "en": "en-GB", "de": "de-BE"}
"""How a browser names each language among its wishes."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A page, read in one language."""

    page: Page
    locale: str

    def say(self, key: str, /, **values: Value) -> str:
        """Say a text as this reader sees it."""
        return say(key, self.locale, **values)

    def about_portal(self, key: str, /, **values: Value) -> str:
        """Say a text that names the portal."""
        return self.say(key, portal=brand.portal_name, **values)

    def sees(self, key: str, /, **values: Value) -> Locator:
        """Find a sentence."""
        return self.page.get_by_text(self.say(key, **values), exact=True)

    def field(self, key: str) -> Locator:
        """Find a field by its label, or its label with the star of required ones."""
        label = self.say(key)
        return self.page.get_by_label(label, exact=True).or_(
            self.page.get_by_label(f"{label} *", exact=True)
        )

    def button(self, key: str) -> Locator:
        """Find a button."""
        return self.page.get_by_role("button", name=self.say(key), exact=True)

    def link(self, key: str) -> Locator:
        """Find a link."""
        return self.page.get_by_role("link", name=self.say(key), exact=True)

    @property
    def heading(self) -> Locator:
        """The h1."""
        return self.page.get_by_role("heading", level=1)
