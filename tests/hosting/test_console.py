"""The console: help, mistakes, and what an operator must set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal_app.hosting.reflex_environment import ROOT


def _portal(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "portal_app.command", *words],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "settings", "sentence"),
    [
        (["dance"], {}, "Argument COMMAND: invalid choice: 'dance'"),
        ([], {}, "The following arguments are required: COMMAND"),
        (["migrate"], {"PORTAL_MODE": "production"}, "Production needs https"),
        (["migrate"], {"PORTAL_PORT": "many"}, "PORTAL_PORT is wrong"),
        (["migrate"], {"PORTAL_DATABASE_URL": "mysterious"}, "PORTAL_DATABASE_URL"),
        (["migrate"], {"PORTAL_DATABASE_URL": "postgresql+psycopg://127.0.0.1:9/x"}, "database"),
    ],
)
def test_a_mistake_ends_with_one_sentence_and_exit_code_2(tmp_path, words, settings, sentence):
    said = _portal(*words, PORTAL_DATA_DIR=str(tmp_path), **settings)

    assert said.returncode == 2
    assert sentence in said.stderr
    assert said.stderr.count("\n") == 1
    assert not said.stdout


def test_help_needs_no_settings():
    said = _portal("--help", PORTAL_MODE="production")

    assert said.returncode == 0
    assert "serve" in said.stdout


def test_migrating_makes_the_database_in_the_data_folder(tmp_path: Path):
    folder = tmp_path / "new"

    assert _portal("migrate", PORTAL_DATA_DIR=str(folder)).returncode == 0
    assert (folder / "portal.db").exists()
