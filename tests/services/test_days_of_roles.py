"""A role has a first day and may have a last: what it opens follows them by itself."""

from datetime import timedelta

import pytest

from portal_app.errors import NotAllowed
from portal_app.permissions import Role
from portal_app.services import candidates, home
from tests import factories
from tests.services import managing


@pytest.mark.covers("I-15")
def test_a_role_opens_nothing_before_its_first_day_nor_after_its_last(
    cast, now, stopped_clock, run_as
) -> None:
    role, kim = Role.ORGANISATION_MANAGER, managing.somebody("Kim")
    first, end = now + timedelta(days=3), now + timedelta(days=5)
    factories.make_grant(kim, role, cast.vak, starts_at=first, until=end)

    for days, held in ((0, []), (3, [role]), (2, [])):
        stopped_clock.advance(days=days)
        myself = run_as(kim, home.myself)
        assert [one.role for one in myself.roles] == held
        assert ("overview" in myself.tiles) is bool(held)
        assert [one.id for one in myself.organisations] == [cast.vak.key] * len(held)
        if held:
            run_as(kim, candidates.tabs)
        else:
            with pytest.raises(NotAllowed):
                run_as(kim, candidates.tabs)
