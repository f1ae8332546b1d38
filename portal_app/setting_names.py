"""The names of settings: one that is misspelt stops the start instead of passing in silence."""

import os
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values
from pydantic_settings import BaseSettings

from portal_app.errors import WrongSetting

CHECKED_APART = ("PORTAL_OIDC_",)
"""Beginnings that the settings of one module have to themselves, and are checked with those."""


def refuse_unknown(kind: type[BaseSettings]) -> None:
    """Stop at the first name that begins as these settings do and is none of them.

    Raises:
        WrongSetting: there is one; the message names it and the nearest that is known.
    """
    prefix = kind.model_config.get("env_prefix", "").upper()
    known = {f"{prefix}{field}".upper() for field in kind.model_fields}
    apart = tuple(other for other in CHECKED_APART if other != prefix)
    for name, place in _written(str(kind.model_config.get("env_file") or "")):
        said = name.upper()  # as they are read: in capitals or not
        if said.startswith(prefix) and not said.startswith(apart) and said not in known:
            (nearest,) = get_close_matches(said, sorted(known), 1, 0)
            raise WrongSetting(
                f"{name}{place} is no setting of the portal: correct it (the nearest is {nearest}) "
                "or take it out."
            )


def _written(file: str) -> Iterator[tuple[str, str]]:
    """Yield every name with where it stands: in the environment, then in the file."""
    for name in sorted(os.environ):
        yield name, ""
    if file and Path(file).is_file():
        for name in dotenv_values(file, encoding="utf-8"):
            yield name, f" in {file}"
