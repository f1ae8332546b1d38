"""A date or an address beside other words is said so that the end of a line does not tear it."""

import ast
from collections.abc import Iterator

from tests.harness.sources import PORTAL, named, python_files, told, tree

_DATED = {"day", "moment"}
_SAYS = {"t", "tn"}
_TEARABLE = {"day", "date", "moment", "email"}


def test_dates_and_addresses_in_sentences_stay_whole() -> None:
    torn = [
        f"{named(path)}:{one.lineno}"
        for folder in ("pages", "components")
        for path in python_files(PORTAL / folder)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("rx.el.")
        for one in _tearable(node.args)
    ]
    assert not torn, told(sorted(torn), "Say it by `unbroken(…)` of components/text.py:")


def _tearable(words: list[ast.expr]) -> Iterator[ast.Call]:
    """Yield what an element says with a date or an address beside other words."""
    for part in words:
        for said in _said(part):
            is_date_beside_others = _name(said) in _DATED and len(words) > 1
            if is_date_beside_others or (_name(said) in _SAYS and _holds_either(said)):
                yield said


def _said(part: ast.expr) -> Iterator[ast.Call]:
    """Yield what a part of an element may say: a choice says one thing or the other."""
    if isinstance(part, ast.Call):
        if _name(part) in {"cond", "fragment"}:
            for one in part.args:
                yield from _said(one)
        else:
            yield part


def _holds_either(sentence: ast.Call) -> bool:
    return any(
        given.arg in _TEARABLE
        or (isinstance(given.value, ast.Call) and _name(given.value) in _DATED)
        for given in sentence.keywords
    )


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
