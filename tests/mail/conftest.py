"""What tests of mail have in common."""

import pytest

from portal_app import worker
from portal_app.settings import settings


@pytest.fixture
def looks_often(monkeypatch) -> None:
    """Let a worker look for mail all the time."""
    polling = settings.model_copy(update={"mail_poll_seconds": 0.02})
    monkeypatch.setattr(worker, "settings", polling)
