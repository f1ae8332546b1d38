"""What a company says of itself, part by part (design 3.10)."""

from portal_app.pages.company_data.overview import overview
from portal_app.pages.company_data.parts import is_refused

__all__ = ["is_refused", "overview"]
