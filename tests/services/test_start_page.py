"""Where somebody arrives who signed in."""

import pytest

from portal_app.errors import NotFound
from portal_app.models import Grant
from portal_app.services import sign_in, start_page
from portal_app.services.start_page import BY_ITSELF, TILES, StartPages
from portal_app.unit_of_work import Browser
from tests import factories
from tests.harness.cast import acting_as

HERE = Browser("v" * 64, None, "Chrome, Windows")


@pytest.mark.covers("X-17")
def test_who_chose_a_page_lands_there_while_it_opens(cast, run_as):
    alice, bob = acting_as(cast.alice), acting_as(cast.bob)

    keys = iter("klm")

    def landing(person):
        return run_as(HERE, sign_in.begin, person_id=person.key, new_key=next(keys) * 64).landing

    assert run_as(alice, start_page.offered) == StartPages(BY_ITSELF, ("overview", "payment_codes"))
    run_as(alice, start_page.choose, page="payment_codes")
    assert run_as(alice, start_page.offered).chosen == "payment_codes"
    assert landing(cast.alice) == "/betaalcodes"
    run_as(alice, start_page.choose, page=TILES)
    assert landing(cast.alice) == "/"
    run_as(alice, start_page.choose, page="payment_codes")
    for grant in factories.all_of(Grant):
        if grant.person_id == cast.alice.key:
            grant.ended_at = factories.NOW
            factories.rewrite(grant)
    assert landing(cast.alice) == "/"
    assert run_as(bob, start_page.offered).chosen == BY_ITSELF


@pytest.mark.parametrize("page", ["invitations", "access", "/beheer", "//evil.example"])
def test_nobody_starts_on_a_page_that_is_not_theirs(cast, run_as, page):
    with pytest.raises(NotFound):
        run_as(acting_as(cast.alice), start_page.choose, page=page)
