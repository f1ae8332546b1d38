"""A person who simply works: signs in and looks at the overview, over and over, and is timed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from tests.harness.sockets import Tab, shown
from tests.soak.browsing import HttpBrowser, Interrupted

_STATE = "reflex___state____state.portal_app___state___candidates____candidates_state"
_LOADED = 'is_hydrated_rx_state_":true'
_PAUSE = 1.0  # seconds; one person may try to sign in thirty times in five minutes


class NotShown(Exception):
    """The overview did not come."""


@dataclass
class Worked:
    """How long everything took, in seconds, and what went wrong."""

    sign_ins: list[float] = field(default_factory=list)
    overviews: list[float] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def told(self) -> dict[str, float | str]:
        """Return the figures of a table: how often, and the middle and the longest time."""
        return {
            "sign_ins": len(self.sign_ins),
            **_spread("sign_in", self.sign_ins),
            **_spread("overview", self.overviews),
        }


@contextmanager
def working(origin: str, login: str, password: str, *, address: str) -> Iterator[Worked]:
    """Let somebody work meanwhile."""
    worked, enough = Worked(), Event()

    def work() -> None:
        while not enough.is_set():
            try:
                _once(origin, login, password, address, worked)
            except (Interrupted, NotShown, OSError) as trouble:
                worked.troubles.append(f"{type(trouble).__name__} {trouble}")
            enough.wait(_PAUSE)

    thread = Thread(target=work)
    thread.start()
    try:
        yield worked
    finally:
        enough.set()
        thread.join()


def _once(origin: str, login: str, password: str, address: str, worked: Worked) -> None:
    with HttpBrowser(origin, address=address) as browser:
        began = time.monotonic()
        browser.open("/aanmelden")
        answer = browser.post("/formulieren/aanmelden", login=login, password=password, back="")
        if not answer.go:
            raise NotShown(f"not signed in: {answer.mistakes}")
        worked.sign_ins.append(time.monotonic() - began)
        began = time.monotonic()
        where = browser.open("/overzicht")
        with Tab(origin, cookie=browser.cookie, path=where, address=address) as tab:
            tab.knock()
            view = shown(tab.collect_until(_LOADED, longest=30)).get(f"{_STATE}.view_rx_state_")
        if view != "list":
            raise NotShown(f"{where} shows {view}")
        worked.overviews.append(time.monotonic() - began)


def _spread(what: str, seconds: list[float]) -> dict[str, float | str]:
    if not seconds:
        return {f"{what}_median_ms": "-", f"{what}_longest_ms": "-"}
    ordered = sorted(seconds)
    return {
        f"{what}_median_ms": round(ordered[len(ordered) // 2] * 1000),
        f"{what}_longest_ms": round(ordered[-1] * 1000),
    }
