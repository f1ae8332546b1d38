"""Say for each requirement which tests show it to be met; fail when one has none.

The requirements stand in `docs/requirements.md`, one row each, by number; the tests say what they
cover with `@pytest.mark.covers("M-16")`.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NUMBER = re.compile(r"^\|\s*([A-Z]-\d+)\s*\|\s*(.*?)\s*\|\s*$", re.MULTILINE)


def requirements(page: str) -> dict[str, str]:
    """Return what is required, by number, from a page with a table row for each."""
    return dict(NUMBER.findall(page))


def covered(source: str, file: str) -> Iterator[tuple[str, str]]:
    """Yield the number of each requirement that a test covers, and the name of the test."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            marks, name = node.decorator_list, f"{file}::{node.name}"
        elif isinstance(node, ast.Assign) and _is_pytestmark(node):
            marks, name = [node.value], file
        else:
            continue
        yield from ((number, name) for mark in marks for number in _numbers(mark))


def _is_pytestmark(assignment: ast.Assign) -> bool:
    return any(isinstance(to, ast.Name) and to.id == "pytestmark" for to in assignment.targets)


def _numbers(mark: ast.expr) -> Iterator[str]:
    for call in ast.walk(mark):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == "covers"
        ):
            yield from (str(word.value) for word in call.args if isinstance(word, ast.Constant))


def main() -> int:
    """Print the trace and return 1 when it has a gap."""
    wanted = requirements((ROOT / "docs" / "requirements.md").read_text(encoding="utf-8"))
    tests: dict[str, list[str]] = {number: [] for number in wanted}
    unknown: list[str] = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        file = path.relative_to(ROOT).as_posix()
        for number, test in covered(path.read_text(encoding="utf-8"), file):
            if number in tests:
                tests[number].append(test)
            else:
                unknown.append(f"{number} ({test})")
    for number, sentence in wanted.items():
        print(f"{number}  {sentence}")
        print("".join(f"      {test}\n" for test in tests[number]) or "      NO TEST\n", end="")
    gaps = [number for number, found in tests.items() if not found]
    print(f"\n{len(wanted) - len(gaps)} of {len(wanted)} requirements have a test.")
    if gaps:
        print(f"Without one: {', '.join(gaps)}.")
    if unknown:
        print(f"Tests cover what docs/requirements.md does not list: {', '.join(unknown)}.")
    return 1 if gaps or unknown else 0


if __name__ == "__main__":
    sys.exit(main())
