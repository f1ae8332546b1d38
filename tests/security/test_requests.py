import json
import re
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from socket import create_connection

import pytest

from portal_app.errors import FactorMissing, NotProven
from portal_app.gate.answers import answer_to, local_address, proof_address, sign_in_address
from tests.security.attacker import ask, is_refused, signed_in, visitor
from tests.security.serving import GateApp

_SECURITY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}


@pytest.mark.parametrize("path", ["/", "/aanmelden", "/nergens", "/who", "/health", "/ping"])
def test_every_answer_has_the_security_headers(app: GateApp, path: str):
    headers = ask(app, path, Accept="text/html").headers
    assert headers.items() >= _SECURITY.items()
    assert "geolocation=()" in headers["permissions-policy"]
    assert "unsafe-inline" not in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert headers["server"] == "portal"
    assert "strict-transport-security" not in headers  # not over http


def test_a_page_is_never_kept_and_its_assets_always(app: GateApp):
    page = ask(app, "/aanmelden", Accept="text/html", If_None_Match="*")
    assert (page.status, page.headers["cache-control"]) == (200, "no-store")
    names = [part.partition('"')[0] for part in page.body.split('href="/assets/')[1:]]
    assert names
    for name in names:
        kept = ask(app, f"/assets/{name}").headers["cache-control"]
        assert kept == ("no-cache" if name.startswith("reflex-env-") else _FOR_EVER), name
    assert ask(app, "/assets/none.js").headers["cache-control"] == "no-store"


_FOR_EVER = "public, max-age=31536000, immutable"


def test_a_page_is_answered_at_its_own_address_without_a_detour(app: GateApp):
    assert ask(app, "/aanmelden", Accept="text/html").status == 200


@pytest.mark.parametrize(
    "path", ["/_upload", "/_upload/x", "/_health", "/ping", "/_all_routes", "/_event", "/_x"]
)
def test_the_doors_of_reflex_are_closed(app: GateApp, path: str):
    assert ask(app, path).status == 404
    assert ask(app, path, method="POST", Origin=app.origin).status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "{}.evil.example"},
        {"Origin": "{}", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "{}", "Sec-Fetch-Site": "same-site"},
        {"Origin": "{}", "Sec-Fetch-Site": "none"},
    ],
)
def test_a_post_from_elsewhere_is_refused(app: GateApp, headers: dict[str, str]):
    named = {name: value.replace("{}", app.origin) for name, value in headers.items()}
    assert ask(app, "/take", method="POST", body=b"x", **named).status == 403


def test_a_post_from_our_own_page_is_let_in(app: GateApp):
    named = {"Origin": app.origin, "Sec-Fetch-Site": "same-origin"}
    answer = ask(app, "/take", method="POST", body=b"x" * 10, **named)
    assert (answer.status, answer.body) == (200, "10")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "X"])
def test_other_methods_do_not_exist(app: GateApp, method: str):
    assert ask(app, "/take", method=method, Origin=app.origin).status in (400, 405)


def test_a_body_that_is_too_large_is_refused_whether_announced_or_not(app: GateApp):
    announced = {"Content-Length": "1048577"}
    assert ask(app, "/take", method="POST", body=b"", Origin=app.origin, **announced).status == 413
    chunks = (b"x" * 65_536 for _ in range(17))
    with closing(HTTPConnection("localhost", app.port, timeout=10)) as connection:
        connection.request("POST", "/take", chunks, {"Origin": app.origin}, encode_chunked=True)
        with closing(connection.getresponse()) as answer:
            assert answer.status == 413


@pytest.mark.parametrize("alias", ["127.0.0.1", "[::1]", "localhost"])
def test_another_name_of_this_machine_leads_to_the_base_address(app: GateApp, alias: str):
    port = app.port + 1 if alias == "localhost" else app.port
    answer = ask(app, "/aanmelden?a=b%20c", Host=f"{alias}:{port}")
    assert answer.status == 307
    assert answer.headers["location"] == f"{app.origin}/aanmelden?a=b%20c"
    assert ask(app, "/take", method="POST", Host=f"{alias}:{port}").status == 421


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "localhost"])
def test_any_other_host_is_refused(app: GateApp, host: str):
    answer = ask(app, "/", Host=host)
    assert answer.status == (307 if host == "localhost" else 421)


def test_health_is_answered_to_a_machine_that_knows_only_the_number(app: GateApp):
    answer = ask(app, "/health", Host="10.0.0.7:80")
    assert (answer.status, json.loads(answer.body)) == (200, {"status": "ok"})
    assert not answer.cookies


def test_the_first_page_gives_a_stranger_a_cookie_that_scripts_cannot_read(app: GateApp):
    (cookie,) = ask(app, Accept="text/html").cookies
    assert cookie.startswith("portal=v")
    assert "; HttpOnly" in cookie
    assert "; SameSite=Lax" in cookie
    assert "; Path=/" in cookie
    assert "Domain" not in cookie


def test_signing_in_replaces_the_cookie(app: GateApp):
    before = visitor(app)
    after = signed_in(app)
    assert after.startswith("portal=s")
    assert before != after


def test_an_ended_session_gets_a_strangers_cookie_with_its_next_page(app: GateApp):
    cookie = signed_in(app)
    assert not ask(app, Accept="text/html", Cookie=cookie).cookies
    app.end(cookie)
    assert ask(app, Accept="text/html", Cookie=cookie).cookies[0].startswith("portal=v")


