"""What a running portal can be asked, as its own code says."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.harness import processes
from tests.harness.server import ROOT
from tests.security.isolation.right_portal import DEMO_DOORS

PROCESS = Path(__file__).with_name("portal_process.py")
UNHURRIED = {
    "PORTAL_SOCKET_EVENTS_PER_SECOND": "100000",
    "PORTAL_SOCKET_EVENT_BURST": "100000",
    "PORTAL_SOCKET_CONNECTS_PER_SECOND": "1000",
    "PORTAL_SOCKET_CONNECT_BURST": "100000",
    "PORTAL_SOCKETS_PER_SESSION": "1000",
    "PORTAL_SOCKETS_PER_ADDRESS": "10000",
    "PORTAL_SESSIONS_PER_PERSON": "100000",
    "PORTAL_RESET_ANSWER_SECONDS": "0",
    "PORTAL_LIMITS": json.dumps(
        {
            kind: {"attempts": 10**6, "attempts_per_address": 10**6, "free_failures": 10**6}
            for kind in (
                "sign_in",
                "invitation_code",
                "verification_code",
                "verification_mail",
                "forgotten_password",
                "payment_code",
                "new_password",
            )
        }
    ),
}
"""The limits have tests of their own; here they would only cost time."""


@dataclass(frozen=True, slots=True)
class There:
    """What a portal has, as its own process says."""

    handlers: Mapping[str, Mapping[str, str]]
    pages: list[str]
    routes: list[Mapping[str, str]]

    def asked(self) -> list[str]:
        """Return the handlers that are asked: all but those of demo mode."""
        return [name for name in self.handlers if name.partition(".")[0] not in DEMO_DOORS]

    def requests(self) -> list[str]:
        """Return the routes that are asked: all but those of demo mode."""
        routes = [f"{route['method']} {route['path']}" for route in self.routes]
        return [one for one in routes if not any(door in one for door in DEMO_DOORS)]


def what_is_there(*faults: str, database_url: str = "") -> There:
    """Ask the portal's own code what can be asked of it."""
    told = subprocess.run(
        [sys.executable, str(PROCESS), "list", *faults],
        cwd=ROOT,
        env=processes.clean_environment(PORTAL_DATABASE_URL=database_url),
        check=True,
        capture_output=True,
        text=True,
    )
    return There(**json.loads(told.stdout.splitlines()[-1]))
