"""Compiles pages while developing: all of them once, then at every edit those on screen.

An edit of pages, texts or styles is answered in a fork of a process that has the app, so that only
the upper rooms are imported again: a fifth of a second instead of five. What it writes is what
compiling everything would write, for the pages it has come to.
"""

import gc
import io
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
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


def work(line: Connection) -> None:
    """Compile every page, say so, and then answer edits until the line ends."""
    try:
        app = _compile_all()
    except Exception as error:  # noqa: BLE001  # whatever an edit can bring about
        mistakes.say(error)
        return
    gc.collect()
    gc.freeze()  # what every fork shares
    line.send(READY)
    line.recv()
    while True:
        fork = multiprocessing.get_context("fork").Process(target=_answer, args=(app, line.recv()))
        fork.start()
        fork.join()
        line.send(fork.exitcode == 0)


def forget(*rooms: str) -> None:
    """Have rooms imported anew where they are named next."""
    for name in [*sys.modules]:
        if name.startswith(rooms):
            del sys.modules[name]


def _compile_all() -> "rx.App":
    forget("portal_app.")
    with redirect_stdout(io.StringIO()):  # a bar of progress at every edit
        prepare_web_folder()
        _say_where_the_portal_is()
        from portal_app.portal_app import app

        app._compile()  # noqa: SLF001
    javascript_lock.tidy()
    return app


def _say_where_the_portal_is() -> None:
    """Write the addresses of the portal for the browser, unless there: it reloads every page."""
    from reflex.utils.build import set_env_json

    from portal_app.settings import settings

    written = ROOT / DEVELOPMENT_WEB / "env.json"
    if not written.exists() or f"{settings.origin}/" not in written.read_text(encoding="utf-8"):
        set_env_json()


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
    known = [page for page in SITE_MAP if page.build.__module__ in edited or page.path in ranks]
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
    """Write the two files of a page, as `reflex.compiler.compiler.compile_app` does for all."""
    from reflex.compiler import compiler
    from reflex.compiler.plugins import default_page_plugins
    from reflex.utils.path_ops import write_file
    from reflex_base.components.memo import reset_memo_component_classes
    from reflex_base.config import get_config
    from reflex_base.plugins import CompileContext, CompilerHooks
    from reflex_components_radix.plugin import RadixThemesPlugin

    app._unevaluated_pages.clear()  # noqa: SLF001
    page.add_to(app)
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
