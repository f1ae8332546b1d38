"""Thirty kills of those who cause and send mails; the figures go to the report."""

import os

import pytest

from tests.mail.kills import judge, suffer

KILLS = int(os.environ.get("SOAK_KILLS", "30"))
SEED = int(os.environ.get("SOAK_SEED", "2026"))


@pytest.mark.soak
@pytest.mark.both_databases
def test_no_kill_loses_a_mail_or_sends_one_without_its_cause(database, tmp_path, capsys) -> None:
    tally = suffer(database, tmp_path, kills=KILLS, seed=SEED)
    with capsys.disabled():
        print(f"\n{database.kind}, seed {SEED}: {tally}")  # noqa: T201  # figures of the soak
    judge(tally)
