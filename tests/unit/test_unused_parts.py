"""What a build leaves out, and that it says so when Reflex writes its parts elsewhere."""

from pathlib import Path

import pytest

from portal_app.browser import unused_parts
from portal_app.browser.unused_parts import UnusedPartsPlugin

CONFIG = """\
  resolve: {
    alias: [
      { find: "$", replacement: "./" },
    ],
  },
"""
ROOT = """\
import { jsx } from "@emotion/react";
import * as React from "react";
import * as emotion_react from "@emotion/react";
window.__reflex = {
  "react": React,
  "@emotion/react": emotion_react,
};
export default jsx("p", {});
"""


def test_elements_are_made_with_react_alone():
    assert unused_parts.without_emotion(CONFIG).count('find: "@emotion/react"') == 1


def test_no_library_is_kept_for_code_that_never_comes():
    assert unused_parts.without_kept_libraries(ROOT) == (
        'import { jsx } from "@emotion/react";\n'
        "window.__reflex = {};\n"
        'export default jsx("p", {});\n'
    )


def test_names_may_be_shortened_beside_code_that_never_comes():
    shortened = unused_parts.without_long_names("const told = eval(code);\n")

    assert shortened == "const told = (0, eval)(code);\n"
    assert unused_parts.without_long_names(shortened) == shortened


@pytest.mark.parametrize(
    "leave_out",
    [
        unused_parts.without_emotion,
        unused_parts.without_kept_libraries,
        unused_parts.without_long_names,
    ],
)
def test_the_build_stops_when_reflex_writes_its_parts_elsewhere(leave_out):
    with pytest.raises(RuntimeError, match="look again"):
        leave_out("export default {};")


def test_the_build_stops_at_a_style_that_would_be_lost(tmp_path: Path, monkeypatch):
    page = tmp_path / "app/routes/home.jsx"
    page.parent.mkdir(parents=True)
    page.write_text('jsx("p", {className: "small"})', encoding="utf-8")
    monkeypatch.setattr(unused_parts, "get_web_dir", lambda: tmp_path)
    UnusedPartsPlugin().post_build(static_dir=tmp_path)

    page.write_text('jsx("p", {css: ({ ["color"]: "red" })})', encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"home\.jsx has a style of its own"):
        UnusedPartsPlugin().post_build(static_dir=tmp_path)
