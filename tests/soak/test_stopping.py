"""Stopping: what is under way is finished, tabs come back, and the other process goes on."""

import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import pytest

from tests.factories import PASSWORD
from tests.harness import figures, mailbox, processes, server, sockets
from tests.harness.server import Portal
from tests.harness.sockets import Tab
from tests.soak.browsing import HttpBrowser, Interrupted
from tests.soak.judging import judge, let_leases_of_the_dead_run_out
from tests.soak.registering import Crowd
from tests.soak.test_registration_kills import KNOBS
from tests.soak.test_restarts import wait_for_progress

AT_ONCE = 12
PART = "Stopping"


@pytest.mark.soak
@pytest.mark.both_databases
def test_a_stop_finishes_what_is_under_way_and_tabs_come_back(
    database, cast, tmp_path, request
) -> None:
    redis = request.getfixturevalue("redis_url") if database.kind == "postgresql" else ""
    session = sockets.cookie_of(cast.alice)
    with (
        server.running(tmp_path, database_url=database.address, redis_url=redis, **KNOBS) as portal,
        ThreadPoolExecutor(AT_ONCE) as threads,
        ExitStack() as held,
    ):
        browsers = [held.enter_context(HttpBrowser(portal.origin)) for _ in range(AT_ONCE)]
        for browser in browsers:
            browser.open("/aanmelden")
        tab = held.enter_context(Tab(portal.origin, cookie=session, token="stays"))
        tab.hydrate()
        assert portal.process
        under_way = [threads.submit(sign_in, browser) for browser in browsers]
        time.sleep(0.02)
        began = time.monotonic()
        portal.process.send_signal(signal.SIGTERM)
        told = Counter(one.result() for one in under_way)
        portal.process.wait(20)
        seconds = time.monotonic() - began
        portal.start()
        inside = sum(browser.open("/") == "/" for browser in browsers)
        with Tab(portal.origin, cookie=session, token="stays") as again:
            came_back = bool(again.hydrate())
    figures.write(
        PART,
        f"SIGTERM, {database.kind}",
        under_way=AT_ONCE,
        finished=told["finished"],
        not_begun=told["not begun"],
        inside_afterwards=inside,
        seconds=seconds,
    )
    assert told["cut off"] == 0, told
    assert inside >= told["finished"] > 0
    assert came_back


def sign_in(browser: HttpBrowser) -> str:
    """Sign in; say whether that was finished, not begun, or cut off in the middle."""
    try:
        answer = browser.post(
            "/formulieren/aanmelden", login="alice@voorbeeld.example", password=PASSWORD
        )
    except Interrupted as lost:
        return "not begun" if "ConnectError" in str(lost) else "cut off"
    return "finished" if answer.is_taken else str(answer.mistakes)


@pytest.mark.soak
def test_when_one_of_two_processes_is_killed_the_other_goes_on(
    postgresql_source, redis_url, tmp_path
) -> None:
    from tests.harness import cast as the_cast

    with ExitStack() as held:
        lent = held.enter_context(postgresql_source.lend(the_cast.CAST))
        cast = the_cast.present()
        mails = held.enter_context(mailbox.running())
        shared = {**KNOBS, "PORTAL_SMTP_URL": mails.address}
        places = [tmp_path / "one", tmp_path / "two"]
        for place in places:
            place.mkdir()
        one = held.enter_context(
            server.running(places[0], database_url=lent.address, redis_url=redis_url, **shared)
        )
        two = Portal(
            processes.free_port(),
            places[1],
            lent.address,
            redis_url,
            {**shared, "PORTAL_BASE_URL": one.origin, "PORTAL_CATCHER_PORT": "1"},
        )
        held.callback(two.kill)
        two.start()
        session = sockets.cookie_of(cast.alice)
        with Tab(one.origin, cookie=session, token="mine") as tab:
            tab.hydrate()
            crowd = Crowd(one.origin, mails, sockets.cookie_of(cast.sam), at_a_time=3)
            try:
                wait_for_progress(crowd.ledger)
                there = page_of(two, one, session)
                two.kill()
                time.sleep(1.5)
                let_leases_of_the_dead_run_out()
                for _ in range(5):
                    wait_for_progress(crowd.ledger)
            finally:
                crowd.finish()
            assert tab.is_open
            here = page_of(one, one, session)
        people = crowd.ledger.people
        received = judge(people, mails, one)
    figures.write(
        PART,
        "one of two processes killed",
        people=len(people),
        finished=sum(person.is_done for person in people),
        failed_requests=len(crowd.ledger.failures),
        mails=len(received),
        sent_twice=sum(received.values()) - len(received),
    )
    assert (there, here) == (200, 200)
    assert not crowd.ledger.troubles, crowd.ledger.troubles[:5]
    assert not crowd.ledger.failures, "nobody noticed"


def page_of(portal: Portal, known_as: Portal, session: str) -> int:
    """Open the home page of one process under the address that both are known by."""
    headers = {
        "Cookie": session,
        "Accept": "text/html",
        "Host": known_as.origin.partition("://")[2],
    }
    return httpx.get(f"{portal.origin}/", headers=headers, timeout=20).status_code
