"""Compiles pages while developing: those on screen first, then all, then what is edited.

An edit of pages, texts or styles is answered in a fork of a process that has the app, so that only
the upper rooms are imported again: a fifth of a second instead of five. What it writes is what
compiling everything would write, for the pages it has come to.
"""

import gc
import io
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from portal_app.hosting import javascript_lock, mistakes
from portal_app.hosting.building import prepare_web_folder
from portal_app.hosting.reflex_environment import DEVELOPMENT_WEB, ROOT
from portal_app.hosting.renewed import READY

if TYPE_CHECKING:
    import reflex as rx

    from portal_app.site_map import Page

_UPPER_ROOMS = tuple(
    f"portal_app.{room}" for room in ("site_map", "pages", "components", "browser")
)


@dataclass(frozen=True, slots=True)
class Edit:
    """The files that changed, and the pages that were asked for, the latest first."""

    files: Sequence[str]
    asked: Sequence[str]


def work(line: Connection, asked: Sequence[str]) -> None:
    """Compile the pages asked for, then every page, say so, and answer edits until told to end."""
    try:
        app = _load()
        if asked and not _in_a_fork(_advance, app, asked):
            return
        _compile_all(app)
    except Exception as error:  # noqa: BLE001  # whatever an edit can bring about
        mistakes.say(error)
        return
    gc.collect()
    gc.freeze()  # what every fork shares
    line.send(READY)
    line.recv()
    while True:
        line.send(_in_a_fork(_answer, app, line.recv()))


def forget(*rooms: str) -> None:
    """Have rooms imported anew where they are named next."""
    for name in [*sys.modules]:
        if name.startswith(rooms):
            del sys.modules[name]


def _load() -> "rx.App":
    forget("portal_app.")
    with redirect_stdout(io.StringIO()):
        prepare_web_folder()
    _say_where_the_portal_is()
    from portal_app.portal_app import app

    return app


def _compile_all(app: "rx.App") -> None:
    with redirect_stdout(io.StringIO()):  # a bar of progress at every edit
        app._compile()  # noqa: SLF001
    javascript_lock.tidy()


def _in_a_fork(work: Callable[..., None], *given: object) -> bool:
    fork = multiprocessing.get_context("fork").Process(target=work, args=given)
    fork.start()
    fork.join()
    return fork.exitcode == 0


def _say_where_the_portal_is() -> None:
    """Write the addresses of the portal for the browser, unless there: it reloads every page."""
    from reflex.utils.build import set_env_json

    from portal_app.settings import settings

    written = ROOT / DEVELOPMENT_WEB / "env.json"
    if not written.exists() or f"{settings.origin}/" not in written.read_text(encoding="utf-8"):
        set_env_json()


def _advance(app: "rx.App", asked: Sequence[str]) -> None:
    """Write what the states hold at first, which an edit may have changed, and those pages."""
    from reflex.compiler import compiler
    from reflex.utils.path_ops import write_file
    from reflex_components_radix.plugin import RadixThemesPlugin

    theme = RadixThemesPlugin.create_implicit().get_theme()
    write_file(*compiler.compile_contexts(app._state, theme))  # noqa: SLF001
    _answer(app, Edit([], asked))


def _answer(app: "rx.App", edit: Edit) -> None:
    gc.disable()  # it ends in a moment
    sys.dont_write_bytecode = True  # which tells two edits in one second apart by their size only
    try:
        if any(file.endswith(".po") for file in edit.files):
            from portal_app import languages

            languages.domains.cache_clear()
            languages.catalogue.cache_clear()
        forget(*_UPPER_ROOMS)
        _write_assets()
        for page in _in_order(edit):
            _compile(app, page)
    except Exception as error:  # noqa: BLE001  # as above
        mistakes.say(error)
        sys.exit(1)


def _in_order(edit: Edit) -> Iterator["Page"]:
    """Yield the pages of the edited files themselves, and those on screen."""
    from portal_app.site_map import SITE_MAP

    edited = {file.removesuffix(".py").replace("/", ".") for file in edit.files}
    ranks = {path: rank for rank, path in enumerate(edit.asked)}
    here = (page for page in SITE_MAP if page.is_here)
    known = [page for page in here if page.build.__module__ in edited or page.path in ranks]
    yield from sorted(known, key=lambda page: ranks.get(page.path, len(ranks)))


def _write_assets() -> None:
    from reflex.utils.path_ops import write_file
    from reflex.utils.prerequisites import get_web_dir
    from reflex_base.config import get_config

    for plugin in get_config().plugins:
        for path, content in plugin.get_static_assets():
            code = content.decode() if isinstance(content, bytes) else content
            write_file(get_web_dir() / path, code)


def _compile(app: "rx.App", page: "Page") -> None:
    """Write the files of a page, as `reflex.compiler.compiler.compile_app` does for all.

    With it those of the pages beside it in its source file, which share one of the two.
    """
    from reflex.compiler import compiler
    from reflex.compiler.plugins import default_page_plugins
    from reflex.utils.path_ops import write_file
    from reflex_base.components.memo import reset_memo_component_classes
    from reflex_base.config import get_config
    from reflex_base.plugins import CompileContext, CompilerHooks
    from reflex_components_radix.plugin import RadixThemesPlugin

    from portal_app.site_map import SITE_MAP

    app._unevaluated_pages.clear()  # noqa: SLF001
    for beside in SITE_MAP:
        if beside.is_here and beside.build.__module__ == page.build.__module__:
            beside.add_to(app)
    reset_memo_component_classes()
    plugins = (*get_config().plugins, RadixThemesPlugin.create_implicit())
    compiling = CompileContext(
        app=app,
        pages=[*app._unevaluated_pages.values()],  # noqa: SLF001
        hooks=CompilerHooks(plugins=default_page_plugins(style=app.style, plugins=plugins)),
    )
    with compiling:
        compiled = compiling.compile()
    memos, _ = compiler.compile_memo_components(compiling.auto_memo_components.values())
    # What a page takes from its memos must be there before it.
    for path, code in [
        *memos,
        *((made.output_path, made.output_code) for made in compiled.values()),
    ]:
        if path and code:
            write_file(path, code)
