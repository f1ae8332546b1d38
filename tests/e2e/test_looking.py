"""What fails a journey does fail it: a complaint of the browser, and what axe finds."""

import pytest
from playwright.sync_api import Page

from tests.harness.looking import (
    Complaints,
    assert_names_once,
    assert_no_axe_violations,
    elsewhere,
    look_at,
)

pytestmark = pytest.mark.one_database  # it looks at pages of its own

_REFUSES_SCRIPTS = """
<!doctype html><html lang="nl"><head><title>Proef</title>
<meta http-equiv="Content-Security-Policy" content="script-src 'self'"></head>
<body><main><h1>Proef</h1></main></body></html>
"""


@pytest.mark.parametrize(
    "script",
    [
        "console.error('stuk')",
        "setTimeout(() => { throw new Error('stuk') })",
        "document.body.setAttribute('onclick', 'go()'); document.body.click()",
    ],
    ids=["console", "error", "policy"],
)
def test_a_complaint_of_the_browser_is_heard(
    page: Page, complaints: list[Complaints], script: str
) -> None:
    page.route(
        "**/proef", lambda route: route.fulfill(body=_REFUSES_SCRIPTS, content_type="text/html")
    )
    page.goto("/proef")

    page.evaluate(script)
    page.wait_for_timeout(100)

    with pytest.raises(AssertionError, match="the browser complained"):
        complaints.pop().assert_none()


def test_what_axe_finds_is_told(page: Page) -> None:
    page.set_content("<!doctype html><html lang='nl'><title>Proef</title><main><img src='data:,'>")

    with pytest.raises(AssertionError, match="image-alt"):
        assert_no_axe_violations(page)


def test_what_another_run_looks_at_is_not_looked_at_again(page: Page) -> None:
    page.set_content("<!doctype html><html lang='nl'><title>Proef</title><main><img src='data:,'>")

    with elsewhere():
        look_at(page, "proef")
    with pytest.raises(AssertionError, match="image-alt"):
        look_at(page, "proef")


def test_two_elements_of_one_name_are_found_also_in_a_dialog_that_waits(page: Page) -> None:
    page.set_content("<main><input id='why'></main><dialog><input id='why'></dialog>")

    with pytest.raises(AssertionError, match="why"):
        assert_names_once(page)


def test_a_list_that_is_fetched_again_while_one_looks_is_not_taken_for_a_faint_one(
    page: Page,
) -> None:
    page.set_content(
        "<!doctype html><html lang='nl'><title>Proef</title>"
        "<style>tbody, .faint { opacity: 0.4 }</style>"
        "<main><h1>Proef</h1><table aria-busy='true'><tbody><tr><td>Vijf</td></tr></tbody></table>"
    )
    assert_no_axe_violations(page)

    page.locator("h1").evaluate("(heading) => heading.classList.add('faint')")
    with pytest.raises(AssertionError, match="color-contrast"):
        assert_no_axe_violations(page)
