"""Every page: its address, its title, what it loads, and for whom it is.

`audience` is for a friendly redirect and the tests; what a person may see and do is decided
by the use cases alone.
"""

from portal_app.gate.handlers import Audience
from portal_app.site_map.coming_in import COMING_IN
from portal_app.site_map.companies import COMPANIES
from portal_app.site_map.demo import DEMO
from portal_app.site_map.information import INFORMATION
from portal_app.site_map.own_account import OWN_ACCOUNT
from portal_app.site_map.page import Page
from portal_app.site_map.staff import STAFF

__all__ = ["INSIDE", "SITE_MAP", "Page"]

SITE_MAP = (*COMPANIES, *COMING_IN, *OWN_ACCOUNT, *STAFF, *INFORMATION, *DEMO)

INSIDE = tuple(
    page.path for page in SITE_MAP if page.is_here and page.audience is not Audience.PUBLIC
)
"""The addresses of the pages for people who are signed in."""
