"""The trace of requirements finds what tests say that they cover."""

from tests.harness.tracing import trace

_SOURCE = """
import pytest
pytestmark = [pytest.mark.covers("M-01"), pytest.mark.journey]

@pytest.mark.covers("M-02", "X-03")
def test_of_two(): ...

class TestGroup:
    @pytest.mark.parametrize("number", ["V-01"])
    @pytest.mark.covers("V-02")
    async def test_inside(self): ...
"""


def test_trace_finds_marks_on_files_functions_and_methods():
    assert set(trace.covered(_SOURCE, "tests/test_x.py")) == {
        ("M-01", "tests/test_x.py"),
        ("M-02", "tests/test_x.py::test_of_two"),
        ("X-03", "tests/test_x.py::test_of_two"),
        ("V-02", "tests/test_x.py::test_inside"),
    }


def test_trace_reads_the_table_of_requirements():
    page = "# Title\n\n| number | what |\n|---|---|\n| M-01 | First. |\n| X-22 | Second. |\n"

    assert trace.requirements(page) == {"M-01": "First.", "X-22": "Second."}
