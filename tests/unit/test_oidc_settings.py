"""The knobs of eHerkenning: what they are when left out, and what is refused in one sentence."""

import pytest

from portal_app import brand as brands
from portal_app.brand import Module, offers
from portal_app.eherkenning import Level
from portal_app.errors import WrongSetting
from portal_app.hosting import sources
from portal_app.oidc_settings import OidcSettings
from portal_app.settings import Mode, read, settings
from portal_app.site_map import SITE_MAP
from tests.harness.sources import ROOT

ISSUER = "https://broker.example"


@pytest.fixture
def put(monkeypatch):
    """`put(ISSUER="…")`: put settings of eHerkenning in the environment."""

    def set_all(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"PORTAL_OIDC_{name}", value)

    return set_all


def test_without_settings_there_is_no_broker_and_level_three_is_the_least() -> None:
    knobs = read(OidcSettings)

    assert knobs.issuer == ""
    assert (knobs.client_id, knobs.scope) == ("vakpoort", "openid")
    assert (knobs.least_level, knobs.minutes) == (Level.EH3, 15)
    assert knobs.level == ("acr",)


def test_a_broker_may_call_claims_and_levels_otherwise(put) -> None:
    put(LEGAL_SUBJECT='["company", "number"]', LEVELS=f'{{"high": "{Level.EH4.value}"}}')

    knobs = read(OidcSettings)

    assert knobs.legal_subject == ("company", "number")
    assert knobs.levels == {"high": Level.EH4}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"ISSUER": "http://broker.example", "CLIENT_SECRET": "s"}, "PORTAL_OIDC_ISSUER must be"),
        ({"ISSUER": "https://", "CLIENT_SECRET": "s"}, "PORTAL_OIDC_ISSUER must be"),
        ({"ISSUER": "broker.example", "CLIENT_SECRET": "s"}, "PORTAL_OIDC_ISSUER must be"),
        ({"ISSUER": "https://[", "CLIENT_SECRET": "s"}, "PORTAL_OIDC_ISSUER must be"),
        ({"ISSUER": f"{ISSUER}/?a=b", "CLIENT_SECRET": "s"}, "PORTAL_OIDC_ISSUER must be"),
        ({"ISSUER": f"{ISSUER}/#a", "CLIENT_SECRET": "s"}, "PORTAL_OIDC_ISSUER must be"),
        ({"ISSUER": ISSUER}, "PORTAL_OIDC_CLIENT_SECRET is missing"),
        ({"LEAST_LEVEL": "EH3"}, "PORTAL_OIDC_LEAST_LEVEL is wrong"),
        ({"LEGAL_SUBJECT": "[]"}, "PORTAL_OIDC_LEGAL_SUBJECT is wrong"),
        ({"MINUTES": "0"}, "PORTAL_OIDC_MINUTES is wrong"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_sentence(put, values, said) -> None:
    put(**values)

    with pytest.raises(WrongSetting) as refused:
        read(OidcSettings)

    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_secret_of_the_broker_is_never_written_out(put) -> None:
    put(ISSUER=ISSUER, CLIENT_SECRET="very-secret")

    assert "very-secret" not in repr(read(OidcSettings))


@pytest.mark.parametrize(
    ("mode", "issuer", "offered"),
    [(Mode.DEMO, "", True), (Mode.PRODUCTION, "", False), (Mode.PRODUCTION, ISSUER, True)],
)
def test_production_offers_eherkenning_where_a_broker_is_set(
    monkeypatch, mode, issuer, offered
) -> None:
    there = OidcSettings(issuer=issuer, client_secret="s" if issuer else "")
    before = sources.fingerprint(ROOT)
    monkeypatch.setattr(brands, "settings", settings.model_copy(update={"mode": mode}))
    monkeypatch.setattr(brands, "oidc_settings", there)

    assert offers(Module.EHERKENNING) is offered
    assert offers(Module.OVERVIEW)
    pages = [page for page in SITE_MAP if page.module is Module.EHERKENNING]
    assert [page.path for page in pages] == ["/account", "/eherkenning", "/dev/eherkenning"]
    assert [page.is_here for page in pages] == [offered] * 3
    assert (sources.fingerprint(ROOT) == before) is offered  # other pages want another build


def test_a_fund_may_leave_eherkenning_out(monkeypatch) -> None:
    without = brands.brand.model_copy(update={"modules": frozenset({Module.OVERVIEW})})
    monkeypatch.setattr(brands, "brand", without)

    assert not offers(Module.EHERKENNING)
