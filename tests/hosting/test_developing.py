"""`portal dev`: what is answered at once is what compiling everything gives."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness import processes
from tests.harness.server import ROOT
from tests.harness.sources import kept_files

_ANSWERED_ALONE = """
from portal_app.hosting.reflex_environment import enter
enter("develop")
import reflex.app
from pathlib import Path
from portal_app.hosting import page_compiler
app = page_compiler._compile_all()
from portal_app.site_map import SITE_MAP
folders = [Path(".web.dev/app/routes"), Path(".web.dev/app_components")]
pages = [path for folder in folders for path in folder.rglob("*.jsx") if "404" not in path.name]
whole = {path: path.read_text() for path in pages if "not_found" not in path.name}
for path in whole:
    path.write_text("")
page_compiler._answer(app, page_compiler.Edit([], [page.path for page in SITE_MAP]))
print(len(whole), "compared;", *(path for path in whole if path.read_text() != whole[path]))
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources, to edit."""
    copy = tmp_path_factory.mktemp("sources")
    for file in kept_files():
        place = copy / file.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, place)
    return copy


def test_a_page_answered_alone_is_the_page_that_a_whole_compilation_writes(sources: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", _ANSWERED_ALONE],
        cwd=sources,
        env=_environment(sources),
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.stdout.endswith(" compared; \n") or said.stdout.endswith(" compared;\n"), (
        said.stdout[-2000:] + said.stderr[-2000:]
    )
    assert not said.stdout.startswith("0 ")


def _environment(sources: Path) -> dict[str, str]:
    return processes.clean_environment(
        PYTHONPATH=str(sources), PORTAL_DATA_DIR=str(sources / "data")
    )
