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
        rows = [
            _round_trips(open_socket, state, "turn_to", "first", "rows_rx_state_")
            for open_socket, state in (
                (lambda: socket(bare, None), _BARE),
                (lambda: socket(bare, None), _BARE),
                (lambda: socket(gate, signed_in(gate)), SHOP),
            )
        ]
    figures = {"bare": without, "bare again": again, "visitor": stranger, "signed in": person}
    figures |= dict(zip(("25 rows, bare", "25, bare again", "25, signed in"), rows, strict=True))
    for name, (median, p95) in figures.items():
        print(f"{name:14} median {median:5.2f} ms   p95 {p95:5.2f} ms")  # noqa: T201
    assert person[0] - max(without[0], again[0]) < 2
    assert rows[2][0] - max(rows[0][0], rows[1][0]) < 2


def _round_trips(
    open_socket,
    state: str,
    handler: str = "add",
    argument: str = "number",
    answer: str = "count_rx_state_",
) -> tuple[float, float]:
    with open_socket() as page:
        page.hydrate()
        took = sorted(
            _round_trip(page, f"{state}.{handler}", {argument: number}, answer)
            for number in range(1, _WARM_UP + _ROUNDS)
        )
    return statistics.median(took), took[int(len(took) * 0.95)]


def _round_trip(page: Socket, handler: str, arguments: dict[str, int], answer: str) -> float:
    started = time.perf_counter()
    page.event(handler, arguments)
    page.hear_until(answer)
    return (time.perf_counter() - started) * 1000
