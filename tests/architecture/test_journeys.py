"""Each step of the sources' manuals is walked in a browser, in Dutch and in English."""

import ast
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.harness.sources import ROOT
from tests.harness.tracing import trace

STEPS = [
    *(f"W-{number:02}" for number in range(2, 20)),
    *(f"S-{number:02}" for number in range(3, 16)),
    *(f"I-{number:02}" for number in range(5, 15)),
]
"""W-02 to W-19, S-03 to S-15 and I-05 to I-14."""
ONLY_IN_ENGLISH = {"I-08", "I-09"}
"""The source shows these pages in English; what the Dutch ones say is X-08."""


def journeys() -> Iterator[tuple[str, str]]:
    """Yield each step that a journey covers, with the language in which it is walked."""
    for path in sorted((ROOT / "tests" / "e2e").glob("test_*.py")):
        source = path.read_text("utf-8")
        spoken = {
            node.name: languages(node, path.stem)
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.FunctionDef)
        }
        for number, test in trace.covered(source, path.name):
            _, _, name = test.partition("::")
            yield from ((number, language) for language in spoken.get(name, {"nl"}))


def languages(test: ast.FunctionDef, file: str) -> set[str]:
    """Tell in which of the two languages a journey is walked, by its name or its parameters."""
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and [ast.unparse(one) for one in mark.args[:1]] == [
            "'locale'"
        ]:
            return {"nl", "en"} & {*ast.literal_eval(mark.args[1])}
    is_english = "english" in test.name or file.endswith(("_languages", "_language"))
    return {"en"} if is_english else {"nl"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_step_is_walked_in_a_browser(language: str):
    walked: dict[str, set[str]] = defaultdict(set)
    for number, spoken in journeys():
        walked[number].add(spoken)
    excused = ONLY_IN_ENGLISH if language == "nl" else set()

    missing = [step for step in STEPS if language not in walked[step] and step not in excused]

    assert not missing, f"Let a journey of tests/e2e cover, in this language: {missing}"
