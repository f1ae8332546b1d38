"""The console: help, mistakes, and what an operator must set."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from portal_app.hosting.reflex_environment import ROOT
from tests.harness import processes


def _portal(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "portal_app.command", *words],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


PRODUCTION = {
    "PORTAL_MODE": "production",
    "PORTAL_BASE_URL": "https://portal.example",
    "PORTAL_SECRET_FILE": "key",
    "PORTAL_SMTP_URL": "smtp://mail.example:25?tls=starttls",
}


@pytest.mark.parametrize(
    ("words", "settings", "sentence"),
    [
        (["dance"], {}, "Argument COMMAND: invalid choice: 'dance'"),
        ([], {}, "The following arguments are required: COMMAND"),
        (["serve"], {"PORTAL_MODE": "production"}, "Production needs https"),
        (["serve"], PRODUCTION | {"PORTAL_SECRET_FILE": ""}, "set PORTAL_SECRET_FILE"),
        (["serve"], PRODUCTION | {"PORTAL_SECRET_FILE": "none"}, "none does not exist"),
        (["serve"], PRODUCTION | {"PORTAL_SMTP_URL": ""}, "set PORTAL_SMTP_URL"),
        (["serve"], PRODUCTION | {"PORTAL_NOW": "2026-03-02T09:00:00+01:00"}, "PORTAL_NOW moves"),
        (["serve"], PRODUCTION, "run `portal migrate` first"),
        (["serve"], {"PORTAL_BASE_URL": "portal.example/x"}, "PORTAL_BASE_URL must be an address"),
        (["serve"], {"PORTAL_BASE_URL": "http://localhost:many"}, "PORTAL_BASE_URL must be an"),
        (["serve"], {"PORTAL_BASE_URL": "http://[::1"}, "PORTAL_BASE_URL must be an address"),
        (["serve"], {"PORTAL_BASE_URL": "http://localhost?a=b"}, "PORTAL_BASE_URL must be an"),
        (["serve"], {"PORTAL_BASE_URL": "http://portal.example"}, "Demo mode is for this machine"),
        (["serve"], {"PORTAL_PORT": "many"}, "PORTAL_PORT is wrong"),
        (
            ["serve"],
            PRODUCTION | {"PORTAL_SMTP_URL": "", "PORTAL_SMPT_URL": "smtp://mail.example"},
            "PORTAL_SMPT_URL is no setting of the portal: correct it (the nearest is PORTAL_SMTP",
        ),
        (["migrate"], {"portal_databse_url": "x"}, "the nearest is PORTAL_DATABASE_URL"),
        (["serve"], {"PORTAL_LIMITS": "sign_in=3"}, "PORTAL_LIMITS must be JSON"),
        (["serve"], {"PORTAL_LIMITS": '{"typo": {}}'}, "PORTAL_LIMITS names typo"),
        (["serve"], {"PORTAL_NOW": "2026-03-02"}, "PORTAL_NOW needs a time zone"),
        (["serve"], {"PORTAL_SECOND_PROOF": "maybe"}, "PORTAL_SECOND_PROOF is wrong"),
        (["serve"], {"PORTAL_BRAND": "nobody"}, "PORTAL_BRAND is nobody"),
        (["serve"], {"PORTAL_BRAND": "broken.toml"}, "broken.toml is no TOML"),
        (["serve"], {"PORTAL_SMTP_URL": "nonsense"}, "PORTAL_SMTP_URL cannot be understood"),
        (["serve"], {"PORTAL_REDIS_URL": "nonsense"}, "PORTAL_REDIS_URL cannot be understood"),
        (["serve"], {"PORTAL_REDIS_URL": "redis://127.0.0.1:9/0"}, "Redis does not answer"),
        (["serve"], {"PORTAL_DATABASE_URL": "mysterious"}, "PORTAL_DATABASE_URL cannot be"),
        (["serve"], {"PORTAL_DATABASE_URL": "mysql://x"}, "PORTAL_DATABASE_URL cannot be"),
        (
            ["serve"],
            {"PORTAL_DATABASE_URL": "postgresql+psycopg://127.0.0.1:9/x"},
            "The database does not answer",
        ),
        (["serve"], {"PORTAL_DATABASE_URL": "sqlite:///key"}, "The database does not answer"),
        (["serve"], {"PORTAL_SECRET_FILE": "."}, "The secret file . cannot be read"),
        (["worker"], PRODUCTION, "run `portal migrate` first"),
        (["worker"], PRODUCTION | {"PORTAL_SECRET_FILE": "none"}, "none does not exist"),
        (["worker"], {"PORTAL_SMTP_URL": "nonsense"}, "PORTAL_SMTP_URL cannot be understood"),
        (["serve"], {"PORTAL_DATA_DIR": "key/folder"}, "The data folder key/folder cannot be made"),
    ],
)
def test_a_mistake_ends_with_one_sentence_and_exit_code_2(tmp_path, words, settings, sentence):
    (tmp_path / "broken.toml").write_text('name = "', "utf-8")
    key = tmp_path / "key"
    key.write_text(f"k1 {'0' * 64}\n", "ascii")
    key.chmod(0o600)
    port = str(processes.free_port())

    said = _portal(tmp_path, *words, **{"PORTAL_PORT": port, "PORTAL_DATA_DIR": "data"} | settings)

    assert sentence in said.stderr
    assert said.stderr.count("\n") == 1
    assert said.returncode == 2
    assert not said.stdout


def test_a_taken_port_stops_the_start(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = _portal(tmp_path, "serve", PORTAL_PORT=str(taken.getsockname()[1]))

    assert "is in use: stop what uses it, or choose another" in said.stderr
    assert said.stderr.count("\n") == 1
    assert said.returncode == 2


def test_a_database_that_says_nothing_is_not_waited_for(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql+psycopg://127.0.0.1:{silent.getsockname()[1]}/x"
        said = _portal(tmp_path, "migrate", PORTAL_DATABASE_URL=address)

    assert said.stderr == (
        "The database does not answer: check PORTAL_DATABASE_URL, and that it runs.\n"
    )
    assert said.returncode == 2


def test_help_needs_no_settings(tmp_path: Path):
    said = _portal(tmp_path, "--help", PORTAL_MODE="production")

    assert said.returncode == 0
    assert "serve" in said.stdout


def test_migrating_makes_the_database_in_the_data_folder(tmp_path: Path):
    folder = tmp_path / "new"

    assert _portal(tmp_path, "migrate", PORTAL_DATA_DIR=str(folder)).returncode == 0
    assert (folder / "portal.db").exists()
