"""A brand file says everything in which one fund's portal differs, or what is wrong with it."""

import re
from typing import get_args

import pytest

from portal_app import brand as brands
from portal_app import languages
from portal_app.brand import BRANDS, Brand, CompanyRole, Module, Term, offers, read_brand
from portal_app.errors import WrongSetting
from portal_app.icon_names import IconName
from portal_app.languages import LOCALES, catalogue, say
from portal_app.permissions import STAFF_ROLES, Role
from portal_app.site_map import INSIDE, SITE_MAP
from tests.harness.sources import PORTAL, ROOT

READ_BY = {"terms": "own_word", "links": "links_in"}
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


_PLANNER = 'href = "https://toetsen.techniekplus.example/"'


@pytest.mark.covers("S-08")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (_PLANNER, "", "tiles.1: a tile has either href or rubrics."),
        ('icon = "calendar"', 'icon = "unicorn"', "tiles.1.icon: "),
        (_PLANNER, 'href = "javascript:alert(1)"', "tiles.1.href: "),
        (_PLANNER, 'href = "http://toetsen.example/"', "tiles.1.href: "),
        ('code = "exam_planner"', 'code = "eloket"', "each of the tiles and rubrics has a code"),
        ('roles = ["main_', 'roles = ["nobody", "main_', "tiles.0.rubrics.0.roles"),
        ('roles = ["main_', 'roles = ["staff", "main_', "tiles.0.rubrics.0.roles"),
        (
            'capacity = "training_provider"',
            'capacity = "baker"',
            "the tile eloket_attendance names baker, which is no capacity.",
        ),
        ('line = { nl = "Plan', 'line = { nl = "", xx = "', "tiles.1.line"),
    ],
)
def test_a_mistake_in_a_tile_is_said_in_one_sentence(old, new, said, changed):
    with pytest.raises(WrongSetting) as refused:
        read_brand(changed(old, new))

    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_every_icon_that_a_tile_may_have_is_drawn():
    drawn = (ROOT / "assets" / "icons.svg").read_text(encoding="utf-8")

    assert [name for name in get_args(IconName) if f'id="{name}"' not in drawn] == []


def test_tiles_are_for_every_role_of_an_organisation():
    assert {*get_args(CompanyRole)} == {role.value for role in set(Role) - STAFF_ROLES}


@pytest.mark.covers("V-35")
def test_the_portal_for_events_has_one_name():
    said = "".join(path.read_text(encoding="utf-8") for path in BRANDS.glob("*.toml"))

    assert "Evenementenportaal" in said
    assert "Evenementportaal" not in said


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_brand_has_a_capacity_of_each_kind(name):
    brand = read_brand(name)

    assert brand.capacity(brand.standard_capacity.code) is brand.standard_capacity
    assert any(one.needs_fund for one in brand.capacities)
    assert any(not one.needs_fund and not one.standard for one in brand.capacities)
    assert brand.capacity("nobody_knows") is None


@pytest.fixture
def as_brand(monkeypatch):
    """Live with another brand; what texts say is read again, before and after."""

    def live(name: str) -> None:
        other = read_brand(name)
        monkeypatch.setattr(brands, "brand", other)
        monkeypatch.setattr(languages, "brand", other)
        catalogue.cache_clear()

    yield live
    monkeypatch.undo()
    catalogue.cache_clear()


@pytest.mark.parametrize("name", Brand.model_fields)
def test_every_setting_of_a_brand_has_an_effect(name):
    sources = [*PORTAL.rglob("*.py"), *PORTAL.rglob("*.jinja")]
    code = "".join(path.read_text("utf-8") for path in sources)

    assert re.search(rf"\bbrand\.{READ_BY.get(name, name)}\b", code), (
        "a setting that does nothing is a lie: give it its effect, or take it out"
    )


def test_the_page_about_brand_files_names_every_setting_module_and_term():
    page = (ROOT / "docs" / "brand.md").read_text("utf-8")
    rows = re.findall(r"^\| `\[*(\w+)\]*` \|", page, re.MULTILINE)

    assert sorted(rows) == sorted([*Brand.model_fields, *Module, *Term])


