"""The letter that carries what a stranger wrote: theirs is quoted, and the head is the fund's."""

import pytest

from portal_app.languages import LOCALES, say
from tests.unit.test_letters import VALUES, html_of, text_of, write


def test_a_message_of_a_stranger_writes_nothing_into_the_head_and_no_markup() -> None:
    mail = write(
        "access_message",
        sender='"Fonds" <helpdesk@fonds.example>',
        message="<a href='x'>Klik</a>\n-- \nHelpdesk\n" + "lang " * 30,
    )
    assert str(mail["Reply-To"]) == VALUES["email"]
    head = " ".join(str(value) for _, value in mail.items())
    assert "helpdesk@fonds.example" not in head
    assert "<a href='x'>" not in html_of(mail)
    assert "> <a href='x'>Klik</a>\n> --\n> Helpdesk\n> lang" in text_of(mail)
    said = " ".join(text_of(mail).split())
    assert "niet gecontroleerd wie dit is" in said
    assert "leest onze helpdesk" not in said  # an answer goes to whoever wrote


@pytest.mark.parametrize("locale", LOCALES)
def test_a_message_of_a_stranger_says_how_to_answer_and_where_that_goes(locale) -> None:
    text = " ".join(text_of(write("access_message", locale)).split())
    for key in ("access_message_how", "access_message_automatic"):
        assert " ".join(say(f"mails.{key}", locale).split()) in text
