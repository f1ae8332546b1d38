"""The app on which the gate is attacked, built once and served for the whole session."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.posting import Post, posting
from tests.security.serving import GateApp, build, serving


@pytest.fixture(scope="session")
def built(pytestconfig: pytest.Config) -> Path:
    """The folder of the built app; built anew only when it changed."""
    assert pytestconfig.cache is not None
    return build(pytestconfig.cache.mkdir("gate_app"))


@pytest.fixture(scope="session")
def app(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GateApp]:
    """The app, running with the usual limits."""
    with serving(built, tmp_path_factory.mktemp("app")) as running:
        yield running


@pytest.fixture
def post() -> Iterator[Post]:
    """Let browsers at addresses of their own post forms."""
    with posting() as posted:
        yield posted
