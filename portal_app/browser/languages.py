"""Put the languages in the build: the runtime, and the sentences in packs.

A pack is what the browser fetches in one go: a domain, or some that go together. Whatever says a
text imports its pack, with the sentences of the first language; those of another are fetched when
it is read. So the build finds what a page carries by what it says.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from reflex.plugins import CommonContext, Plugin, PreCompileContext

from portal_app.brand import brand
from portal_app.languages import (
    AFTERWARDS,
    DEFAULT_LOCALE,
    SERVER_ONLY,
    catalogue,
    domain_of,
    domains,
    pack_of,
)

HERE = Path(__file__).parent
MODULES = ("languages.js", "connection.js")
NEW_VERSION = {
    '"A new version of this app is available."': "shell.new_version",
    '"Reload"': "shell.reload",
}
"""Reflex's own sentences about a new version, and ours in their place."""

_TAKEN_UP = """\
if (import.meta.hot) {
  import.meta.hot.accept(FILES, (edited) =>
    LOCALES.forEach((locale, place) => edited[place] && readAnew(locale, edited[place].default)),
  );
}
"""
"""While developing, edited sentences are read without drawing the page anew; a build drops this.

It stands in the one module that imports them: in theirs, every module above would be taken for
changed, and `languages.js` would be there twice after the next edit.
"""

_ALL = "all"
"""Every sentence of a language: for a text that the server tells on a page without its pack."""


class LanguagesPlugin(Plugin):
    """Compile the catalogues for the browser and replace Reflex's own English."""

    def get_static_assets(
        self, **_context: Unpack[CommonContext]
    ) -> Sequence[tuple[Path, str | bytes]]:
        """Return our modules, the packs, their sentences by language, and all of a language."""
        packs = _packs()
        return [
            *(
                (Path("utils") / name, (HERE / name).read_text(encoding="utf-8"))
                for name in MODULES
            ),
            (Path("utils/texts/index.js"), _index()),
            *((Path(f"utils/texts/{pack}.js"), _pack(pack)) for pack in packs),
            *(
                (Path(f"utils/texts/{locale}/{pack}.js"), _sentences(locale, of))
                for locale in brand.languages
                for pack, of in (*packs.items(), (_ALL, frozenset().union(*packs.values())))
            ),
        ]

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Have Reflex announce a new version in the reader's language."""
        context["add_modify_task"]("utils/state.js", in_the_readers_language)


def in_the_readers_language(source: str) -> str:
    """Put our sentences where Reflex's state.js has English ones; stop when it has changed."""
    if "tellNow" in source:
        return source
    for english, key in NEW_VERSION.items():
        if source.count(english) != 1:
            message = f"Reflex's state.js says {english} no longer, or in more places: look again"
            raise RuntimeError(message)
        source = source.replace(english, f"tellNow('{key}')")
    return f'import {{ tellNow }} from "$/utils/languages.js";\n{source}'


def _packs() -> dict[str, frozenset[str]]:
    packs: dict[str, frozenset[str]] = {}
    for domain in domains():
        if domain not in SERVER_ONLY:
            pack = pack_of(domain)
            packs[pack] = packs.get(pack, frozenset()) | {domain}
    return packs


def _index() -> str:
    return (
        f"export const LOCALES = {json.dumps(brand.languages)};\n"
        f"export const FIRST = {json.dumps(DEFAULT_LOCALE)};\n"
        f"export const fetchAll = {_fetches(brand.languages, _ALL)};\n"
        f"export const fetchAfterwards = {_fetches(brand.languages, pack_of(AFTERWARDS))};\n"
        # While developing, an edit is read from its pack: this must not draw the page anew.
        f"if (import.meta.hot) import.meta.hot.accept({_files(_ALL)}, () => {{}});\n"
    )


def _pack(pack: str) -> str:
    others = [locale for locale in brand.languages if locale != DEFAULT_LOCALE]
    return (
        'import { bring, readAnew } from "../languages.js";\n'
        'import { LOCALES } from "./index.js";\n'
        f'import sentences from "./{DEFAULT_LOCALE}/{pack}.js";\n'
        f"bring(sentences, {_fetches(others, pack)});\n"
        f"{_TAKEN_UP.replace('FILES', _files(pack))}"
    )


def _files(pack: str) -> str:
    return json.dumps([f"./{locale}/{pack}.js" for locale in brand.languages])


def _fetches(locales: Sequence[str], pack: str) -> str:
    fetches = (f'{locale}: () => import("./{locale}/{pack}.js")' for locale in locales)
    return f"{{ {', '.join(fetches)} }}"


def _sentences(locale: str, of: frozenset[str]) -> str:
    sentences = {
        key: forms[0] if len(forms) == 1 else forms
        for key, forms in sorted(catalogue(locale).forms.items())
        if domain_of(key) in of
    }
    compact = json.dumps(sentences, ensure_ascii=False, separators=(",", ":"))
    return f"export default {compact};\n"
