"""Colours keep their contrast whatever hue a brand picks."""

import subprocess
import sys
from pathlib import Path

import pytest

from portal_app import colours, oklch
from portal_app.brand import BRANDS, read_brand
from scripts import make_tokens

ROOT = Path(__file__).parents[2]
HOUSE = colours.brand_ramp(colours.HOUSE_HUE, colours.HOUSE_CHROMA)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#bf262c", "#bf262c", 1.0)],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert oklch.contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert oklch.contrast(other, one) == oklch.contrast(one, other)


def test_a_colour_outside_srgb_keeps_its_lightness():
    wild, tame = oklch.hex_colour(0.525, 0.9, 25), oklch.hex_colour(0.525, 0.0, 25)

    assert oklch.contrast(wild, "#ffffff") == pytest.approx(
        oklch.contrast(tame, "#ffffff"), rel=0.25
    )


def test_every_pair_is_readable_for_every_hue():
    assert not [str(m) for m in make_tokens.measure_all_hues(step=24) if m.ratio < m.needed]


def test_a_pair_that_is_unreadable_is_found(monkeypatch):
    monkeypatch.setattr(make_tokens, "PAIRS", [("line", "surface", 4.5)])

    assert all(m.ratio < m.needed for m in make_tokens.measure(320, 0.138))
    assert make_tokens.main(["--check"]) == 1


def test_the_style_sheets_are_what_the_script_writes():
    checked = subprocess.run(
        [sys.executable, "scripts/make_tokens.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stderr) == (0, "")


def test_light_and_dark_name_the_same_roles():
    assert colours.light_roles(HOUSE).keys() == colours.dark_roles(HOUSE).keys()


@pytest.mark.parametrize("name", sorted(path.stem for path in BRANDS.glob("*.toml")))
def test_a_brand_lays_its_colours_over_the_house(name):
    picked = read_brand(name).colours
    sheet = colours.brand_style_sheet(picked.hue, picked.chroma)
    is_house = (picked.hue, picked.chroma) == (colours.HOUSE_HUE, colours.HOUSE_CHROMA)

    assert ("--p-primary: light-dark(" in sheet) != is_house
    assert "--p-ok:" not in sheet  # meaning belongs to nobody's brand
