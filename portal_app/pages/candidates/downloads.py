"""The links that download the filter selection."""

from typing import Literal

import reflex as rx

from portal_app.components.downloads import download_link
from portal_app.components.elements import Words
from portal_app.state.candidates import CandidatesState


def selection_link(
    words: Words, kind: Literal["xlsx", "csv"], *, selected: bool = False, quiet: bool = False
) -> rx.Component:
    """Build the link to the file of the filter selection, or of the selected rows only."""
    query = CandidatesState.selected_export if selected else CandidatesState.export_query
    return download_link(words, f"/downloads/overzicht.{kind}?{query}", quiet=quiet, small=selected)
