"""Doing what people of the demo world did, when they did it."""

from dataclasses import replace
from datetime import timedelta

from portal_app.actors import Actor, active_grants
from portal_app.unit_of_work import Work


def ago(work: Work, days: int) -> Work:
    """Work as if it were so many days ago."""
    return replace(work, now=work.now - timedelta(days=days))


def on_behalf(work: Work, person_id: int) -> Work:
    """Work as somebody of the world, with what they may do at that moment and no more."""
    grants = active_grants(work.session, person_id, work.now)
    return replace(work, actor=Actor("person", person_id, grants=grants))
