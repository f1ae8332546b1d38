"""The links that download the filter selection."""

from typing import Literal

import reflex as rx

from portal_app.components.elements import Words, icon, native_link
from portal_app.components.text import t
from portal_app.state.candidates import CandidatesState


def download_link(
    words: Words, kind: Literal["xlsx", "csv"], *, selected: bool = False, quiet: bool = False
) -> rx.Component:
    """Build the link to the file of the filter selection, or of the selected rows only.

    While the file is made its progress stands in `#download-status`.
    """
    query = CandidatesState.selected_export if selected else CandidatesState.export_query
    return native_link(
        icon("download"),
        words,
        href=f"/downloads/overzicht.{kind}?{query}",
        class_name="button is-link is-small"
        if quiet
        else "button is-secondary" + (" is-small" if selected else ""),
        custom_attrs={"data-downloads": ""},
    )


def download_status() -> rx.Component:
    """Hold the place where the progress of a download is told (behaviours/downloads.js)."""
    return rx.el.p(
        id="download-status",
        role="status",
        class_name="download-status",
        custom_attrs={
            "data-busy": t("files.busy"),
            "data-progress": t("files.progress", rows="{rows}", total="{total}"),
            "data-done": t("files.done"),
            "data-failed": t("files.failed"),
        },
    )
