"""The queue of companies whose access staff look after, page by page."""

from datetime import timedelta

import pytest

from portal_app.permissions import Role
from portal_app.services import access_queue
from tests import factories
from tests.services import managing

NAMES = [f"Alleen {number:03}" for number in range(103)]


@pytest.fixture
def companies(database):
    """So many companies of which nobody manages the access, and as many late reviews."""
    del database
    user = managing.somebody("Uma")
    made = [factories.make_organisation(name, unit=name) for name in NAMES]
    for at, one in enumerate(made):
        grant = factories.make_grant(user, Role.USER, one)
        begun = factories.NOW - timedelta(days=400 - at)
        factories.make_review(one, [grant], begun_at=begun)
    return made


@pytest.mark.parametrize("tab", access_queue.TABS)
def test_every_company_is_on_one_page_of_its_list(cast, run_as, companies, tab):
    del companies
    pages = [
        run_as(cast.sam, access_queue.queue, tab=tab, page=page, size=50) for page in (1, 2, 3, 4)
    ]

    listed = [one.name for page in pages for one in page.companies]
    of_these = [name for name in listed if name in NAMES]
    assert of_these == NAMES
    assert len(listed) == pages[0].counts[tab] == len(set(listed))
    assert [len(page.companies) for page in pages[:2]] == [50, 50]
    assert pages[3].companies == ()
