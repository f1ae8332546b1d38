"""What a developer reads when an edit cannot be taken up."""

import sys
import traceback
from pathlib import Path

from portal_app.hosting.reflex_environment import ROOT


def say(error: BaseException) -> None:
    """Write what is wrong on standard error, with those lines of ours that led to it."""
    told = traceback.TracebackException.from_exception(error, compact=True)
    ours = [frame for frame in told.stack if _is_ours(frame.filename)]
    told.stack = traceback.StackSummary.from_list(ours)
    told.__cause__ = told.__context__ = None
    words = "".join(told.format()).replace(f"{ROOT}/", "").rstrip()
    sys.stderr.write(f"\n{words}\nThe portal goes on as it was until this is put right.\n\n")
    sys.stderr.flush()


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(ROOT / "portal_app") and not path.is_relative_to(
        ROOT / "portal_app" / "hosting"
    )
