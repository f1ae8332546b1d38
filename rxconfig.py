"""How Reflex builds and serves the portal; what an operator may set is in `portal_app.settings`."""

import reflex as rx

from portal_app.browser.behaviours import BehavioursPlugin, StylesPlugin
from portal_app.browser.languages import LanguagesPlugin
from portal_app.browser.posted_forms import PostedFormsPlugin
from portal_app.browser.same_origin import ANY_ORIGIN, SameOriginPlugin
from portal_app.browser.unused_parts import UnusedPartsPlugin
from portal_app.hosting.development_pages import DevelopmentPagesPlugin, is_development
from portal_app.hosting.reflex_environment import bun
from portal_app.settings import settings


def _state_manager() -> rx.constants.StateManagerMode:
    if settings.redis_url:
        return rx.constants.StateManagerMode.REDIS
    # While developing the server restarts at every edit, and what people see must survive it.
    return (
        rx.constants.StateManagerMode.DISK
        if is_development()
        else rx.constants.StateManagerMode.MEMORY
    )


def _plugins_of_the_mode() -> list[rx.plugins.Plugin]:
    if is_development():
        return [DevelopmentPagesPlugin()]
    return [SameOriginPlugin(), UnusedPartsPlugin()]


config = rx.Config(
    app_name="portal_app",
    # A build belongs to no address: the browser talks to where the page came from.
    api_url=settings.origin if is_development() else ANY_ORIGIN,
    deploy_url=settings.origin if is_development() else ANY_ORIGIN,
    cors_allowed_origins=[settings.origin],
    bun_path=bun(),
    redis_url=settings.redis_url or None,
    state_manager_mode=_state_manager(),
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_compression_formats=["brotli", "gzip"],
    plugins=[
        LanguagesPlugin(),
        BehavioursPlugin(),
        StylesPlugin(),
        PostedFormsPlugin(),
        *_plugins_of_the_mode(),
    ],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
