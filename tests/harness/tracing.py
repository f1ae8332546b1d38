"""The program that traces requirements, as a module."""

import importlib.util

from tests.harness.sources import ROOT

_SPEC = importlib.util.spec_from_file_location("trace", ROOT / "scripts" / "trace.py")
assert _SPEC
assert _SPEC.loader
trace = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(trace)
