"""A brand file says everything in which one fund's portal differs, or what is wrong with it."""

import pytest

from portal_app.brand import BRANDS, Module, read_brand
from portal_app.errors import WrongSetting

SHIPPED = sorted(path.stem for path in BRANDS.glob("*.toml"))


@pytest.fixture
def changed(tmp_path):
    """Write the first shipped brand with one thing changed, and return the path."""

    def write(old: str, new: str) -> str:
        text = (BRANDS / "techniekplus.toml").read_text(encoding="utf-8")
        assert old in text
        file = tmp_path / "brand.toml"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return str(file)

    return write


def test_three_brands_ship():
    assert SHIPPED == ["keurpoort", "techniekplus", "zilverberk"]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_brand_is_complete(name):
    brand = read_brand(name)

    assert brand.contact.phone
    assert all(brand.links_in(block) for block in ("contact", "direct", "follow"))


@pytest.mark.covers("V-35")
def test_the_portal_for_events_has_one_name():
    said = "".join(path.read_text(encoding="utf-8") for path in BRANDS.glob("*.toml"))

    assert "Evenementenportaal" in said
    assert "Evenementportaal" not in said


def test_a_brand_leaves_modules_out():
    assert Module.SUBSIDIES not in read_brand("zilverberk").modules


def test_a_brand_may_lie_elsewhere(changed):
    assert read_brand(changed('name = "Techniek+"', 'name = "Elders"')).name == "Elders"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("hue = 320", "hue = 400", "colours.hue"),
        ("hue = 320", "tint = 3", "colours"),
        ('logo = "techniekplus.svg"', 'logo = "nowhere.svg"', "there is no logo nowhere.svg"),
        ('de = "werktags von 8.30 bis 17.00 Uhr"', 'de = ""', "say it in de too"),
        ('["nl", "fr", "en", "de"]', '["nl", "nl"]', "names each language once"),
        ('["nl", "fr", "en", "de"]', '["fr", "en"]', "languages holds nl"),
        ('href = "/hulp"', 'href = "javascript:alert(1)"', "links.0.href"),
        ('email = "helpdesk@techniekplus.example"', 'email = "helpdesk"', "contact.email"),
        ('name = "Techniek+"', "name = ", "is no TOML"),
    ],
)
def test_a_wrong_brand_is_refused_in_one_sentence(changed, old, new, said):
    with pytest.raises(WrongSetting) as refused:
        read_brand(changed(old, new))

    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_brand_that_is_not_there_is_refused_with_the_ones_that_are():
    with pytest.raises(WrongSetting, match="keurpoort, techniekplus, zilverberk"):
        read_brand("nowhere")
