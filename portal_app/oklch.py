"""Colours as people see them: OKLCH to `#rrggbb`, and the WCAG contrast of two colours."""

import math

_GAMUT_SLACK = 1e-4
_LINEAR_BELOW = 0.0031308  # in light
_LINEAR_UP_TO = 0.04045  # in code


def hex_colour(lightness: float, chroma: float, hue: float) -> str:
    """Return an OKLCH colour as `#rrggbb`.

    Chroma is lowered until the colour fits sRGB, so that lightness (and with it contrast)
    stays what was asked.
    """
    low, high = 0.0, chroma
    if not _fits(_linear_rgb(lightness, chroma, hue)):
        for _ in range(24):
            middle = (low + high) / 2
            if _fits(_linear_rgb(lightness, middle, hue)):
                low = middle
            else:
                high = middle
        chroma = low
    channels = (_gamma(part) for part in _linear_rgb(lightness, chroma, hue))
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two `#rrggbb` colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _linear_rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    # The matrices of the OKLab definition.
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _fits(channels: tuple[float, float, float]) -> bool:
    return all(-_GAMUT_SLACK <= channel <= 1 + _GAMUT_SLACK for channel in channels)


def _gamma(channel: float) -> float:
    channel = min(1.0, max(0.0, channel))
    if channel <= _LINEAR_BELOW:
        return 12.92 * channel
    return 1.055 * channel ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    weights = (0.2126, 0.7152, 0.0722)
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return sum(w * _linear(channel) for w, channel in zip(weights, channels, strict=True))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _LINEAR_UP_TO else ((channel + 0.055) / 1.055) ** 2.4
