"""Links to files of a selection, and the place that tells how far a large one is."""

import reflex as rx

from portal_app.components.elements import Words, icon, native_link
from portal_app.components.text import t


def download_link(
    words: Words, href: Words, *, quiet: bool = False, small: bool = False
) -> rx.Component:
    """Build the link to a file; the page must hold a `download_status`.

    While the file is made its progress stands there (behaviours/downloads.js).
    """
    look = "is-link is-small" if quiet else "is-secondary is-small" if small else "is-secondary"
    return native_link(
        icon("download"),
        words,
        href=href,
        class_name=f"button {look}",
        custom_attrs={"data-downloads": ""},
    )


def download_status() -> rx.Component:
    """Hold the place where the progress of a download is told."""
    return rx.el.p(
        id="download-status",
        role="status",
        class_name="download-status",
        custom_attrs={
            "data-busy": t("downloads.busy"),
            "data-progress": t("downloads.progress", rows="{rows}", total="{total}"),
            "data-done": t("downloads.done"),
            "data-failed": t("downloads.failed"),
        },
    )