def test_a_module_that_a_brand_leaves_out_has_no_page(as_brand):
    assert {"/overzicht", "/overzicht/kandidaat", "/betaalcodes"} <= set(INSIDE)
    as_brand("zilverberk")

    assert [module for module in Module if offers(module)] == ["company", "access", "enrolments"]
    here = {page.path for page in SITE_MAP if page.is_here}
    gone = {page.path for page in SITE_MAP if page.module and not offers(page.module)}
    assert {"/overzicht", "/overzicht/kandidaat", "/betaalcodes"} <= gone
    assert not gone & here
    assert {"/", "/profiel", "/hulp"} <= here


@pytest.mark.parametrize(
    ("name", "locale", "sentence"),
    [
        ("techniekplus", "nl", "Neem contact op met uw loopbaanfonds."),
        ("techniekplus", "fr", "Contactez votre fonds de carrière."),
        ("keurpoort", "en", "Contact your certification body."),
        ("zilverberk", "de", "Bei Fragen hilft Ihnen Ihr Institut."),
    ],
)
def test_a_text_says_the_fund_in_its_own_words(as_brand, name, locale, sentence):
    as_brand(name)

    assert say("invitations.wrong_withdrawn", locale).endswith(sentence)


def test_a_brand_without_terms_says_the_general_words(monkeypatch, as_brand):
    as_brand("techniekplus")
    monkeypatch.setattr(languages, "brand", brands.brand.model_copy(update={"terms": {}}))

    assert say("invitations.wrong_withdrawn", "nl").endswith("Neem contact op met uw fonds.")


def test_a_brand_calls_the_highest_role_of_a_company_as_it_does(as_brand):
    as_brand("keurpoort")
    admins = {say("roles.main_access_manager", locale) for locale in LOCALES}
    as_brand("techniekplus")

    assert admins == {"Admin"}
    assert say("roles.main_access_manager", "nl") == "Hoofdtoegangsbeheerder"
    assert say("roles.co_main_access_manager", "nl") == "co-Hoofdtoegangsbeheerder"


def test_a_brand_may_lie_elsewhere(changed):
    assert read_brand(changed('name = "Techniek+"', 'name = "Elders"')).name == "Elders"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("hue = 320", "hue = 400", "colours.hue"),
        ("hue = 320", "tint = 3", "colours"),
        ('country = "BE"', 'country = "BE"\nkind = "institute"', "wrong at kind: no such setting"),
        ('country = "BE"', 'country = "BE"\nmodules = ["payments"]', "should be 'overview', "),
        ("your_fund = {", "our_fund = {", "wrong at terms.our_fund: Input should be 'your_fund',"),
        ('de = "Ihr Laufbahnfonds"', 'de = ""', "terms.your_fund: say it in de too"),
        ('logo = "techniekplus.svg"', 'logo = "nowhere.svg"', "there is no logo nowhere.svg"),
        ('de = "werktags von 8.30 bis 17.00 Uhr"', 'de = ""', "say it in de too"),
        ('["nl", "fr", "en", "de"]', '["nl", "nl"]', "names each language once"),
        ('["nl", "fr", "en", "de"]', '["fr", "en"]', "languages holds nl"),
        ('href = "/hulp"', 'href = "javascript:alert(1)"', "links.0.href"),
        ('email = "helpdesk@techniekplus.example"', 'email = "helpdesk"', "contact.email"),
        ('name = "Techniek+"', "name = ", "is no TOML"),
        ("standard = true", "standard = false", "exactly one of the capacities is standard"),
        ("needs_fund = true", "standard = true", "exactly one of the capacities is standard"),
        ("standard = true", "standard = true\nneeds_fund = true", "cannot wait for the fund"),
        ('code = "employer"', 'code = "training_provider"', "a code of its own"),
        ('code = "employer"', 'code = "Employer!"', "capacities.0.code"),
        ('["overview", "payment_codes"]', '["overview", "codes"]', "capacities.1.modules"),
        ('modules = ["company",', 'switched = ["company",', "capacities.0.switched"),
        ("\n[colours]", 'modules = ["company"]\n[colours]', "not among the modules"),
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


def test_no_line_ends_halfway_the_number_of_the_helpdesk():
    said = read_brand("techniekplus").contact.phone_said

    assert said.split(" ") == [said]
    assert said.split() == read_brand("techniekplus").contact.phone.split()
