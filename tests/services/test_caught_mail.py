"""The inbox of demo mode does not exist in production."""

import pytest

from portal_app.errors import NotFound
from portal_app.services import caught_mail
from portal_app.settings import Mode, settings
from portal_app.unit_of_work import Browser


def test_production_has_no_inbox(database, run_as, monkeypatch) -> None:
    stranger = Browser("nobody")
    assert run_as(stranger, caught_mail.inbox).mails == ()
    production = settings.model_copy(update={"mode": Mode.PRODUCTION})
    monkeypatch.setattr(caught_mail, "settings", production)
    with pytest.raises(NotFound):
        run_as(stranger, caught_mail.inbox)
    with pytest.raises(NotFound):
        run_as(stranger, caught_mail.one, number=f"{1:020d}-00000000")
    with pytest.raises(NotFound):
        run_as(stranger, caught_mail.clear)
