"""Thirty kills of those who cause and send mails, at the trickiest moments of sending too."""

import os

import pytest

from tests.harness import figures
from tests.mail.kills import judge, suffer

KILLS = int(os.environ.get("SOAK_KILLS", "30"))
SEED = int(os.environ.get("SOAK_SEED", "2026"))


@pytest.mark.soak
@pytest.mark.both_databases
def test_no_kill_loses_a_mail_or_sends_one_without_its_cause(database, tmp_path) -> None:
    tally = suffer(database, tmp_path, kills=KILLS, seed=SEED)
    figures.write(
        "Kills of who causes and who sends mail",
        database.kind,
        seed=SEED,
        kills_of_who_causes=tally.kills["cause"],
        kills_of_who_sends=tally.kills["send"],
        acknowledged=len(tally.acknowledged),
        with_a_mail=len(tally.acknowledged & tally.received.keys()),
        without_a_cause=len(tally.received.keys() - tally.caused),
        sent_twice=tally.doubles,
    )
    judge(tally)
