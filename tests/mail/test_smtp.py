"""The mail connection: what becomes of a mail, whatever the server does."""

import asyncio

import pytest

from portal_app.adapters import smtp
from portal_app.adapters.smtp import Delivery, MailConnection, MailServer, Tls, Verdict, read_server
from portal_app.errors import WrongSetting
from tests.mail.certificates import Authority, make_authority
from tests.mail.scripted_server import (
    DROP,
    PASSWORD,
    SILENCE,
    USERNAME,
    KeptThenDropped,
    Script,
    serving,
)

MAIL = b"Subject: Test\r\n\r\n.Een punt vooraan\r\n"


@pytest.fixture
def authority(tmp_path) -> Authority:
    return make_authority(tmp_path)


async def deliver(connection: MailConnection, to: str = "jan@voorbeeld.example") -> Delivery:
    return await connection.deliver(sender="portaal@vakpoort.example", to=to, content=MAIL)


def delivered(script: Script, times: int = 1) -> list[Delivery]:
    """Send so many mails over one connection to a server with this script."""

    async def scenario() -> list[Delivery]:
        async with serving(script) as server:
            connection = MailConnection(server)
            made = [await deliver(connection) for _ in range(times)]
            await connection.close()
            return made

    return asyncio.run(scenario())


def test_a_mail_arrives_as_it_was_written() -> None:
    script = Script()
    assert delivered(script) == [Delivery(Verdict.TAKEN, "250 2.0.0")]
    assert script.received == [MAIL]
    assert script.recipients == ["jan@voorbeeld.example"]


def test_mails_follow_each_other_over_one_connection() -> None:
    script = Script()
    assert {made.verdict for made in delivered(script, times=5)} == {Verdict.TAKEN}
    assert script.calls["CONNECT"] == 1


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "verdict", "said"),
    [
        ("451 4.7.1 Greylisted, <jan@voorbeeld.example>", Verdict.LATER, "451 4.7.1"),
        ("452 Full", Verdict.LATER, "452"),
        ("550 5.1.1 <jan@voorbeeld.example> unknown", Verdict.NEVER, "550 5.1.1"),
        ("554 No", Verdict.NEVER, "554"),
    ],
)
def test_a_refusal_of_the_mail_is_told_by_its_class(command, answer, verdict, said) -> None:
    script = Script({command: [answer]})
    first, second = delivered(script, times=2)
    assert first == Delivery(verdict, said)  # and nothing of what the server quotes
    assert second.verdict is Verdict.TAKEN
    assert script.calls["CONNECT"] == 1, "the connection is of use for the next mail"


def test_a_refused_sender_is_no_reason_to_give_the_mail_up() -> None:
    (made,) = delivered(Script({"MAIL": ["550 5.7.1 Sender not allowed"]}))
    assert made == Delivery(Verdict.UNREACHABLE, "550 5.7.1")


def test_a_server_that_closes_the_kept_connection_gets_the_mail_over_a_fresh_one() -> None:
    script = Script({"MAIL": ["250 OK", "421 4.3.2 Closing"]})
    assert [made.verdict for made in delivered(script, times=2)] == [Verdict.TAKEN] * 2
    assert (script.calls["CONNECT"], len(script.received)) == (2, 2)


def test_a_kept_connection_that_was_lost_is_made_again() -> None:
    script = Script({"MAIL": ["250 OK", DROP]})
    assert [made.verdict for made in delivered(script, times=2)] == [Verdict.TAKEN] * 2
    assert (script.calls["CONNECT"], len(script.received)) == (2, 2)


def test_a_fresh_connection_that_is_closed_at_once_is_not_tried_again_and_again() -> None:
    script = Script({"MAIL": ["421 Busy", "421 Busy", "421 Busy"]})
    (made,) = delivered(script)
    assert made == Delivery(Verdict.UNREACHABLE, "421")
    assert script.calls["CONNECT"] == 1


def test_a_connection_lost_after_the_mail_leaves_it_for_later() -> None:
    script = KeptThenDropped()
    first, second = delivered(script, times=2)
    assert first.verdict is Verdict.LATER
    assert second.verdict is Verdict.TAKEN
    assert script.calls["CONNECT"] == 2


def test_a_silent_server_is_not_waited_for_longer_than_the_limit(monkeypatch) -> None:
    monkeypatch.setattr(smtp, "MAIL_SECONDS", 0.3)
    (made,) = delivered(Script({"RCPT": [SILENCE]}))
    assert made == Delivery(Verdict.LATER, "timeout")


def test_a_silent_answer_to_a_command_is_for_later(monkeypatch) -> None:
    monkeypatch.setattr(smtp, "COMMAND_SECONDS", 0.3)
    (made,) = delivered(Script({"DATA": [SILENCE]}))
    assert made == Delivery(Verdict.LATER, "timeout")


def test_without_a_server_nothing_is_reached() -> None:
    async def scenario() -> Delivery:
        async with serving(Script()) as server:
            pass
        return await deliver(MailConnection(server))

    assert asyncio.run(scenario()) == Delivery(Verdict.UNREACHABLE, "no connection")


