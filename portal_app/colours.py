"""The portal's colours: OKLCH ramps, and the role each step plays in light and dark.

Lightness is fixed per step and only hue and chroma belong to a brand, so a brand may pick
any hue and every contrast holds. `scripts/make_tokens.py` proves it for all hues.
"""

from collections.abc import Mapping

from portal_app.oklch import hex_colour

Ramp = dict[int, str]

# step: (lightness, share of the brand's chroma)
_BRAND_STEPS = {
    25: (0.987, 0.05), 50: (0.970, 0.11), 100: (0.940, 0.22), 200: (0.885, 0.40),
    300: (0.805, 0.66), 400: (0.700, 0.92), 500: (0.565, 1.0), 600: (0.418, 1.0),
    700: (0.358, 0.90), 800: (0.305, 0.74), 900: (0.252, 0.56), 950: (0.205, 0.42),
}  # fmt: skip
_MEANING_STEPS = {
    50: (0.972, 0.14), 100: (0.940, 0.30), 200: (0.885, 0.50), 300: (0.810, 0.78),
    400: (0.740, 0.96), 500: (0.640, 1.0), 600: (0.525, 0.92), 700: (0.430, 0.76),
    800: (0.345, 0.58), 900: (0.275, 0.42),
}  # fmt: skip
# Light steps lean to warm paper, dark steps to aubergine ink: one hue for all looked pink.
_NEUTRAL_STEPS = {
    0: (1.0, 0.0, 0.0), 25: (0.989, 0.0030, 70), 50: (0.975, 0.0052, 68),
    100: (0.953, 0.0072, 64), 200: (0.915, 0.0094, 56), 300: (0.860, 0.0110, 46),
    400: (0.745, 0.0120, 20), 500: (0.608, 0.0140, 350), 600: (0.505, 0.0170, 330),
    700: (0.418, 0.0210, 320), 800: (0.325, 0.0240, 318), 900: (0.245, 0.0260, 320),
    950: (0.192, 0.0260, 320),
}  # fmt: skip

HOUSE_HUE, HOUSE_CHROMA = 320.0, 0.138  # aubergine, what a brand starts from
_INK_HUE = 320.0


def brand_ramp(hue: float, chroma: float) -> Ramp:
    """Return the twelve steps of a brand's own colour."""
    return {
        step: hex_colour(light, chroma * share, hue)
        for step, (light, share) in _BRAND_STEPS.items()
    }


def _meaning_ramp(hue: float, chroma: float) -> Ramp:
    return {
        step: hex_colour(light, chroma * share, hue)
        for step, (light, share) in _MEANING_STEPS.items()
    }


NEUTRAL: Ramp = {step: hex_colour(*lch) for step, lch in _NEUTRAL_STEPS.items()}
COPPER = _meaning_ramp(52, 0.150)
GREEN = _meaning_ramp(155, 0.150)
RED = _meaning_ramp(25, 0.205)
AMBER = _meaning_ramp(72, 0.155)
BLUE = _meaning_ramp(248, 0.150)
TEAL = _meaning_ramp(205, 0.105)

_MEANINGS = {"ok": GREEN, "bad": RED, "warn": AMBER, "info": BLUE, "exempt": TEAL}


def light_roles(brand: Mapping[int, str]) -> dict[str, str]:
    """Return what each role looks like on paper."""
    n = NEUTRAL
    roles = {
        "canvas": n[50], "surface": n[0], "surface-2": n[25], "surface-3": n[100],
        "line": n[200], "line-strong": n[300], "control": n[500],
        "ink": n[950], "ink-2": n[700], "ink-3": n[600],
        "link": brand[700], "link-hover": brand[800],
        "primary": brand[600], "primary-hover": brand[700], "primary-active": brand[800],
        "on-primary": "#ffffff", "primary-tint": brand[50], "primary-tint-2": brand[100],
        "primary-line": brand[200], "on-tint": brand[800],
        "header": brand[950], "on-header": "#ffffff", "on-header-2": brand[200],
        "accent": COPPER[600], "accent-bright": COPPER[500],
        "accent-tint": COPPER[50], "on-accent-tint": COPPER[800],
        "orange": COPPER[400], "orange-hover": COPPER[300], "on-orange": n[950],
        "focus": brand[700], "focus-gap": "#ffffff", "on-status": "#ffffff",
        "idle": n[500], "idle-tint": n[100], "idle-line": n[300], "on-idle-tint": n[700],
        "past": n[700], "past-tint": n[200], "past-line": n[400], "on-past-tint": n[800],
        "chart": brand[300], "tip": n[950], "on-tip": "#ffffff", "tip-line": n[950],
        "soon": AMBER[800], "ornament": COPPER[300], "scrim": "rgb(25 12 30 / 0.46)",
    }  # fmt: skip
    for name, ramp in _MEANINGS.items():
        roles |= _meaning_roles(name, ramp[600], ramp[50], ramp[200], ramp[800])
    return roles


