"""The mail catcher of demo mode: what is delivered can be read, newest first."""

import asyncio
import smtplib
import socket
from email.message import EmailMessage

import pytest

from portal_app import worker
from portal_app.adapters import caught_mail, mail_catcher, smtp
from portal_app.adapters.caught_mail import CaughtMail, caught_mails
from portal_app.adapters.mail_catcher import catching
from portal_app.errors import WrongSetting
from portal_app.mail_room import open_mail_room
from portal_app.settings import settings
from tests.harness.processes import free_port
from tests.mail.posting import CODE, post


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch) -> None:
    own = settings.model_copy(
        update={"data_dir": tmp_path, "catcher_port": free_port(), "mail_poll_seconds": 0.02}
    )
    for module in (mail_catcher, smtp, worker):
        monkeypatch.setattr(module, "settings", own)


def send(to: str, subject: str, *more: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@voorbeeld.example", to, subject
    message.set_content(".punt\nGoedendag, crème brûlée\n")
    with smtplib.SMTP("127.0.0.1", mail_catcher.settings.mail_catcher_port) as server:
        server.send_message(message, to_addrs=[to, *more])


def caught(*mails: tuple[str, str]) -> list[CaughtMail]:
    async def scenario() -> None:
        async with catching():
            for to, subject in mails:
                await asyncio.to_thread(send, to, subject)

    asyncio.run(scenario())
    return caught_mails()


def test_caught_mails_are_read_newest_first() -> None:
    found = caught(("an@voorbeeld.example", "Eén"), ("bo@voorbeeld.example", "Twee"))
    assert [mail.subject for mail in found] == ["Twee", "Eén"]
    assert found[1].to == "an@voorbeeld.example"
    assert found[1].text == ".punt\nGoedendag, crème brûlée\n"
    assert (found[1].html, found[1].code, found[1].link) == ("", "", "")
    assert caught_mail.caught_mail(found[1].number) == found[1]


def test_a_part_of_an_address_finds_its_mails() -> None:
    caught(("an@voorbeeld.example", "Eén"), ("bo@voorbeeld.example", "Twee"))
    assert [mail.subject for mail in caught_mails(to="AN@")] == ["Eén"]
    assert caught_mails(to="niemand") == []
    assert [mail.subject for mail in caught_mails(at_most=1)] == ["Twee"]


@pytest.mark.parametrize(
    "number", ["", "../master.key", "1" * 20, "%2e%2e", "0" * 20 + "-00000000"]
)
def test_a_number_that_is_none_finds_nothing(number, tmp_path) -> None:
    (tmp_path / "master.key").write_text("geheim")
    assert caught_mail.caught_mail(number) is None


def test_only_the_newest_are_kept(monkeypatch) -> None:
    monkeypatch.setattr(mail_catcher, "KEPT_MAILS", 4)
    monkeypatch.setattr(mail_catcher, "PRUNED_TO", 3)
    found = caught(*[("an@voorbeeld.example", str(number)) for number in range(6)])
    assert [mail.subject for mail in found] == ["5", "4", "3", "2"]


def test_cleared_mails_are_gone() -> None:
    (mail,) = caught(("an@voorbeeld.example", "Eén"))
    caught_mail.clear()
    assert caught_mails() == []
    assert caught_mail.caught_mail(mail.number) is None


def test_of_several_processes_one_catches() -> None:
    async def scenario() -> None:
        async with catching(), catching():
            await asyncio.to_thread(send, "an@voorbeeld.example", "Eén")

    asyncio.run(scenario())
    assert len(caught_mails()) == 1


def test_a_taken_port_stops_the_start_with_one_sentence() -> None:
    async def scenario() -> None:
        async with catching():
            pytest.fail("the port is taken")

    complaint = r"^Port \d+ is taken.*PORTAL_CATCHER_PORT"
    worker.check_settings()
    with socket.socket() as other:
        other.bind(("127.0.0.1", mail_catcher.settings.mail_catcher_port))
        other.listen()
        with pytest.raises(WrongSetting, match=complaint):
            asyncio.run(scenario())
        with pytest.raises(WrongSetting, match=complaint):
            worker.check_settings()


def test_a_process_beside_the_one_that_catches_starts_too() -> None:
    async def scenario() -> None:
        async with catching():
            worker.check_settings()

    asyncio.run(scenario())


def test_in_demo_mode_a_posted_mail_is_in_the_inbox_with_its_code(database) -> None:
    async def scenario() -> None:
        async with asyncio.timeout(5), open_mail_room():
            while not caught_mails():  # noqa: ASYNC110  # files tell nobody
                await asyncio.sleep(0.02)

    post("an")
    asyncio.run(scenario())
    (mail,) = caught_mails(to="an@voorbeeld.example")
    assert mail.code == CODE
    assert mail.subject.endswith(CODE)
    assert "Content-Type" not in mail.text
    assert mail.html.startswith("<!DOCTYPE html>")
