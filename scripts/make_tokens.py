"""Write the generated style sheets, and prove that every colour pair has its contrast.

Usage: python scripts/make_tokens.py [--check]

Writes `tokens.css` and `shares.css` in assets/styles. `--check` writes nothing. Exit code
1: a pair misses WCAG AA for some hue, or (with `--check`) a file is not what this script
would write.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # so that it also runs where the portal is not installed

from portal_app import colours, oklch  # noqa: E402 -- after the path above

STYLES = ROOT / "assets" / "styles"

STATIC = {
    "font-sans": '"Atkinson Hyperlegible Next Variable", "Segoe UI", system-ui, sans-serif',
    "font-mono": '"Atkinson Hyperlegible Mono Variable", ui-monospace, Consolas, monospace',
    # Sizes are in rem, so that the browser's own text size works; body 17 px, tables 15 px.
    "text-xs": "0.8125rem", "text-sm": "0.9375rem", "text-md": "1.0625rem",
    "text-lg": "1.1875rem", "text-xl": "clamp(1.3125rem, 1.22rem + 0.4vw, 1.5rem)",
    "text-2xl": "clamp(1.625rem, 1.42rem + 0.9vw, 2.125rem)", "text-code": "1.375rem",
    "line-tight": "1.18", "line-snug": "1.35", "line-body": "1.55",
    "weight-regular": "420", "weight-medium": "530", "weight-bold": "660", "weight-black": "760",
    "space-1": "0.25rem", "space-2": "0.5rem", "space-3": "0.75rem", "space-4": "1rem",
    "space-5": "1.25rem", "space-6": "1.5rem", "space-8": "2rem", "space-12": "3rem",
    "space-16": "4rem",
    "page": "84rem", "gutter": "clamp(1rem, 3vw, 2.25rem)",
    "radius-sm": "6px", "radius-md": "9px", "radius-lg": "14px", "radius-xl": "20px",
    "radius-pill": "999px",
    # 48 px to touch, 40 px where it is dense; never under 24 px (WCAG 2.5.8).
    "control-height": "3rem", "control-height-sm": "2.5rem", "icon-button": "2.25rem",
    "row": "3.5rem", "row-compact": "2.75rem", "header-height": "4rem",
    "ease": "cubic-bezier(0.2, 0.7, 0.2, 1)", "fast": "120ms", "medium": "200ms",
    "above-page": "20", "above-header": "30", "above-all": "60",
}  # fmt: skip

# Light: a shadow. Dark: a hairline, because a shadow does not show.
SHADOWS = {
    "shadow-1": "0 1px 2px light-dark(rgb(36 13 44 / 0.07), transparent), "
    "0 0 0 1px light-dark(transparent, rgb(255 255 255 / 0.04))",
    "shadow-2": "0 6px 16px -6px light-dark(rgb(36 13 44 / 0.18), rgb(0 0 0 / 0.6)), "
    "0 0 0 1px light-dark(transparent, rgb(255 255 255 / 0.05))",
    "shadow-3": "0 24px 48px -16px light-dark(rgb(36 13 44 / 0.3), rgb(0 0 0 / 0.8)), "
    "0 0 0 1px light-dark(rgb(36 13 44 / 0.04), rgb(255 255 255 / 0.07))",
}

TEXT, LARGE, STRONG = 4.5, 3.0, 7.0
PAIRS = [
    ("ink", "canvas", STRONG), ("ink", "surface", STRONG), ("ink", "surface-3", STRONG),
    ("ink-2", "canvas", STRONG), ("ink-2", "surface", STRONG), ("ink-2", "surface-3", TEXT),
    ("ink-3", "canvas", TEXT), ("ink-3", "surface", TEXT), ("ink-3", "surface-2", TEXT),
    ("link", "canvas", TEXT), ("link", "surface", TEXT), ("link", "surface-3", TEXT),
    ("link", "primary-tint", TEXT), ("link-hover", "surface", TEXT),
    ("on-primary", "primary", TEXT), ("on-primary", "primary-hover", TEXT),
    ("on-primary", "primary-active", TEXT), ("primary", "canvas", LARGE),
    ("primary", "surface", LARGE), ("on-tint", "primary-tint", STRONG),
    ("on-tint", "primary-tint-2", TEXT), ("on-header", "header", STRONG),
    ("on-header-2", "header", TEXT), ("accent", "surface", LARGE), ("accent", "canvas", LARGE),
    ("accent-bright", "header", LARGE), ("on-accent-tint", "accent-tint", TEXT),
    ("on-orange", "orange", TEXT), ("on-orange", "orange-hover", TEXT),
    ("focus", "canvas", LARGE), ("focus", "surface", LARGE), ("focus-gap", "focus", LARGE),
    ("control", "surface", LARGE), ("control", "canvas", LARGE),
    ("on-tip", "tip", STRONG), ("soon", "surface", TEXT), ("soon", "surface-2", TEXT),
    ("on-status", "ok", LARGE), ("on-status", "bad", TEXT), ("on-status", "warn", LARGE),
    ("on-status", "info", LARGE), ("on-status", "exempt", LARGE), ("on-status", "past", LARGE),
    *((name, "surface", TEXT) for name in ("ok", "bad", "warn", "info")),
    *(
        check
        for name in ("ok", "bad", "warn", "info", "exempt", "idle", "past")
        for check in (
            (name, "surface", LARGE),
            (name, "canvas", LARGE),
            (f"on-{name}-tint", f"{name}-tint", TEXT),
        )
    ),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """How well one colour reads on another."""

    pair: str
    mode: str
    ratio: float
    needed: float
    brand: tuple[float, float]  # hue and chroma

    def __str__(self) -> str:
        hue, chroma = self.brand
        return (
            f"{self.pair} ({self.mode}): {self.ratio:.2f}, needs {self.needed}"
            f" at hue {hue}, chroma {chroma}"
        )


def measure(hue: float, chroma: float) -> Iterator[Measured]:
    """Measure every pair for one brand, on paper and in the dark."""
    ramp = colours.brand_ramp(hue, chroma)
    for mode, roles in (("light", colours.light_roles(ramp)), ("dark", colours.dark_roles(ramp))):
        for front, back, needed in PAIRS:
            ratio = oklch.contrast(roles[front], roles[back])
            yield Measured(f"{front} on {back}", mode, ratio, needed, (hue, chroma))


def measure_all_hues(step: int = 3) -> list[Measured]:
    """Measure every pair for all hues, `step` degrees apart, at four chromas."""
    return [
        measured
        for chroma in (0.06, 0.12, 0.165, 0.23)
        for hue in range(0, 360, step)
        for measured in measure(hue, chroma)
    ]


def tokens() -> str:
    """Return the text of tokens.css."""
    house = colours.brand_ramp(colours.HOUSE_HUE, colours.HOUSE_CHROMA)
    light, dark = colours.light_roles(house), colours.dark_roles(house)
    both = {name: colours.pair(light[name], dark[name]) for name in light}
    return (
        "/* Made by scripts/make_tokens.py, which checks the contrast of every pair.\n"
        "   A brand's own colours lie over these (portal_app/colours.py). The build turns\n"
        "   light-dark() into what browsers from before 2024 understand too. Reflex puts the\n"
        "   person's choice on <html> before the first paint; without it the system decides. */\n\n"
        ":root {\n  color-scheme: light dark;\n"
        f"{_declarations(STATIC | both | SHADOWS)}\n}}\n\n"
        ":root.light {\n  color-scheme: light;\n}\n\n"
        ":root.dark {\n  color-scheme: dark;\n}\n"
    )


def _declarations(values: dict[str, str]) -> str:
    return "\n".join(f"  --p-{name}: {value};" for name, value in values.items())


def shares() -> str:
    """Return the text of shares.css: how much of a bar each class takes."""
    rules = "\n".join(f".share-{n} {{ --share: {n}%; }}" for n in range(101))
    return (
        "/* Made by scripts/make_tokens.py. A bar gets its length from a class, because the\n"
        "   content policy refuses style attributes. */\n\n" + rules + "\n"
    )


def main(arguments: list[str]) -> int:
    """Write or check the files; return the exit code."""
    wrong = [str(m) for m in measure_all_hues() if m.ratio < m.needed]
    for name, text in (("tokens.css", tokens()), ("shares.css", shares())):
        file = STYLES / name
        if "--check" not in arguments:
            file.write_text(text, encoding="utf-8")
        elif file.read_text(encoding="utf-8") != text:
            wrong.append(f"assets/styles/{name} is old: run scripts/make_tokens.py.")
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
