"""The component sheet, in demo mode only: every building block of a page once."""

from portal_app.pages.building_blocks.sheet import PATH, building_blocks

__all__ = ["PATH", "building_blocks"]
