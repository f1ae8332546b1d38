"""The folder for what the portal keeps: there before anything else, or one sentence."""

import os
from pathlib import Path

import pytest

from portal_app import database
from portal_app.errors import WrongSetting
from portal_app.settings import settings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the data folder is to be."""
    wanted = tmp_path / "data"
    monkeypatch.setattr(database, "settings", settings.model_copy(update={"data_dir": wanted}))
    return wanted


def test_the_folder_is_made_for_its_owner_alone(folder: Path):
    database.make_data_folder()
    database.make_data_folder()

    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_in_which_nothing_can_be_written_is_told(folder: Path, monkeypatch):
    folder.mkdir()
    monkeypatch.setattr(os, "access", lambda _path, mode: not mode & os.W_OK)  # root may anywhere

    with pytest.raises(WrongSetting, match=r"may not write in the data folder .*PORTAL_DATA_DIR"):
        database.make_data_folder()
