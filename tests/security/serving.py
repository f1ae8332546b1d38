"""Building and running the little app on which the gate is attacked."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.request import urlopen

from portal_app.gate.cookies import session_key
from portal_app.hosting import building
from portal_app.hosting.reflex_environment import ROOT, reflex_environment
from tests.harness.processes import clean_environment, free_port, stop, wait_until

_APP = Path(__file__).parent / "gate_app"
_LOCK = ROOT / "reflex.lock"


@dataclass(frozen=True)
class GateApp:
    """The app as it runs: its port, its folder, and what it writes down."""

    port: int
    sessions: Path
    log: Path
    base: str = ""  # where people think it is, when that is elsewhere

    @property
    def origin(self) -> str:
        """The one address it is served from."""
        return self.base or f"http://localhost:{self.port}"

    @property
    def host(self) -> str:
        """The host, and port, of that address."""
        return self.origin.partition("//")[2]

    def know(self, cookie: str, **facts: object) -> None:
        """Make what the app knows of the session of a `name=value` cookie."""
        known = self._known() | {session_key(cookie.partition("=")[2]): facts}
        self._write(known)

    def end(self, cookie: str, reason: str = "afgemeld") -> None:
        """End a session, as another process would."""
        self.know(cookie, person_id=None, ended=True, reason=reason)

    def _known(self) -> dict[str, object]:
        return json.loads(self.sessions.read_text("utf-8")) if self.sessions.exists() else {}

    def _write(self, known: dict[str, object]) -> None:
        fresh = self.sessions.with_suffix(".new")
        fresh.write_text(json.dumps(known), "utf-8")
        fresh.replace(self.sessions)


def build(into: Path) -> Path:
    """Build the app's pages, unless they are there; return the folder to serve from."""
    home = into / _fingerprint()
    # Two processes of one run may want it, and a build of the portal writes the lock file anew.
    with building._one_at_a_time():
        if not (home / ".built").exists():
            _export(home)
    return home


def _export(home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(_APP, home)
    shutil.copytree(_LOCK, home / _LOCK.name)
    subprocess.run(
        [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"],
        cwd=home,
        env=_environment("build", home, 3000),
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=180,
    )
    (home / ".built").touch()


@contextmanager
def serving(home: Path, place: Path, **settings: str) -> Iterator[GateApp]:
    """Serve the built app on a free port of loopback, with settings of its own."""
    place.mkdir(parents=True, exist_ok=True)
    port = free_port()
    app = GateApp(
        port,
        place / "sessions.json",
        place / f"app-{port}.log",
        settings.get("PORTAL_BASE_URL", ""),
    )
    environment = _environment("serve", home, app.port, **settings)
    with app.log.open("wb") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "asgi", "--factory"),
                *("--loop", "asyncio", "--no-access-log", "--port", str(app.port)),
                "gate_app.gate_app:app",
            ],
            cwd=home,
            env=environment | {"GATE_APP_SESSIONS": str(app.sessions)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(lambda: _answers(app), process, app.log)
        yield app
    finally:
        stop(process)


def _environment(task: str, home: Path, port: int, **settings: str) -> dict[str, str]:
    return clean_environment() | {
        **reflex_environment("build" if task == "build" else "serve"),
        "PYTHONPATH": f"{ROOT}:{home}",
        "PORTAL_PORT": str(port),
        "PORTAL_DATA_DIR": str(home / "data"),
        **settings,
    }


def _answers(app: GateApp) -> bool:
    try:
        with urlopen(f"http://localhost:{app.port}/health", timeout=1):
            return True
    except OSError:
        return False


def _fingerprint() -> str:
    """Name what the pages are made from; the gate itself is not in them."""
    digest = sha256()
    made_from = [
        *sorted(_APP.rglob("*.py")),
        *sorted(_LOCK.iterdir()),
        ROOT / "portal_app/browser/same_origin.py",
    ]
    for path in made_from:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
