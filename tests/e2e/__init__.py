"""Journeys through the built portal in a real browser."""
