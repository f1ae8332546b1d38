"""What stands behind the one origin while developing, made anew from the sources at every edit.

This process has Reflex loaded, never the app. What has the app is forked from it and thrown away:

- the portal, renewed when an edit touches what it uses; the one before serves until then;
- the compiler, which answers an edit of pages, texts or styles with the pages on screen; then a
  new one compiles all (`portal_app.hosting.page_compiler`).
"""

import os
import re
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Set as AbstractSet
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import unquote

from portal_app.hosting import page_compiler, serving
from portal_app.hosting.page_compiler import Edit
from portal_app.hosting.reflex_environment import DEVELOPMENT_WEB, LOOPBACK, ROOT, bun, enter
from portal_app.hosting.renewed import READY, Renewed

_WATCHED = ("portal_app", "assets", "brands", "rxconfig.py", ".env")
_PAGES = ("portal_app/pages/", "portal_app/components/", "portal_app/browser/", "assets/")
_TEXTS = "portal_app/texts/"
_TICK_MS = 50
_REMEMBERED = 20
_ROUTE_MODULE = re.compile(r"/app/routes/(.*)_index\.jsx")


class Workshop:
    """Keeps the portal, the compiler and the page server going.

    `heard` is where the addresses arrive that browsers ask for, one a line.
    """

    def __init__(self, portal_port: int, page_port: int, heard: int) -> None:
        self._portal = Renewed(_serve, portal_port)
        self._compiler = Renewed(page_compiler.work)
        self._page_port = page_port
        self._page_server: subprocess.Popen[bytes] | None = None
        self._heard = heard
        self._asked: dict[str, None] = {}  # the latest last

    def run(self) -> None:
        """Renew what an edit asks for, until told to stop or the page server has ended."""
        from watchfiles import watch

        told_to_stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: told_to_stop.set())
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever holds the address tells us
        changes = watch(
            *(ROOT / name for name in _WATCHED if (ROOT / name).exists()),
            step=_TICK_MS // 2,
            rust_timeout=_TICK_MS,
            yield_on_timeout=True,
            stop_event=told_to_stop,
        )
        try:
            self._portal.renew()
            self._compiler.renew([])
            for changed in changes:
                if not self._listen() or self._page_server_has_ended():
                    return
                if changed:
                    self._edited({Path(path).relative_to(ROOT).as_posix() for _, path in changed})
                self._look()
        finally:
            self._end()

    def _edited(self, files: AbstractSet[str]) -> None:
        of_pages = {file for file in files if file.startswith(_PAGES)}
        texts = {file for file in files if file.startswith(_TEXTS)}
        if files > of_pages or not self._portal.is_current():
            self._portal.renew()
        asked = [*reversed(self._asked)]
        if files > of_pages | texts:
            self._compiler.renew(asked, discard=True)
        elif not self._compiler.ask(Edit([*files], asked)):
            self._compiler.renew(asked)

    def _look(self) -> None:
        self._portal.took_over()
        if self._compiler.has_done_it():
            self._compiler.renew([])
        if self._compiler.took_over() and not self._page_server:
            self._page_server = _serve_pages(self._page_port)

    def _page_server_has_ended(self) -> bool:
        return self._page_server is not None and self._page_server.poll() is not None

    def _listen(self) -> bool:
        """Take note of what browsers ask for; return False when nobody holds the address."""
        while select.select([self._heard], [], [], 0)[0]:
            lines = os.read(self._heard, 64 * 1024)
            if not lines:
                return False
            for line in lines.decode("ascii", "replace").split():
                if page := page_of(line):
                    self._asked.pop(page, None)
                    self._asked[page] = None
        for page in [*self._asked][:-_REMEMBERED]:
            del self._asked[page]
        return True

    def _end(self) -> None:
        self._portal.end()
        self._compiler.end()
        if self._page_server:
            self._page_server.terminate()
            self._page_server.wait()


def page_of(address: str) -> str | None:
    """Return the page that a browser wants when it asks for this address, if it is one."""
    path = unquote(address.partition("?")[0])
    if module := _ROUTE_MODULE.fullmatch(path):
        parts = (part.strip("[]") for part in module[1].split("."))
        return "/" + "/".join(part for part in parts if part)
    return None if "." in path else path


def _serve(line: Connection, port: int) -> None:
    from reflex_base.environment import environment

    environment.REFLEX_SKIP_COMPILE.set(True)  # that is the compiler's
    page_compiler.forget("portal_app.")
    try:
        serving.load()
    except Exception:  # noqa: BLE001  # the compiler loads the same, and says what is wrong
        return
    line.send(READY)
    line.recv()
    serving.listen([LOOPBACK], port, patience=2)


def _serve_pages(port: int) -> subprocess.Popen[bytes]:
    # Not the script that Reflex wrote for this: that one listens to the whole network.
    vite = ["node_modules/.bin/react-router", "dev", "--host", LOOPBACK, "--port", str(port)]
    return subprocess.Popen(  # noqa: S603  # a program of ours
        [str(bun()), "--bun", "--conditions=development", *vite],
        cwd=ROOT / DEVELOPMENT_WEB,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    enter("develop")
    sys.path.insert(0, str(ROOT))  # where rxconfig.py is
    import reflex.app  # noqa: F401  # every fork has it

    Workshop(int(sys.argv[1]), int(sys.argv[2]), sys.stdin.fileno()).run()
