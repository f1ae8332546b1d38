"""The configuration of the peer without a gate."""

import reflex as rx

config = rx.Config(
    app_name="bare_app",
    state_manager_mode="memory",  # as the portal
    telemetry_enabled=False,
    show_built_with_reflex=False,
    disable_plugins=[rx.plugins.SitemapPlugin],
)
