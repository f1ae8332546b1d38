"""The letters: complete in every language, safe, and readable without HTML."""

from datetime import UTC, datetime
from email.message import EmailMessage
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from portal_app.brand import brand
from portal_app.errors import Text
from portal_app.languages import LOCALES
from portal_app.mails import letters
from portal_app.mails.compose import Envelope, compose
from portal_app.mails.letters import LETTERS
from portal_app.settings import settings
from portal_app.site_map import SITE_MAP

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CODE = "E-7VP775-ABCD-EFGH-JKLM-NPQR"
VALUES = {
    "name": "Jan de Vries",
    "company": "Klimaatwerken De Smet",
    "role": Text("mails.role"),
    "new_role": Text("mails.old_role"),
    "why": Text("mails.access_review_begun"),
    "by": "An Peeters",
    "overview": "/toegang?org=7&tab=uitnodigingen",
    "inviter": "Sam Willems",
    "expires": NOW,
    "purpose": "register",
    "minutes": 15,
    "email": "jan.devries@elders.example",
    "at": NOW,
    "device": "Chrome, Windows",
    "username": "jan.de.vries",
    "person": "Jan de Vries",
    "invited": "jan@voorbeeld.example",
    "redeemed_by": "jan@elders.example",
    "public_id": "7VP775",
    "expired": NOW,
    "level": "EH3",
    "code": CODE,
    "password": "kX4?mQz9RtpL7wPb",
    "lasts": 24,
    "last": NOW.date(),
    "number": "A-7KQ2MX",
    "kind": Text("applications.kind_address_forgotten"),
    "due": NOW.date(),
    "note": "Op welk adres woont u?",
    "question": Text("applications.question_call"),
    "reason": Text("applications.reason_identity"),
    "known": "j…@voorbeeld.example",
    "reached": "j…@elders.example",
    "timeline": "A-7KQ2MX.ABCDEFGHJKMNPQRSTVWXYZ01",
    "confirmation": "A-7KQ2MX.ABCDEFGHJKMNPQRSTVWXYZ02",
    "what": Text("mails.factor_app_added"),
    "sender": "Kim Claes",
    "message": "Mag ik toegang?\n\nMet vriendelijke groet",
    "iban": "BE… 7034",
    "withdrawal": "7VP775ABCDEFGHJKLMNPQRST00",
}
ENVELOPE = Envelope("jan@voorbeeld.example", "<mail-1@vakpoort.example>", NOW)


def write(template: str, locale: str = "nl", **changes) -> EmailMessage:
    letter = LETTERS[template]
    values = {name: VALUES[name] for name in letter.values | letter.secrets}
    return compose(ENVELOPE, template, locale, values | changes)


def text_of(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


def html_of(mail: EmailMessage) -> str:
    return mail.get_body(("html",)).get_content()


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: dict[str, str] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._hidden = False
        self._href = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))
        self._hidden = self._hidden or tag in ("style", "title")
        self._href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag) -> None:
        if tag in ("style", "title"):
            self._hidden = False
        self._href = ""

    def handle_data(self, data) -> None:
        if not self._hidden:
            self.words += data.split()
            if self._href:
                self.links[data] = self._href


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("template", LETTERS)
def test_every_letter_says_the_same_in_text_and_html(template, locale) -> None:
    mail = write(template, locale)
    text, html = text_of(mail), _Reader(html_of(mail))
    said = set(" ".join(html.words).replace(":", " ").replace(",", " ").split())
    written = set(text.replace(":", " ").replace(",", " ").split())
    assert said <= written
    assert mail["Content-Language"] == locale
    assert "{" not in text
    assert brand.contact.phone in text
    assert brand.contact.email in text


@pytest.mark.parametrize("template", LETTERS)
def test_every_letter_travels_as_an_automatic_mail_of_the_fund(template) -> None:
    mail = write(template)
    assert mail["Message-ID"] == ENVELOPE.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["From"].addresses[0].addr_spec == settings.mail_from
    assert mail["From"].addresses[0].display_name == brand.name
    [answers_to] = mail["Reply-To"].addresses
    written_by = VALUES.get(LETTERS[template].reply_to)
    assert answers_to.addr_spec == (written_by or brand.contact.email)
    assert mail["To"].addresses[0].addr_spec == ENVELOPE.to
    assert mail["Date"].datetime == NOW
    assert bytes(mail).isascii(), "any server takes it"
    assert max(len(line) for line in bytes(mail).splitlines()) <= 998


@pytest.mark.parametrize("template", LETTERS)
def test_no_letter_fetches_anything(template) -> None:
    tags = _Reader(html_of(write(template))).tags
    fetching = {"img", "link", "script", "iframe", "object", "video", "audio"}
    assert not fetching & {tag for tag, _ in tags}
    assert "url(" not in html_of(write(template))


@pytest.mark.covers("M-09", "M-12")
def test_the_invitation_reads_as_the_source_says() -> None:
    mail = write("invitation")
    assert mail["Subject"] == (
        f"Verzilver uw uitnodiging voor toegang tot het {brand.portal_name} portaal"
    )
    address = f"{settings.origin}/uitnodiging?code={CODE}"
    link_text = "navigeer naar de uitnodigingsverzilverpagina"
    assert _Reader(html_of(mail)).links[link_text] == address
    assert f"{link_text}:\n{address}\n" in text_of(mail)
    for said in ("Klimaatwerken De Smet", "Sam Willems", "02-03-2026 09:00", "bestaande inlognaam"):
        assert said in text_of(mail)


