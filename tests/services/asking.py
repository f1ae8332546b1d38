"""A question that a test asks as somebody."""

from collections.abc import Callable

from portal_app.permissions import Right
from portal_app.unit_of_work import Work, use_case


def asked_by_alice(cast, run_as, question: Callable[[Work], object]) -> object:
    """Let Alice of VAK ask something; whatever `question` gives is the answer."""
    return run_as(cast.alice, use_case(Right.CANDIDATES_SEE, writes=True)(question))
