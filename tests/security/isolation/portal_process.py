"""The portal as the matrix meets it: what there is to ask, and with faults planted.

`python portal_process.py list|serve [faults]`: run by its path, because the package of the
tests sets knobs of its own.
"""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

import portal_app.settings  # noqa: F401  # read before the tests set theirs
from portal_app.hosting.reflex_environment import enter


def main(task: str, *faults: str) -> None:
    """Print what there is to ask as JSON, or serve it."""
    enter("serve")
    if task == "serve":
        importlib.import_module("portal_app.hosting.building").build_if_needed()
    if faults:
        importlib.import_module("tests.security.isolation.planted_portal").plant(faults)
    if task == "list":
        importlib.import_module("portal_app.portal_app")
        print(json.dumps({"handlers": _handlers(), "pages": _pages(), "routes": _routes()}))  # noqa: T201
    else:
        importlib.import_module("portal_app.hosting.serving").serve()


def _handlers() -> dict[str, dict[str, Any]]:
    from reflex_base.registry import RegistrationContext

    from portal_app.gate.handlers import declaration_of

    found: dict[str, dict[str, Any]] = {}
    for name, registered in RegistrationContext.get().event_handlers.items():
        declaration = declaration_of(registered.handler.fn)
        if declaration:
            short = f"{registered.states[0].__name__}.{name.rpartition('.')[2]}"
            found[short] = {"name": name, "audience": declaration.audience.value}
    return found


def _pages() -> list[str]:
    from portal_app.site_map import SITE_MAP

    return [page.path for page in SITE_MAP]


def _routes() -> list[dict[str, Any]]:
    from portal_app.routes import ROUTES

    routes: list[Any] = [*ROUTES]
    found: list[dict[str, Any]] = []
    for route in routes:
        if hasattr(route, "routes"):  # a mount: its own routes, under its path
            routes += route.routes
            continue
        methods = sorted((route.methods or {"GET"}) - {"HEAD"})
        found += [{"method": method, "path": route.path} for method in methods]
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
