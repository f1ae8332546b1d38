"""What stops the start. Each case is a process of its own: states are registered for good."""

import subprocess
import sys

import pytest

from portal_app.hosting.reflex_environment import ROOT
from tests.harness.processes import clean_environment

_START = """
import reflex as rx
from portal_app.gate.handlers import Audience, handler
from portal_app.gate.lockdown import lock_down
class Fine(rx.State):
    count: int = 0
    @handler(Audience.PUBLIC)
    async def add(self, number: int) -> None: self.count += number
    def _private(self): pass
{more}
print(lock_down(rx.App()))
from reflex_base.registry import RegistrationContext
print([n for n in RegistrationContext.get().event_handlers if n.endswith((".setvar", ".hydrate"))])
print([n for n in RegistrationContext.get().event_handlers if "update_vars_internal" in n])
"""


def start(tmp_path, more: str = "", origin: str = "http://localhost:3000"):
    """Start an app with `more` in it."""
    (tmp_path / "rxconfig.py").write_text(
        "import reflex as rx\nconfig = rx.Config(app_name='x', state_manager_mode='memory', "
        f"cors_allowed_origins=[{origin!r}], disable_plugins=[rx.plugins.SitemapPlugin])\n"
    )
    return subprocess.run(
        [sys.executable, "-c", _START.replace("{more}", more)],
        cwd=tmp_path,
        env=clean_environment(PYTHONPATH=f"{ROOT}:{tmp_path}"),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_declared_handlers_start_and_the_back_doors_of_reflex_are_gone(tmp_path):
    started = start(tmp_path)
    assert started.stdout.splitlines() == ["1", "[]", "[]"], started.stderr


_OPEN = {
    "bad.become": """
class Bad(rx.State):
    def become(self): pass
""",
    "bad.decorated": """
class Bad(rx.State):
    @rx.event
    async def decorated(self): pass
""",
    "bad.helper": """
class Mixin(rx.State, mixin=True):
    def helper(self): pass
class Bad(Mixin, rx.State): pass
""",
    "annotate it": """
class Bad(rx.State):
    @handler(Audience.PUBLIC)
    async def a(self, x): pass
""",
    "name every argument": """
class Bad(rx.State):
    @handler(Audience.PUBLIC)
    async def a(self, **x: int): pass
""",
    "make it async": """
class Bad(rx.State):
    @handler(Audience.PUBLIC)
    def a(self): pass
""",
    "a model would let browsers set its fields": """
from portal_app.models import Person
class Bad(rx.State):
    @handler(Audience.PUBLIC)
    async def a(self, person: Person): pass
""",
    "is kept in the browser's storage": """
class Bad(rx.State):
    kept: str = rx.LocalStorage("")
""",
    "Reflex is not as the gate knows it (on_event)": """
from reflex.app import EventNamespace
async def on_event(self, sid): pass
EventNamespace.on_event = on_event
""",
}


@pytest.mark.parametrize(("says", "more"), _OPEN.items(), ids=_OPEN)
def test_an_open_door_stops_the_start_and_says_which(tmp_path, says: str, more: str):
    stopped = start(tmp_path, more)
    assert stopped.returncode != 0
    assert says in stopped.stderr


def test_a_config_that_lets_other_origins_in_stops_the_start(tmp_path):
    stopped = start(tmp_path, origin="*")
    assert "cors_allowed_origins must be exactly ['http://localhost:3000']" in stopped.stderr