def test_an_invitation_from_the_console_comes_from_the_fund() -> None:
    text = " ".join(text_of(write("invitation", inviter="")).split())
    assert f"{brand.organisation} nodigt u uit" in text


@pytest.mark.covers("M-09")
def test_the_subject_holds_the_literal_name_of_the_portal(monkeypatch) -> None:
    monkeypatch.setattr(
        "portal_app.mails.compose.brand", brand.model_copy(update={"portal_name": "mtech+"})
    )
    assert write("invitation")["Subject"] == (
        "Verzilver uw uitnodiging voor toegang tot het mtech+ portaal"
    )


@pytest.mark.covers("M-11", "M-13")
def test_the_invitation_warns_of_old_logins_and_old_browsers() -> None:
    text = " ".join(text_of(write("invitation")).split())
    assert "bijvoorbeeld Edge (niet Explorer) of Chrome" in text
    assert "van voor de naamsverandering, zijn niet geldig" in text
    assert "gebruik best een nieuw wachtwoord" in text


@pytest.mark.parametrize(
    ("template", "secret", "changes"),
    [
        ("invitation", CODE, {}),
        ("verification_code", "482915", {"code": "482915"}),
        ("provided_password", VALUES["password"], {}),
        ("temporary_password", VALUES["password"], {}),
    ],
)
def test_a_code_stands_on_a_line_of_its_own(template, secret, changes) -> None:
    mail = write(template, **changes)
    assert secret in [line.strip() for line in text_of(mail).splitlines()]
    assert f">{secret}</p>" in html_of(mail)


@pytest.mark.parametrize("purpose", ["register", "change", "reset"])
def test_a_verification_mail_ends_with_the_line_that_binds_the_code_to_the_portal(purpose) -> None:
    mail = write("verification_code", purpose=purpose, code="482915")
    assert mail["Subject"] == f"Verificatiecode voor {brand.portal_name}: 482915"
    assert text_of(mail).splitlines()[-1] == "@localhost #482915"
    assert "15 minuten" in text_of(mail)
    assert "Niet aangevraagd?" in text_of(mail)
    one = text_of(write("verification_code", purpose=purpose, minutes=1))
    assert "1 minuut geldig" in one


@pytest.mark.covers("I-11")
def test_a_temporary_password_says_all_that_it_takes_to_use_it() -> None:
    mail = write("temporary_password")
    text = " ".join(text_of(mail).split())
    assert mail["Subject"] == f"Uw tijdelijk wachtwoord voor {brand.portal_name}"
    for said in (
        "Geef alle karakters in, in dit geval ook ‘?’.",
        "Het werkt één keer, 24 uur lang: tot 02-03-2026 09:00.",
        "blijft uw oude wachtwoord werken",
        "Toestel: Chrome, Windows",
        "Tijdstip: 02-03-2026 09:00",
    ):
        assert said in text
    links = _Reader(html_of(mail)).links
    address = f"{settings.origin}/wachtwoord-vergeten/intrekken?code={VALUES['withdrawal']}"
    assert links["Dit was ik niet"] == address
    assert VALUES["password"] not in str(links)


@pytest.mark.parametrize("template", ["temporary_password", "company_account_password"])
@pytest.mark.parametrize("sign", "!?@*&-")
def test_the_sign_in_a_temporary_password_is_named(sign, template) -> None:
    mail = write(template, password=f"kX4{sign}mQz9RtpL7wPb")
    assert f"ook ‘{sign}’" in " ".join(text_of(mail).split())


def test_whoever_has_an_account_already_can_choose_a_new_password() -> None:
    links = _Reader(html_of(write("account_exists"))).links
    assert links["Wachtwoord opnieuw instellen"] == f"{settings.origin}/wachtwoord-vergeten"


def test_what_people_typed_means_nothing_in_html() -> None:
    evil = '</p><a href="https://kwaad.example">klik</a>{{ 7*7 }}'
    html = html_of(write("invitation", company=evil, inviter=evil))
    assert "https://kwaad.example" not in _Reader(html).links.values()
    assert "{{ 7*7 }}" in html
    assert evil not in html


@pytest.mark.parametrize(
    "template",
    [template for template, letter in LETTERS.items() if "company" in letter.values],
)
def test_what_people_typed_is_never_in_a_subject(template) -> None:
    assert "DE SMET" not in write(template, company="DE SMET", name="DE SMET")["Subject"]


def test_the_notice_to_the_old_address_does_not_spell_the_new_one_out() -> None:
    text = text_of(write("email_changed"))
    assert "j…@elders.example" in text
    assert "jan.devries@elders.example" not in text
    assert "Dit was ik niet" in text


def test_values_come_back_from_json_as_they_went_in() -> None:
    values = {
        "name": "Zoë",
        "minutes": 15,
        "role": Text("mails.role", {"n": 1}),
        "at": NOW,
        "day": NOW.date(),
    }
    assert letters.read_values(letters.write_values(values)) == values


def test_a_value_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="bytes"):
        letters.write_values({"at": b"2026"})


@pytest.mark.parametrize("template", LETTERS)
def test_every_link_to_the_portal_leads_to_a_page_that_is_there(template: str) -> None:
    pages = {page.path for page in SITE_MAP}
    links = [link for link in _Reader(html_of(write(template))).links.values() if link]

    inside = {urlsplit(link).path for link in links if link.startswith(settings.origin)}

    assert inside <= pages
