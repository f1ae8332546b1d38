"""What the gate costs: the round trip of one event, beside Reflex without it."""

import statistics
import time
from pathlib import Path

import pytest

from tests.security.attacker import ROOT_STATE, SHOP, Socket, signed_in, socket, visitor
from tests.security.serving import build, serving

_BARE = f"{ROOT_STATE}.gate_app___gate_app____bare"
_ROUNDS = 600
_WARM_UP = 50
_UNLIMITED = {
    "PORTAL_SOCKET_EVENTS_PER_SECOND": "100000",
    "PORTAL_SOCKET_EVENT_BURST": "100000",
}


@pytest.mark.bench
def test_the_gate_costs_less_than_two_milliseconds_an_event(
    pytestconfig: pytest.Config, tmp_path: Path
):
    assert pytestconfig.cache is not None
    home = build(pytestconfig.cache.mkdir("gate_app"))
    with (
        serving(home, tmp_path / "bare", GATE_APP_BARE="1", **_UNLIMITED) as bare,
        serving(home, tmp_path / "gate", **_UNLIMITED) as gate,
    ):
        without = _round_trips(lambda: socket(bare, None), _BARE)
        again = _round_trips(lambda: socket(bare, None), _BARE)
        stranger = _round_trips(lambda: socket(gate, visitor(gate)), SHOP)
        person = _round_trips(lambda: socket(gate, signed_in(gate)), SHOP)
    figures = {"bare": without, "bare again": again, "visitor": stranger, "signed in": person}
    for name, (median, p95) in figures.items():
        print(f"{name:12} median {median:5.2f} ms   p95 {p95:5.2f} ms")  # noqa: T201
    assert person[0] - max(without[0], again[0]) < 2


def _round_trips(open_socket, state: str) -> tuple[float, float]:
    with open_socket() as page:
        page.hydrate()
        took = sorted(_round_trip(page, state) for _ in range(_WARM_UP + _ROUNDS))
    return statistics.median(took), took[int(len(took) * 0.95)]


def _round_trip(page: Socket, state: str) -> float:
    started = time.perf_counter()
    page.event(f"{state}.add", {"number": 1})
    page.hear_until("count_rx_state_")
    return (time.perf_counter() - started) * 1000