def dark_roles(brand: Mapping[int, str]) -> dict[str, str]:
    """Return what each role looks like in the dark."""
    canvas = _dusk(0.172, 0.018)
    roles = {
        "canvas": canvas, "surface": _dusk(0.212, 0.020), "surface-2": _dusk(0.240, 0.021),
        "surface-3": _dusk(0.282), "line": _dusk(0.318), "line-strong": _dusk(0.400),
        "control": _dusk(0.600, 0.020), "ink": _dusk(0.962, 0.006),
        "ink-2": _dusk(0.835, 0.012), "ink-3": _dusk(0.745, 0.016),
        "link": brand[300], "link-hover": brand[200],
        "primary": brand[300], "primary-hover": brand[200], "primary-active": brand[100],
        "on-primary": brand[950], "primary-tint": brand[900], "primary-tint-2": brand[800],
        "primary-line": brand[700], "on-tint": brand[100],
        "header": _dusk(0.140), "on-header": "#ffffff", "on-header-2": brand[200],
        "accent": COPPER[400], "accent-bright": COPPER[400],
        "accent-tint": COPPER[900], "on-accent-tint": COPPER[200],
        "orange": COPPER[400], "orange-hover": COPPER[300], "on-orange": NEUTRAL[950],
        "focus": brand[200], "focus-gap": canvas, "on-status": canvas,
        "idle": _dusk(0.600, 0.020), "idle-tint": _dusk(0.282),
        "idle-line": _dusk(0.420), "on-idle-tint": _dusk(0.860, 0.010),
        "past": _dusk(0.780, 0.014), "past-tint": _dusk(0.320),
        "past-line": _dusk(0.500), "on-past-tint": _dusk(0.900, 0.008),
        "chart": brand[500], "tip": _dusk(0.282), "on-tip": "#ffffff",
        "tip-line": _dusk(0.400), "soon": AMBER[400], "ornament": COPPER[700],
        "scrim": "rgb(0 0 0 / 0.62)",
    }  # fmt: skip
    for name, ramp in _MEANINGS.items():
        roles |= _meaning_roles(name, ramp[400], ramp[900], ramp[700], ramp[200])
    return roles


def brand_style_sheet(hue: float, chroma: float) -> str:
    """Return the style sheet that lays a brand's colours over the house colours.

    Only roles that differ from the house are named; `light-dark()` picks the side, so one
    declaration serves both. `:root:root` weighs more than the `:root` of tokens.css, which
    the build puts later.
    """
    house, brand = brand_ramp(HOUSE_HUE, HOUSE_CHROMA), brand_ramp(hue, chroma)
    light, dark = light_roles(brand), dark_roles(brand)
    was_light, was_dark = light_roles(house), dark_roles(house)
    names = [n for n in light if (light[n], dark[n]) != (was_light[n], was_dark[n])]
    if not names:
        return "/* The house colours are the brand's. */\n"
    lines = [f"  --p-{name}: {pair(light[name], dark[name])};\n" for name in names]
    return ":root:root {\n" + "".join(lines) + "}\n"


def pair(light: str, dark: str) -> str:
    """Return the CSS value that is `light` on paper and `dark` in the dark."""
    return light if light == dark else f"light-dark({light}, {dark})"


def _meaning_roles(name: str, plain: str, tint: str, line: str, on_tint: str) -> dict[str, str]:
    return {
        name: plain, f"{name}-tint": tint, f"{name}-line": line, f"on-{name}-tint": on_tint,
    }  # fmt: skip


def _dusk(lightness: float, chroma: float = 0.022) -> str:
    return hex_colour(lightness, chroma, _INK_HUE)
