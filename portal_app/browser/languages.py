"""Put the languages in the build: the runtime, and one chunk of sentences per language."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from reflex.plugins import CommonContext, Plugin, PreCompileContext

from portal_app.brand import brand
from portal_app.languages import DEFAULT_LOCALE, LOCALES, SERVER_ONLY, catalogue, domain_of

HERE = Path(__file__).parent
MODULES = ("languages.js", "connection.js")
NEW_VERSION = {
    '"A new version of this app is available."': "tellNow('shell.new_version')",
    '"Reload"': "tellNow('shell.reload')",
}
"""Reflex's own sentences about a new version, and ours in their place."""

_TAKEN_UP = """\
if (import.meta.hot) {
  import.meta.hot.accept(FILES, async (edited) => {
    const { readAnew } = await import("../languages.js");
    LOCALES.forEach((locale, place) => edited[place] && readAnew(locale, edited[place].default));
  });
}
"""
"""While developing, edited sentences are read without drawing the page anew; a build drops this.

It stands in the one module that imports them: in theirs, every module above would be taken for
changed, and `languages.js` would be there twice after the next edit.
"""


class LanguagesPlugin(Plugin):
    """Compile the catalogues for the browser and replace Reflex's own English."""

    def get_static_assets(
        self, **_context: Unpack[CommonContext]
    ) -> Sequence[tuple[Path, str | bytes]]:
        """Return our modules, the sentences of each language, and where to find them."""
        return [
            *(
                (Path("utils") / name, (HERE / name).read_text(encoding="utf-8"))
                for name in MODULES
            ),
            (Path("utils/texts/index.js"), _index()),
            *((Path(f"utils/texts/{locale}.js"), _sentences(locale)) for locale in LOCALES),
        ]

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Have Reflex announce a new version in the reader's language."""
        context["add_modify_task"]("utils/state.js", in_the_readers_language)


def in_the_readers_language(source: str) -> str:
    """Put our sentences where Reflex's state.js has English ones; stop when it has changed."""
    if "tellNow" in source:
        return source
    for english, ours in NEW_VERSION.items():
        if source.count(english) != 1:
            message = f"Reflex's state.js says {english} no longer, or in more places: look again"
            raise RuntimeError(message)
        source = source.replace(english, ours)
    return f'import {{ tellNow }} from "$/utils/languages.js";\n{source}'


def _index() -> str:
    others = [locale for locale in brand.languages if locale != DEFAULT_LOCALE]
    fetches = ", ".join(f'{locale}: () => import("./{locale}.js")' for locale in others)
    files = json.dumps([f"./{locale}.js" for locale in brand.languages])
    return (
        f'import firstSentences from "./{DEFAULT_LOCALE}.js";\n'
        f"export const LOCALES = {json.dumps(brand.languages)};\n"
        f"export const FIRST = {json.dumps(DEFAULT_LOCALE)};\n"
        f"export const fetchSentences = {{ {fetches} }};\n"
        "export { firstSentences };\n"
        f"{_TAKEN_UP.replace('FILES', files)}"
    )


def _sentences(locale: str) -> str:
    sentences = {
        key: forms[0] if len(forms) == 1 else forms
        for key, forms in sorted(catalogue(locale).forms.items())
        if domain_of(key) not in SERVER_ONLY
    }
    compact = json.dumps(sentences, ensure_ascii=False, separators=(",", ":"))
    return f"export default {compact};\n"
