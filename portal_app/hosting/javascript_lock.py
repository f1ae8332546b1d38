"""The committed lock of the JavaScript side, in one shape whoever wrote it."""

import json

from portal_app.hosting.reflex_environment import ROOT

_PACKAGES = ROOT / "reflex.lock" / "package.json"


def tidy() -> None:
    """Indent `reflex.lock/package.json`: Reflex and bun write it each in their own way.

    Otherwise a build that changed nothing would leave a change to commit.
    """
    written = _PACKAGES.read_text(encoding="utf-8")
    tidied = json.dumps(json.loads(written), indent=2) + "\n"
    if tidied != written:
        _PACKAGES.write_text(tidied, encoding="utf-8")
