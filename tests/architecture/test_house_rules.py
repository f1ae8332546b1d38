"""The rules of the house; each fails with what to do."""

import ast
import re

import pytest

from tests.harness.sources import (
    PORTAL,
    ROOT,
    kept_files,
    named,
    python_files,
    told,
    tree,
)

LONGEST = 300
LONGER: dict[str, int] = {}
"""Files from before this rule: they may shrink, not grow, and leave this list when they fit."""

GENERATED = ("portal_app/migrations/versions/", "reflex.lock/")
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "base_utils", "tools"}
A_MACHINE_S_PATH = re.compile(r"(?<![\w./])/(?:home|Users|root|work|tmp/w|mnt)/[\w.-]+")
A_PACKAGE_HOST = re.compile(
    r"files\.pythonhosted|pypi\.(?:org|python)|registry\.(?:npm|yarn)|^\s*--(?:index-url|find-links)",
    re.MULTILINE,
)
CLOCK = {"now", "real_now", "today"}


def text_files():
    for path in kept_files():
        try:
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a font, a spreadsheet


def lengths() -> dict[str, int]:
    return {
        named(path): len(path.read_text("utf-8").splitlines())
        for path in kept_files()
        if path.suffix in {".py", ".js", ".mjs"} and not named(path).startswith(GENERATED)
    }


def test_files_fit_a_sitting() -> None:
    long = [
        f"{name}: {lines} lines"
        for name, lines in lengths().items()
        if lines > LONGER.get(name, LONGEST)
    ]
    assert not long, told(long, f"Split what tells two stories; at most {LONGEST} lines a file:")


def test_the_list_of_longer_files_is_true() -> None:
    short = [name for name in LONGER if lengths().get(name, 0) <= LONGEST]
    assert not short, told(short, "Take it out of LONGER: it fits now, or is gone:")


def test_names_say_what_is_there() -> None:
    vague = [
        named(path)
        for path in python_files()
        if path.parent != ROOT and {path.stem, path.parent.name} & SAYS_NOTHING - {"tools"}
    ]
    vague += [
        f"{named(path)}: class {node.name}"
        for path in python_files(PORTAL)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and re.search(r"(Manager|Helper|Utils?)$", node.name)
    ]
    assert not vague, told(vague, "Name it after what it does, in words of the glossary:")


@pytest.mark.parametrize(
    ("what", "instruction"),
    [
        (A_MACHINE_S_PATH, "Write a path from the repository's root, or leave it out:"),
        (A_PACKAGE_HOST, "Leave the package host to the machine's own settings:"),
    ],
    ids=["paths", "hosts"],
)
def test_no_file_knows_one_machine(what: re.Pattern[str], instruction: str) -> None:
    this_file = "tests/architecture/test_house_rules.py"
    found = [
        f"{named(path)}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for path, text in text_files()
        if named(path) != this_file
        for match in what.finditer(text)
    ]
    assert not found, told(found, instruction)


def test_the_clock_is_asked_by_its_name() -> None:
    taken = [
        f"{named(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and node.module == "portal_app.clock"
        and CLOCK & {alias.name for alias in node.names}
    ]
    assert not taken, told(
        taken, "Write `from portal_app import clock` and `clock.now()`: tests stop that one clock."
    )


def test_forms_hand_over_what_their_fields_hold() -> None:
    made = [
        f"{named(path)}:{node.lineno}"
        for path in python_files(PORTAL)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"rx.form", "rx.el.form"}
    ]
    assert not made, told(
        made,
        "Use `event_form`, `native_form` or `PostedForm`: Reflex's own form reads fields by their "
        "ids, from a table that all pages share.",
    )


def test_nothing_is_left_to_be_done() -> None:
    left = [
        f"{named(path)}:{number}: {line.strip()[:80]}"
        for path, text in text_files()
        if path.suffix in {".py", ".js", ".css", ".md", ".toml"}
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(r"\b(?:TODO|FIXME|XXX)\b(?!\w)", line)
        and "test_house_rules" not in named(path)
    ]
    assert not left, told(left, "Do it now, or file it as an issue:")


def test_no_browser_has_to_look_behind() -> None:
    looks = [
        f"{named(path)}:{number}: {line.strip()[:80]}"
        for path, text in text_files()
        if path.suffix in {".js", ".mjs"}
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(r"\(\?<[=!]", line)
    ]
    assert not looks, told(looks, "Safari before 16.4 reads no script with a lookbehind in it:")


def test_tests_can_fail() -> None:
    skipped = [
        f"{named(path)}:{node.lineno}: {name}"
        for path in python_files(ROOT / "tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and (name := node.attr) in {"xfail", "skip"}
        if isinstance(node.value, ast.Attribute | ast.Name)
        and ast.unparse(node.value) in {"pytest", "pytest.mark"}
    ]
    assert not skipped, told(
        skipped, "A test that does not run shows nothing: mend it or delete it:"
    )


def test_every_requirement_that_a_test_covers_is_one_of_ours() -> None:
    listed = (ROOT / "docs" / "requirements.md").read_text("utf-8")
    known = set(re.findall(r"^\|\s*([A-Z]-\d+)\s*\|", listed, re.MULTILINE))
    unknown = [
        f"{named(path)}:{node.lineno}: {argument.value}"
        for path in python_files(ROOT / "tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.covers"
        for argument in node.args
        if isinstance(argument, ast.Constant) and argument.value not in known
    ]
    assert not unknown, told(unknown, "Name a number that docs/requirements.md lists:")


def test_journeys_open_tabs_where_complaints_are_heard():
    deaf = [
        path.name
        for path in sorted((ROOT / "tests" / "e2e").glob("test_*.py"))
        if ".new_page(" in path.read_text("utf-8")
    ]
    assert not deaf, f"Open tabs with the fixture `open_page`, which hears the console: {deaf}"
