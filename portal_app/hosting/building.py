"""Building the pages that browsers get, once per state of the sources."""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal_app.errors import CannotStart
from portal_app.hosting import javascript_lock
from portal_app.hosting.reflex_environment import ROOT, enter, environment_of_child
from portal_app.hosting.sources import fingerprint
from portal_app.settings import settings

_STAMP = ROOT / settings.pages_dir / "portal.fingerprint"
_LOCK = ROOT / ".reflex" / "build.lock"


def is_stale() -> bool:
    """Return whether the built pages are missing, or those of other sources."""
    return _built() != fingerprint(ROOT)


def build_if_needed() -> bool:
    """Build the pages unless those of these very sources are there; return whether it built.

    Safe to call from two processes at once.

    Raises:
        CannotStart: the build failed; its last words are in the message.
    """
    if not is_stale():
        return False
    with _one_at_a_time():
        wanted = fingerprint(ROOT)  # now: a build that went on meanwhile rewrote sources of its own
        if _built() == wanted:
            return False
        _build()
        # What was there when the build began: an edit meanwhile asks for another build.
        _STAMP.write_text(wanted, encoding="utf-8")
    return True


def _built() -> str | None:
    return _STAMP.read_text(encoding="utf-8") if _STAMP.exists() else None


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    _LOCK.parent.mkdir(exist_ok=True)
    with _LOCK.open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build() -> None:
    _STAMP.unlink(missing_ok=True)
    # A process of its own: the one that serves must not have compiled the app.
    build = subprocess.run(
        [sys.executable, "-m", "portal_app.hosting.building"],
        cwd=ROOT,
        env=environment_of_child("build"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if build.returncode:
        raise CannotStart(f"The pages could not be built.\n{build.stdout[-4000:]}")


def prepare_web_folder() -> None:
    """Lay out the folder that Reflex compiles into, without its look-ups and edits of our files."""
    from reflex.utils import prerequisites

    if prerequisites.needs_reinit():
        prerequisites.initialize_reflex_user_directory()
        prerequisites.initialize_frontend_dependencies()


def _export() -> None:
    from reflex.utils.export import export

    prepare_web_folder()
    export(zipping=False, backend=False)
    javascript_lock.tidy()


if __name__ == "__main__":
    enter("build")
    sys.path.insert(0, str(Path.cwd()))  # where rxconfig.py is
    _export()
