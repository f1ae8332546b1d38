"""The portal's own files, for the rules of the house."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PORTAL = ROOT / "portal_app"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def kept_files() -> tuple[Path, ...]:
    """Return every file that is, or is about to be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = (ROOT / name for name in listed.split("\0") if name)
    return tuple(sorted({path for path in found if path.is_file()}))


def python_files(folder: Path = ROOT) -> tuple[Path, ...]:
    """Return the Python files in a folder of the repository."""
    return tuple(
        path for path in kept_files() if path.suffix == ".py" and path.is_relative_to(folder)
    )


@cache
def tree(path: Path) -> ast.Module:
    """Return a Python file as its syntax tree."""
    return ast.parse(path.read_text("utf-8"))


def named(path: Path) -> str:
    """Return a file's name as it is written in the repository."""
    return path.relative_to(ROOT).as_posix()


def public_functions(path: Path) -> Iterator[Function]:
    """Yield the functions that other files may call."""
    for node in tree(path).body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node


def told(offences: list[str], instruction: str) -> str:
    """Return what a failing rule says: what to do, and where."""
    return "\n".join([instruction, *(f"  {offence}" for offence in offences)])
