"""The served portal as machines and operators meet it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from portal_app.adapters import secret_keys
from portal_app.hosting.loopbacks import loopbacks
from tests.harness import processes, server, valkey
from tests.harness.server import ROOT, Portal
from tests.harness.sockets import Tab

PRODUCTION = {
    "PORTAL_MODE": "production",
    "PORTAL_BASE_URL": "https://portal.example",
    "PORTAL_SMTP_URL": "smtp://127.0.0.1:9?tls=none",
    "PORTAL_MAIL_WORKER": "false",
    "PORTAL_NOW": "",
    "PORTAL_PAGES_DIR": ".web.production",  # beside those of the journeys
}


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal in production mode, as the proxy before it reaches it."""
    folder = tmp_path_factory.mktemp("production")
    secret_keys.check()  # makes the tests' master key, which the portal shares
    portal = Portal(processes.free_port(), folder, settings=PRODUCTION)
    migrated = subprocess.run(
        [sys.executable, "-m", "portal_app.command", "migrate"],
        cwd=ROOT,
        env=processes.clean_environment(**portal._environment()),
        check=False,
    )
    assert migrated.returncode == 0
    try:
        portal.start()
        yield portal
    finally:
        portal.stop()
        portal.kill()


@pytest.mark.parametrize(
    "path", ["/dev/mail", "/dev/clock", "/dev/postvak.json", "/dev/mail/1.html", "/dev/eherkenning"]
)
def test_production_has_no_demo_doors(production: Portal, path: str) -> None:
    answer = _ask(production, path)

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "path", ["/account", "/eherkenning", "/eherkenning/verder", "/eherkenning/terug"]
)
def test_production_without_a_broker_has_no_way_to_one(production: Portal, path: str) -> None:
    assert _ask(production, path).status_code == 404
    assert not (ROOT / ".web.production/build/client" / path.strip("/") / "index.html").exists()


def test_production_never_has_the_policy_of_development(production: Portal) -> None:
    policy = _ask(production, "/aanmelden").headers["content-security-policy"]

    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy
    assert "script-src 'self' 'sha256-" in policy


def test_a_build_has_nothing_of_development(production: Portal) -> None:
    scripts = [*(ROOT / ".web.production/build/client").rglob("*.js")]

    assert scripts
    for script in scripts:
        code = script.read_text("utf-8")
        assert "vite:beforeUpdate" not in code
        assert "import.meta.hot" not in code


def test_health_says_ok(production: Portal) -> None:
    answer = _ask(production, "/health")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


def test_health_says_when_redis_is_gone(tmp_path_factory: pytest.TempPathFactory) -> None:
    with ExitStack() as stack:
        redis = ExitStack()
        address = redis.enter_context(valkey.running()).address()
        stack.callback(redis.close)
        place = tmp_path_factory.mktemp("redis")
        portal = stack.enter_context(server.running(place, redis_url=address))
        assert httpx.get(f"{portal.origin}/health").status_code == 200
        redis.close()
        answer = httpx.get(f"{portal.origin}/health", timeout=10)
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable"}


def test_one_interrupt_ends_the_whole_process_group(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with server.running(tmp_path_factory.mktemp("interrupted")) as portal:
        assert portal.process is not None
        os.killpg(portal.process.pid, signal.SIGINT)
        portal.process.wait(10)

        with pytest.raises(ProcessLookupError):
            os.killpg(portal.process.pid, 0)


@pytest.mark.skipif("::1" not in loopbacks(), reason="this machine has no IPv6")
def test_localhost_answers_by_both_its_addresses_and_leads_to_its_name(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with server.running(tmp_path_factory.mktemp("by-both-addresses")) as portal:
        for address in ("127.0.0.1", "[::1]"):
            there = f"http://{address}:{portal.port}/aanmelden"

            by_number = httpx.get(there)
            assert by_number.is_redirect
            assert by_number.headers["location"] == f"{portal.origin}/aanmelden"

            by_name = httpx.get(there, headers={"host": f"localhost:{portal.port}"})
            assert by_name.status_code == 200
            cookie = by_name.headers["set-cookie"].partition(";")[0]
            with Tab(portal.origin, cookie=cookie, at=address.strip("[]")) as tab:
                assert tab.hydrate()

        with Tab(portal.origin, cookie=cookie, at="::1") as open_tab:
            open_tab.hydrate()
            portal.stop()
            assert portal.process
            assert portal.process.returncode == 0
            assert not open_tab.collect(longest=1)
            assert not open_tab.is_open


def _ask(portal: Portal, path: str) -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{portal.port}{path}", headers={"host": "portal.example"})
