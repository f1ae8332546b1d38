"""Reading codes out of whatever people paste."""

import time
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal_app.languages import LOCALES, say
from portal_app.reading_codes import (
    INVITATION_ALPHABET,
    InvitationCode,
    LooksLikeVerificationCode,
    find_invitation_code,
    normalise_payment_code,
    read_invitation_code,
    read_verification_code,
    typing_error_hint,
)
from portal_app.reading_text import Misread

PUBLIC_ID, SECRET = "7VP775", "10K4TMQ2X8SYCZBN"
CODE = "E-7VP775-10K4-TMQ2-X8SY-CZBN"
READ = InvitationCode(PUBLIC_ID, SECRET)
LINK = f"https://portaal.example/uitnodiging?code={CODE}"

MAIL = f"""Van: Techniek+ Loopbaanfonds <portaal@fonds.example>
Verzonden: maandag 2 maart 2026 09:00
Onderwerp: Verzilver uw uitnodiging voor toegang tot het mtech+ portaal

Geachte heer Berg,

U krijgt toegang tot de gegevens van Klimaatwerken De Smet bv (1999.000.150), tel. 02 511 51 51.
Navigeer naar de uitnodigingsverzilverpagina: {LINK}
Uw code: {CODE}

E-mail ons bij vragen. De code is geldig tot 16-03-2026.
"""

PASTED = {
    "as it is": CODE,
    "in small letters": CODE.lower(),
    "with spaces around it": f"  {CODE}\t\n",
    "in quotes": f"“{CODE}”",
    "with a full stop": f"{CODE}.",
    "between angle brackets": f"<{CODE}>",
    "in bold mark-up": f"*{CODE}*",
    "without dashes": CODE.replace("-", ""),
    "with spaces for dashes": CODE.replace("-", " "),
    "without the E": CODE.removeprefix("E-"),
    "with some dashes missing": "E-7VP775-10K4TMQ2-X8SYCZBN",
    "with an O for 0, an I for 1": "E-7VP775-IOK4-TMQ2-X8SY-CZBN",
    "with an l for 1, an o for 0": "e-7vp775-lok4-tmq2-x8sy-czbn",
    "with other dashes": CODE.replace("-", "\N{EN DASH}"),
    "with hard hyphens": CODE.replace("-", "\N{NON-BREAKING HYPHEN}"),
    "with hard spaces": f"\N{NO-BREAK SPACE}{CODE.replace('-', chr(0xA0) + '-')}\N{NO-BREAK SPACE}",
    "with invisible characters": "\ufeff" + "\u200b".join(CODE),
    "with soft hyphens": CODE.replace("TMQ2", "TM\N{SOFT HYPHEN}Q2"),
    "in full-width letters": "".join(chr(ord(sign) + 0xFEE0) for sign in CODE),
    "over two lines": "E-7VP775-10K4-TM\nQ2-X8SY-CZBN",
    "over two lines at a dash": "E-7VP775-10K4-\r\nTMQ2-X8SY-CZBN",
    "over two lines of a forwarded mail": "> E-7VP775-10K4-TM\n> Q2-X8SY-CZBN",
    "over two lines of quoted-printable": "E-7VP775-10K4-TM=\r\nQ2-X8SY-CZBN",
    "as the link": LINK,
    "as the link with more behind it": f"{LINK}&lang=nl#top",
    "as a link wrapped in a mail": f"> {LINK[:-9]}\n> {LINK[-9:]}\n> Met vriendelijke groet",
    "as a quoted-printable link": LINK.replace("=", "=3D"),
    "as a percent-encoded link": quote(LINK, safe=""),
    "as a doubly encoded link": quote(quote(LINK, safe=""), safe=""),
    "as the link of a mail filter": (
        f"https://eur02.safelinks.protection.example/?url={quote(LINK, safe='')}"
        "&data=05%7C02%7Cjan%40bedrijf.example%7C638123456789&sdata=aB3%2Bx%3D&reserved=0"
    ),
    "as an HTML link": f'<a href="{LINK}&amp;lang=nl">navigeer</a>',
    "as dashes in HTML": CODE.replace("-", "&#8209;"),
    "without dashes in a sentence": "mijn code is e7vp77510k4tmq2x8syczbn, dank",
    "in the whole mail": MAIL,
    "in a forwarded mail": "\n".join(f"> {line}" for line in MAIL.splitlines()),
    "in a sentence": "Beste, mijn code is e-7vp775-10k4-tmq2-x8sy-czbn en hij werkt niet, 6 keer!",
}


@pytest.mark.covers("M-14", "M-15")
@pytest.mark.parametrize("pasted", PASTED.values(), ids=PASTED)
def test_invitation_code_is_found_when_pasted(pasted: str) -> None:
    assert find_invitation_code(pasted) == READ
    assert READ.text == CODE


