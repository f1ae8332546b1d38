"""Behind a proxy that ends TLS: the same gate, with what https adds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.attacker import SHOP, ask, is_refused, signed_in, socket, visitor
from tests.security.serving import GateApp, serving


@pytest.fixture(scope="module")
def secure(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GateApp]:
    settings = {
        "PORTAL_BASE_URL": "https://localhost",
        "PORTAL_TRUSTED_PROXIES": "1",
        "PORTAL_SOCKETS_PER_ADDRESS": "1",
    }
    with serving(built, tmp_path_factory.mktemp("secure"), **settings) as running:
        yield running


def test_the_cookie_is_bound_to_the_host_and_to_https(secure: GateApp):
    (cookie,) = ask(secure, Accept="text/html").cookies
    assert cookie.startswith("__Host-portal=v")
    assert "; Secure" in cookie
    assert "; Path=/" in cookie
    assert "Domain" not in cookie


def test_browsers_are_told_to_come_over_https_for_two_years(secure: GateApp):
    assert ask(secure).headers["strict-transport-security"] == "max-age=63072000"


def test_the_plain_cookie_and_the_plain_origin_are_refused(secure: GateApp):
    cookie = visitor(secure)
    assert is_refused(secure, cookie.replace("__Host-portal", "portal"))
    assert is_refused(secure, cookie, origin="http://localhost")
    assert ask(secure, "/take", method="POST", Origin="http://localhost").status == 403


def test_pages_work_and_sign_in_keeps_the_cookie_strict(secure: GateApp):
    cookie = signed_in(secure)
    assert cookie.startswith("__Host-portal=s")
    with socket(secure, cookie) as page:
        page.hydrate()
        page.event(f"{SHOP}.add", {"number": 1})
        page.hear_until('"count_rx_state_":1')


def test_an_address_is_what_our_own_proxy_says_whatever_the_client_put_before_it(secure: GateApp):
    cookie = visitor(secure)
    from_anna = {"X-Forwarded-For": "6.6.6.6, 10.0.0.1"}
    from_bob = {"X-Forwarded-For": "6.6.6.6, 10.0.0.2"}
    with socket(secure, cookie, headers=from_anna, token="a") as page:
        assert '"client_ip":"10.0.0.1"' in page.hydrate()
        assert is_refused(secure, cookie, headers=from_anna, token="b")
        assert not is_refused(secure, cookie, headers=from_bob, token="b")