def test_an_address_that_cannot_be_written_is_refused_and_not_cut() -> None:
    async def scenario(to: str) -> tuple[Delivery, Script]:
        script = Script()
        async with serving(script) as server:
            connection = MailConnection(server)
            made = await deliver(connection, to)
            await connection.close()
        return made, script

    for to in ("jañ@voorbeeld.example", "jan@voorbeeld.example\r\nRCPT TO:<eve@elders.example>"):
        made, script = asyncio.run(scenario(to))
        assert made == Delivery(Verdict.NEVER, "address cannot be written")
        assert not script.recipients


def test_an_idle_connection_is_closed_and_made_again_when_needed(monkeypatch) -> None:
    async def scenario() -> int:
        script = Script()
        async with serving(script) as server:
            connection = MailConnection(server)
            await deliver(connection)
            await connection.close_when_idle()
            assert connection._client, "a moment is not idle"
            monkeypatch.setattr(smtp, "KEPT_SECONDS", 0)
            await connection.close_when_idle()
            assert not connection._client
            await deliver(connection)
            await connection.close()
        return script.calls["CONNECT"]

    assert asyncio.run(scenario()) == 2


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.IMPLICIT])
def test_a_trusted_certificate_encrypts_the_mail(authority, tls) -> None:
    async def scenario() -> tuple[Delivery, Script]:
        script = Script()
        certificate = authority.server("127.0.0.1")
        async with serving(script, certificate=certificate, tls=tls) as server:
            connection = MailConnection(server, trust=authority.trusted())
            made = await deliver(connection)
            await connection.close()
        return made, script

    made, script = asyncio.run(scenario())
    assert made.verdict is Verdict.TAKEN
    assert script.was_encrypted == [True]


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.IMPLICIT])
@pytest.mark.parametrize("fault", ["unknown authority", "other name"])
def test_a_bad_certificate_gets_no_mail(authority, tls, fault) -> None:
    async def scenario() -> tuple[Delivery, Script]:
        script = Script()
        host = "elders.example" if fault == "other name" else "127.0.0.1"
        trust = authority.trusted() if fault == "other name" else None
        async with serving(script, certificate=authority.server(host), tls=tls) as server:
            return await deliver(MailConnection(server, trust=trust)), script

    made, script = asyncio.run(scenario())
    assert made == Delivery(Verdict.UNREACHABLE, "no safe connection: CERTIFICATE_VERIFY_FAILED")
    assert not script.received
    assert not script.calls["MAIL"]


def test_a_server_without_starttls_gets_no_mail_in_clear_text() -> None:
    async def scenario() -> tuple[Delivery, Script]:
        script = Script()
        async with serving(script) as plain:
            asked = MailServer(plain.host, plain.port, Tls.STARTTLS)
            return await deliver(MailConnection(asked)), script

    made, script = asyncio.run(scenario())
    assert made == Delivery(Verdict.UNREACHABLE, "no safe connection")
    assert not script.received
    assert not script.calls["MAIL"]


@pytest.mark.parametrize(
    ("password", "verdict"), [(PASSWORD, Verdict.TAKEN), ("verkeerd", Verdict.UNREACHABLE)]
)
def test_it_signs_in_when_the_server_wants_that(authority, password, verdict) -> None:
    async def scenario() -> Delivery:
        certificate = authority.server("127.0.0.1")
        async with serving(
            Script(), certificate=certificate, tls=Tls.STARTTLS, wants_login=True
        ) as at:
            server = MailServer(at.host, at.port, Tls.STARTTLS, USERNAME, password)
            connection = MailConnection(server, trust=authority.trusted())
            made = await deliver(connection)
            await connection.close()
            return made

    made = asyncio.run(scenario())
    assert made.verdict is verdict
    assert password not in made.answer


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp://mail.example", MailServer("mail.example", 587, Tls.STARTTLS)),
        ("smtp://mail.example?tls=implicit", MailServer("mail.example", 465, Tls.IMPLICIT)),
        ("smtp://mail.example:2525?tls=none", MailServer("mail.example", 2525, Tls.NONE)),
        (
            "smtp://jan%40fonds:ge%3Aheim@mail.example:587?tls=starttls",
            MailServer("mail.example", 587, Tls.STARTTLS, "jan@fonds", "ge:heim"),
        ),
        (
            "smtp://jan:geheim@localhost:1025?tls=none",
            MailServer("localhost", 1025, Tls.NONE, "jan", "geheim"),
        ),
    ],
)
def test_the_address_of_a_server_is_read(address, server) -> None:
    assert read_server(address) == server


@pytest.mark.parametrize(
    "address",
    [
        "",
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://mail.example:poort",
        "smtp://mail.example:99999",
        "smtp://mail.example?tls=misschien",
        "smtp://mail.example?ssl=yes",
        "smtp://mail.example/inbox",
        "smtp://jan:geheim@mail.example?tls=none",
    ],
)
def test_a_wrong_address_stops_the_start_with_one_sentence_without_its_password(address) -> None:
    with pytest.raises(WrongSetting) as wrong:
        read_server(address)
    assert str(wrong.value).startswith("PORTAL_SMTP_URL ")
    assert str(wrong.value).endswith(".")
    assert "geheim" not in str(wrong.value)


def test_a_server_does_not_show_its_password() -> None:
    assert "geheim" not in repr(MailServer("mail.example", 587, Tls.STARTTLS, "jan", "geheim"))