@pytest.mark.covers("M-15")
def test_code_of_before_there_were_groups_is_found_in_any_case() -> None:
    code = find_invitation_code("Uw code: E-7VP775-k4TmQ2x8SYcZbNyLsW.")
    assert isinstance(code, InvitationCode)
    assert code == find_invitation_code("e-7vp775-K4TMQ2X8SYCZBNYLSW")
    assert code == find_invitation_code(code.text.replace("-", "").replace("E7VP775", "E-7VP775-"))


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "   ",
        "E-",
        "E-7VP775",
        "E-7VP775-10K4-TMQ2-X8SY",
        CODE[:-1],
        CODE + "Q",
        MAIL.replace(CODE, "").replace("code=", ""),
        "e mailen niet past deze week",
        "Ik zat te e-mailen niet past deze week",
        "Te e-mailen 2026 past deze week",
        "eindejaarsuitkeringfond",
        "e mailen naar iemand gaat niet meer want alle post komt terug",
        "De e-mails zonder code waren niet voor ons maar voor de buren",
        "EXZA-8F5E-XG5W-U22J",
        "x" * 30_000,
        "E-" * 10_000,
    ],
    ids=lambda text: text[:24],
)
def test_what_is_no_invitation_code_is_not_taken_for_one(pasted: str) -> None:
    assert not isinstance(find_invitation_code(pasted), InvitationCode)


@pytest.mark.parametrize("pasted", ["123456", " 123 456 ", "123-456", "Uw code is 123456."])
def test_verification_code_in_its_place_is_named(pasted: str) -> None:
    assert find_invitation_code(pasted) == LooksLikeVerificationCode("123456")
    with pytest.raises(Misread) as misread:
        read_invitation_code(pasted)
    assert misread.value.text.key == "errors.invitation_code_is_verification_code"


@pytest.mark.parametrize(
    "pasted", ["02 511 51 51", "1999.000.150", "22-04-2026", "1234567", "12345"]
)
def test_other_numbers_are_not_named_a_verification_code(pasted: str) -> None:
    assert find_invitation_code(pasted) is None


@pytest.mark.covers("M-36")
@pytest.mark.parametrize(
    ("typed", "key"),
    [(" ", "errors.invitation_code_empty"), ("E-7VP775", "errors.invitation_code_unknown")],
)
def test_invitation_code_that_cannot_be_read_is_explained(typed: str, key: str) -> None:
    with pytest.raises(Misread) as misread:
        read_invitation_code(typed)
    assert misread.value.text.key == key
    assert all(say(misread.value.text, locale) for locale in LOCALES)


@pytest.mark.parametrize(
    "pasted",
    [
        "e " * 100_000,
        f"E{' ' * 100_000}",
        "E-7VP775-10K4" + "\n> " * 50_000,
        ("E-7VP775-10K4-TMQ2-X8SY" + " " * 40) * 3_000,
        "%25" * 60_000,
        "123 " * 50_000,
        "e7vp775" * 20_000,
    ],
    ids=range(7),
)
def test_no_pasted_text_makes_the_search_slow(pasted: str) -> None:
    started = time.process_time()
    find_invitation_code(pasted)
    assert time.process_time() - started < 1


def test_code_that_happens_to_hold_no_digit_is_found_by_its_dashes() -> None:
    code = InvitationCode("ABCDEF", "GHJKMNPQRSTVWXYZ")
    assert find_invitation_code(f"Mijn code {code.text} werkt niet") == code


@given(
    st.text(INVITATION_ALPHABET, min_size=6, max_size=6),
    st.text(INVITATION_ALPHABET, min_size=16, max_size=16),
    st.sampled_from([" ", "-", "\n", ""]),
)
def test_every_code_is_found_however_its_parts_are_joined(
    public_id: str, secret: str, joint: str
) -> None:
    code = InvitationCode(public_id, secret)
    assert find_invitation_code(code.text) == code
    assume(any(map(str.isdigit, public_id + secret)))
    assert find_invitation_code(code.text.replace("-", joint).lower()) == code


@given(st.text())
def test_anything_may_be_pasted(text: str) -> None:
    find_invitation_code(text)
    typing_error_hint(text)
    assert normalise_payment_code(normalise_payment_code(text)) == normalise_payment_code(text)


@pytest.mark.covers("X-22")
@pytest.mark.parametrize(
    "typed",
    [
        "123456",
        " 123 456 ",
        "123-456",
        "1 2 3 4 5 6",
        "123\N{NO-BREAK SPACE}456",
        "123.456",
        "".join(chr(ord(digit) + 0xFEE0) for digit in "123456"),
        "Verificatiecode voor Techniek+: 123456",
        "Uw code:\n\n123456\n\nDe code is 15 minuten geldig.",
    ],
)
def test_verification_code_is_read_however_it_is_pasted(typed: str) -> None:
    assert read_verification_code(typed) == "123456"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Vul de verificatiecode in."),
        (" - ", "Vul de verificatiecode in."),
        ("12345", "De verificatiecode heeft 6 cijfers. U vulde er 5 in."),
        ("1234567", "De verificatiecode heeft 6 cijfers. U vulde er 7 in."),
        ("12a45", "De verificatiecode heeft 6 cijfers. U vulde er 4 in."),
        ("²³⁴٤٥٦٧", "De verificatiecode heeft 6 cijfers. U vulde er 7 in."),
    ],
)
def test_verification_code_of_another_length_is_explained(typed: str, sentence: str) -> None:
    with pytest.raises(Misread) as misread:
        read_verification_code(typed)
    assert say(misread.value.text, "nl") == sentence
