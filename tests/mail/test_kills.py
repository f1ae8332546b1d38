"""A kill loses no mail, and sends none without its cause."""

import pytest

from tests.mail.kills import judge, suffer


@pytest.mark.both_databases
def test_a_few_kills_lose_no_mail_and_invent_none(database, tmp_path) -> None:
    tally = suffer(database, tmp_path, kills=5, seed=1)
    judge(tally)
