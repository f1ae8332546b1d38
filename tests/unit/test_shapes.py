"""The pager offers the first, the last, and the pages around the one being read."""

import pytest

from portal_app.state.shapes import page_links


@pytest.mark.parametrize(
    ("page", "pages", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 13, [1, 2, 0, 13]),
        (7, 13, [1, 0, 6, 7, 8, 0, 13]),
        (13, 13, [1, 0, 12, 13]),
        (3, 5, [1, 2, 3, 4, 5]),
    ],
)
def test_page_links(page, pages, numbers):
    links = page_links(page, pages, lambda number: f"?page={number}")

    assert [link.number for link in links] == numbers
    assert [link.number for link in links if link.current] == [page]
    assert all(link.href == f"?page={link.number}" for link in links if link.number)
