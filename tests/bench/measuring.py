"""How the benches measure: ways to do the same thing, interleaved, told as ratios.

This machine may be busy with other things, so a figure in milliseconds says little and a
ratio of one run says much. The first way is measured twice: its A/A row shows how far a
ratio may be from 1 by chance. The load is printed with every table.

Limits in milliseconds are those of the machine on which they were set. A slower one, or one
that others are slowing down, has as many times more as it takes longer to hash a password.
"""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median, quantiles

import bcrypt

ROUNDS = 9
CALLS = 5  # of each way in a round
HASH = 237
"""Milliseconds that one bcrypt hash of cost 12 took where limits in milliseconds were set."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How long one way took, in milliseconds, and beside the first way in the same round."""

    p50: float
    p95: float
    ratio: float
    least: float
    most: float


def interleaved(
    ways: Mapping[str, Callable[[], object]], *, rounds: int = ROUNDS, calls: int = CALLS
) -> dict[str, Figures]:
    """Measure each way in turn, A B A B …; the first one again as 'A/A'."""
    names = [*ways, "A/A"]
    base = next(iter(ways))
    every = {**ways, "A/A": ways[base]}
    for way in every.values():
        way()  # warm
    took: dict[str, list[list[float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            took[name].append([_milliseconds(every[name]) for _ in range(calls)])
    return {name: _figures(took[name], took[base]) for name in names}


def slowness() -> float:
    """Return how many times slower than there a processor is here and now; never below 1."""
    took = [_milliseconds(lambda: bcrypt.hashpw(b"x", bcrypt.gensalt(12))) for _ in range(3)]
    return max(1.0, median(took) / HASH)


def table(title: str, rows: Mapping[str, Mapping[str, Figures]], base: str, ours: str) -> str:
    """Write figures as a table in Markdown."""
    lines = [
        f"### {title} (load {os.getloadavg()[0]:.1f})",
        "",
        f"| what | {base} p50 / p95 | {ours} p50 / p95 | ratio [range] | A/A |",
        "|---|---|---|---|---|",
    ]
    for name, figures in rows.items():
        one, two, again = figures[base], figures[ours], figures["A/A"]
        lines.append(
            f"| {name} | {one.p50:.1f} / {one.p95:.1f} | {two.p50:.1f} / {two.p95:.1f} "
            f"| {two.ratio:.2f} [{two.least:.2f}–{two.most:.2f}] | {again.ratio:.2f} |"
        )
    return "\n".join(["", *lines, ""])


def _milliseconds(way: Callable[[], object]) -> float:
    started = time.perf_counter()
    way()
    return (time.perf_counter() - started) * 1000


def _figures(took: list[list[float]], base: list[list[float]]) -> Figures:
    ratios = [median(one) / median(other) for one, other in zip(took, base, strict=True)]
    every = [call for one in took for call in one]
    p95 = quantiles(every, n=20)[-1]
    return Figures(median(every), p95, median(ratios), min(ratios), max(ratios))
