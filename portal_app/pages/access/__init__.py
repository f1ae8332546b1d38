"""People and access: who may do what for a company, and who appoints whom (design 3.11)."""

from portal_app.pages.access.appointing import appointing
from portal_app.pages.access.overview import overview
from portal_app.pages.access.parameters import parameters

__all__ = ["appointing", "overview", "parameters"]