def test_routes_hear_neither_the_cookie_nor_what_a_client_makes_up(app: GateApp):
    cookie = signed_in(app)
    made_up = {"X-Forwarded-For": "1.2.3.4", "X-Portal-User": "admin", "Authorization": "x"}
    both = f"language=fr; other=1; {cookie}"
    heard = json.loads(ask(app, "/who", Cookie=both, **made_up).body)
    assert heard["kind"] == "s"
    assert heard["headers"]["cookie"] == "language=fr"
    assert not heard["headers"].keys() & {"x-forwarded-for", "x-portal-user", "authorization"}


def test_a_failing_route_tells_a_sentence_with_a_reference_and_nothing_else(app: GateApp):
    answer = ask(app, "/fail?secret=CANARY-IN-ADDRESS", Accept_Language="en")
    assert answer.status == 500
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.body.startswith("Something went wrong on our side.")
    reference = answer.body.removesuffix(".")[-8:]
    log = app.log.read_text("utf-8")
    assert f"reference {reference} /fail" in log
    assert "CANARY-IN-ADDRESS" not in log + answer.body


def test_a_browser_that_leaves_halfway_through_a_form_is_no_error(app: GateApp):
    before = app.log.read_text("utf-8").count("reference")
    for _ in range(3):
        with create_connection(("127.0.0.1", app.port)) as connection:
            connection.sendall(
                f"POST /enter HTTP/1.1\r\nHost: {app.host}\r\nOrigin: {app.origin}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 5000\r\n\r\nperson=7".encode()
            )
            time.sleep(0.2)
    ask(app, "/who")
    assert app.log.read_text("utf-8").count("reference") == before


@pytest.fixture
def nobody_can_be_looked_up(app: GateApp) -> Iterator[str]:
    """The cookie of a session, while what holds the sessions does not answer."""
    cookie, kept = signed_in(app), app.sessions.read_bytes()
    app.sessions.write_text("{")
    yield cookie
    app.sessions.write_bytes(kept)


@pytest.mark.parametrize(
    ("wishes", "said", "home"),
    [
        ({"Accept_Language": "en"}, "This page does not work right now", "Go to the home page"),
        ({"Accept_Language": "de-AT, en"}, "Diese Seite funktioniert gerade nicht", "Startseite"),
        ({"Accept_Language": "x"}, "Deze pagina werkt nu niet", "Naar de startpagina"),
    ],
)
def test_a_page_that_fails_says_so_in_the_readers_language_with_the_ways_on(
    app: GateApp, nobody_can_be_looked_up: str, wishes: dict[str, str], said: str, home: str
):
    cookie = nobody_can_be_looked_up
    answer = ask(app, "/?zoek=Wouters", Accept="text/html", Cookie=cookie, **wishes)
    assert answer.status == 500
    assert f"<h1>{said}</h1>" in answer.body
    assert home in answer.body
    assert 'class="button" href=""' in answer.body
    [reference] = re.findall(r"\b[A-HJ-NP-Z2-9]{8}\b", answer.body)
    assert f"reference {reference} /" in app.log.read_text("utf-8")
    assert "Wouters" not in answer.body
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy
    assert answer.headers["cache-control"] == "no-store"


def test_a_page_that_fails_is_in_the_language_that_was_chosen(
    app: GateApp, nobody_can_be_looked_up: str
):
    cookie = f"{nobody_can_be_looked_up}; language=fr"
    answer = ask(app, "/", Accept="text/html", Accept_Language="en", Cookie=cookie)
    assert "Cette page ne fonctionne pas pour le moment" in answer.body


def test_a_form_that_fails_gets_that_as_a_mistake(app: GateApp, nobody_can_be_looked_up: str):
    both = "text/html, application/json"
    answer = ask(app, "/", Accept=both, Cookie=nobody_can_be_looked_up)
    assert answer.status == 500
    [mistake] = json.loads(answer.body)["mistakes"]
    assert (mistake["field"], mistake["key"]) == ("", "errors.failed_reference")
    assert f"reference {mistake['values']['reference']} /" in app.log.read_text("utf-8")


def test_a_socket_is_closed_while_nobody_can_be_looked_up(
    app: GateApp, nobody_can_be_looked_up: str
):
    assert is_refused(app, nobody_can_be_looked_up)


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "/\\evil", "javascript:alert(1)", "", "x", "/a\nb"],
)
def test_a_way_back_is_a_page_of_ours_or_home(elsewhere: str):
    assert local_address(elsewhere) == "/"
    assert sign_in_address(elsewhere) == "/aanmelden"


def test_the_way_back_to_a_page_is_kept():
    assert local_address("/overzicht?status=a&org=1#x") == "/overzicht?status=a&org=1#x"
    assert sign_in_address("/overzicht", reason="verlopen") == (
        "/aanmelden?reden=verlopen&terug=%2Foverzicht"
    )


def test_a_proof_leads_back_to_the_page_that_asked_for_it_and_nowhere_else():
    assert proof_address("/overzicht?org=7") == "/bevestigen?terug=%2Foverzicht%3Forg%3D7"
    for elsewhere in ("/", "//elsewhere.example", "https://elsewhere.example"):
        assert proof_address(elsewhere) == "/bevestigen"
    assert answer_to(NotProven(), at="/beveiliging").go == "/bevestigen?terug=%2Fbeveiliging"
    assert answer_to(FactorMissing(), at="/beveiliging").go == "/tweede-stap"
