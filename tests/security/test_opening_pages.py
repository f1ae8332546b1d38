"""Many pages that open at once wait for each other, and somebody else's hardly for them."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.security.attacker import SHOP, Socket, signed_in, socket
from tests.security.serving import GateApp

AT_ONCE = 8
_PLACE = {"pathname": "/", "asPath": "/"}


@pytest.fixture
def crowd(app: GateApp) -> Iterator[list[Socket]]:
    """Three times as many pages of one browser as may open at once, each busy for four seconds."""
    cookie = signed_in(app)
    with ExitStack() as held:
        opened = [
            held.enter_context(socket(app, cookie, token=f"crowd-{number}"))
            for number in range(3 * AT_ONCE)
        ]
        for page in opened:
            page.connect(event={"name": f"{SHOP}.take_long", "payload": {}, "router_data": _PLACE})
        yield opened


def test_somebody_elses_page_opens_before_the_rest_of_a_crowd(app: GateApp, crowd: list[Socket]):
    with socket(app, signed_in(app), address="127.0.0.2") as page:
        page.hydrate(seconds=30)
        behind = [member for member in crowd if not member.hear(0.01)]
    assert behind, "those whose turn had not come wait still"


def test_every_page_of_a_crowd_opens_in_the_end(crowd: list[Socket]):
    for page in crowd:
        page.hear_until('"count_rx_state_":1', seconds=60)
