"""The organisation manager's pages: the overview, and the record of one candidate."""

from portal_app.pages.candidates.overview import overview
from portal_app.pages.candidates.record import record

__all__ = ["overview", "record"]
