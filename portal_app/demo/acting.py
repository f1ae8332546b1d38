"""Doing what people of the demo world did, when they did it."""

from dataclasses import replace
from datetime import timedelta

from portal_app.actors import person_as_actor
from portal_app.unit_of_work import Work


def ago(work: Work, days: int) -> Work:
    """Work as if it were so many days ago."""
    return replace(work, now=work.now - timedelta(days=days))


def on_behalf(work: Work, person_id: int) -> Work:
    """Work as somebody of the world, with what they may do at that moment and no more."""
    return replace(work, actor=person_as_actor(work.session, person_id, work.now))
