import time

import pytest

from portal_app.adapters.limits import Limits
from portal_app.errors import TooMany, WrongSetting
from portal_app.limit_rules import LimitRule
from portal_app.settings import read_settings
from tests.harness.valkey import ValkeyServer

RULES = {
    "quick": LimitRule(attempts=3, attempts_per_address=1000, seconds=60),
    "office": LimitRule(attempts=3, attempts_per_address=5, seconds=60),
    "waits": LimitRule(
        attempts=1000, free_failures=2, first_wait_seconds=1, longest_wait_seconds=4
    ),
}


@pytest.fixture(params=["memory", "valkey"])
def limits(request: pytest.FixtureRequest) -> Limits:
    if request.param == "memory":
        return Limits(RULES)
    server: ValkeyServer = request.getfixturevalue("valkey_server")
    server.clear()
    return Limits(RULES, server.address())


def test_a_pace_that_is_too_high_is_refused_with_the_time_to_wait(limits: Limits):
    for _ in range(3):
        limits.attempt("quick", "anna@x.example", "10.0.0.1")
    with pytest.raises(TooMany) as refused:
        limits.attempt("quick", "anna@x.example", "10.0.0.1")
    assert 50 <= refused.value.retry_after_seconds <= 60
    limits.attempt("quick", "anna@x.example", "10.0.0.2")
    limits.attempt("quick", "bob@x.example", "10.0.0.1")


def test_one_address_cannot_try_one_password_on_all_accounts(limits: Limits):
    for number in range(5):
        limits.attempt("office", f"person{number}", "10.0.0.3")
    with pytest.raises(TooMany):
        limits.attempt("office", "person9", "10.0.0.3")


def test_waits_grow_with_failures_up_to_the_longest(limits: Limits):
    who = ("waits", "carl", "10.0.0.4")
    waits: list[int] = []
    for _ in range(6):
        limits.failed(*who)
        try:
            limits.attempt(*who)
            waits.append(0)
        except TooMany as refused:
            waits.append(refused.retry_after_seconds)
    assert waits == [0, 0, 1, 2, 4, 4]


def test_a_stranger_who_fails_locks_out_only_the_stranger(limits: Limits):
    for _ in range(10):
        limits.failed("waits", "dora", "6.6.6.6")
    with pytest.raises(TooMany):
        limits.attempt("waits", "dora", "6.6.6.6")
    limits.attempt("waits", "dora", "10.0.0.5")
    limits.attempt("waits", "emil", "6.6.6.6")


def test_success_forgets_the_failures(limits: Limits):
    for _ in range(5):
        limits.failed("waits", "fien", "10.0.0.6")
    limits.succeeded("waits", "fien", "10.0.0.6")
    limits.attempt("waits", "fien", "10.0.0.6")


def test_a_wait_ends(limits: Limits):
    for _ in range(3):
        limits.failed("waits", "gijs", "10.0.0.7")
    with pytest.raises(TooMany):
        limits.attempt("waits", "gijs", "10.0.0.7")
    time.sleep(1.1)
    limits.attempt("waits", "gijs", "10.0.0.7")


def test_without_redis_each_process_counts_for_itself():
    alone = Limits(RULES, "redis://localhost:1")
    for _ in range(3):
        alone.attempt("quick", "hugo", "10.0.0.8")
    with pytest.raises(TooMany):
        alone.attempt("quick", "hugo", "10.0.0.8")


def test_a_setting_replaces_only_the_figures_it_names():
    rules = read_settings(limits={"sign_in": {"free_failures": 99}}).limits
    assert rules["sign_in"].free_failures == 99
    assert rules["sign_in"].attempts == 30
    assert "payment_code" in rules


def test_a_setting_for_an_unknown_limit_stops_the_start():
    with pytest.raises(WrongSetting, match="PORTAL_LIMITS names typo"):
        read_settings(limits={"typo": {}})
