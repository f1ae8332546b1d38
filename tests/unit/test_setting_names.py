"""A setting that is misspelt is named, with the one that was probably meant."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings, SettingsConfigDict

import portal_app
from portal_app import setting_names
from portal_app.errors import WrongSetting
from portal_app.settings import Settings, read, read_settings
from tests.harness.server import ROOT


class Broker(BaseSettings):
    """Settings of one module, under a longer beginning."""

    model_config = SettingsConfigDict(env_prefix="PORTAL_OIDC_", env_file=".env", extra="ignore")

    issuer: str = ""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the portal is started, for its `.env`."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("PORTAL_SMPT_URL", "PORTAL_SMTP_URL"),
        ("PORTAL_DATABASE", "PORTAL_DATABASE_URL"),
        ("PORTAL_BASEURL", "PORTAL_BASE_URL"),
        ("portal_redis", "PORTAL_REDIS_URL"),
        ("PORTAL_IDLE_MINUTE", "PORTAL_IDLE_MINUTES"),
    ],
)
def test_a_misspelt_name_stops_the_start_and_hears_the_nearest(name, nearest, monkeypatch) -> None:
    monkeypatch.setenv(name, "")  # also when it is empty

    with pytest.raises(WrongSetting) as wrong:
        read_settings()

    assert str(wrong.value) == (
        f"{name} is no setting of the portal: correct it (the nearest is {nearest}) or take it out."
    )


def test_a_misspelt_name_in_the_file_is_found_there(folder: Path) -> None:
    (folder / ".env").write_text("OTHER=1\nPORTAL_PORT=3001\nexport PORTAL_MDOE=demo\n", "utf-8")

    with pytest.raises(WrongSetting, match=r"^PORTAL_MDOE in \.env is no setting.*PORTAL_MODE\)"):
        read_settings()


def test_what_is_spelt_well_is_read_wherever_it_stands(folder: Path, monkeypatch) -> None:
    (folder / ".env").write_text("PORTAL_IDLE_MINUTES=7\nPORTALS=2\n", "utf-8")
    monkeypatch.setenv("portal_bcrypt_cost", "5")
    monkeypatch.delenv("PORTAL_BCRYPT_COST")

    made = read_settings()

    assert (made.idle_minutes, made.bcrypt_cost) == (7, 5)


def test_settings_of_a_module_are_checked_with_that_module(monkeypatch) -> None:
    monkeypatch.setenv("PORTAL_OIDC_ISUER", "x")
    read_settings()

    with pytest.raises(WrongSetting, match=r"PORTAL_OIDC_ISUER.*the nearest is PORTAL_OIDC_ISSUER"):
        read(Broker)


def test_every_setting_is_of_a_beginning_that_is_checked() -> None:
    for module in pkgutil.iter_modules(portal_app.__path__, "portal_app."):
        if "settings" in module.name:
            importlib.import_module(module.name)
    kinds = [kind for kind in BaseSettings.__subclasses__() if kind.__module__.startswith("portal")]

    assert Settings in kinds
    for kind in kinds:
        prefix = kind.model_config.get("env_prefix")
        assert kind is Settings or prefix in setting_names.CHECKED_APART, (
            f"{kind.__name__}: name {prefix} in CHECKED_APART, and read it by settings.read."
        )


def test_every_name_that_is_written_down_is_a_setting() -> None:
    known = {f"PORTAL_{field}".upper() for field in Settings.model_fields}
    files = [ROOT / "Makefile", ROOT / "README.md", *ROOT.glob("docs/**/*.md")]
    files += [*ROOT.glob("scripts/*"), *ROOT.glob("tools/*.py"), *ROOT.glob(".ci/*")]

    for file in files:
        if file.is_file():
            for name in re.findall(r"\bPORTAL_[A-Z][A-Z_]*[A-Z]", file.read_text("utf-8")):
                apart = f"{name}_".startswith(setting_names.CHECKED_APART)
                assert name in known or apart, f"{file.name}: {name} is no setting."
