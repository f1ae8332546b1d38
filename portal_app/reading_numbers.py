"""Read the numbers and codes that organisations are known by."""

import re
from enum import StrEnum

from stdnum import iban
from stdnum.be import bis, nn, vat
from stdnum.exceptions import ValidationError

from portal_app.errors import Text
from portal_app.names import folded
from portal_app.reading_text import Misread, plain

ENTERPRISE_DIGITS = 10
KVK_DIGITS = 8
NATIONAL_DIGITS = 11
BRANCH_DIGITS = 12
ORGANISATION_CODE_LETTERS = 3

_BEFORE_ENTERPRISE_NUMBER = re.compile(r"^(?:(?:BTW|TVA|VAT|UST|MWST|RPR|KBO|BCE|BE|NR)[-. :]*)+")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")
_BEFORE_KVK_NUMBER = re.compile(r"^(?:(?:KVK|NR|NUMMER)[-. :]*)+")


class Province(StrEnum):
    """The Belgian provinces, and Brussels, which is none but counts as one here."""

    ANTWERPEN = "Antwerpen"
    BRUSSEL = "Brussel"
    HENEGOUWEN = "Henegouwen"
    LIMBURG = "Limburg"
    LUIK = "Luik"
    LUXEMBURG = "Luxemburg"
    NAMEN = "Namen"
    OOST_VLAANDEREN = "Oost-Vlaanderen"
    VLAAMS_BRABANT = "Vlaams-Brabant"
    WAALS_BRABANT = "Waals-Brabant"
    WEST_VLAANDEREN = "West-Vlaanderen"

    @property
    def text_key(self) -> str:
        """Return the key of the province's name in every language."""
        return f"provinces.{self.name.lower()}"


_SAID = {one.value: Text(one.text_key) for one in Province}
_OTHER_NAMES = {
    Province.ANTWERPEN: ("Anvers", "Antwerp"),
    Province.BRUSSEL: (
        "Bruxelles",
        "Brussels",
        "Brüssel",
        "Brussels Hoofdstedelijk Gewest",
        "Région de Bruxelles-Capitale",
        "Brussels-Capital Region",
        "Region Brüssel-Hauptstadt",
    ),
    Province.HENEGOUWEN: ("Hainaut", "Hennegau"),
    Province.LIMBURG: ("Limbourg",),
    Province.LUIK: ("Liège", "Lüttich"),
    Province.LUXEMBURG: ("Luxembourg",),
    Province.NAMEN: ("Namur",),
    Province.OOST_VLAANDEREN: ("Flandre-Orientale", "East Flanders", "Ostflandern"),
    Province.VLAAMS_BRABANT: ("Brabant flamand", "Flemish Brabant", "Flämisch-Brabant"),
    Province.WAALS_BRABANT: ("Brabant wallon", "Walloon Brabant", "Wallonisch-Brabant"),
    Province.WEST_VLAANDEREN: ("Flandre-Occidentale", "West Flanders", "Westflandern"),
}
_BESIDE_THE_NAME = frozenset(("provincie", "province", "provinz", "de", "of"))


def read_enterprise_number(typed: str) -> str:
    """Read a Belgian enterprise number as 10 digits; 9 digits of before 2005 get their 0."""
    text = _BEFORE_ENTERPRISE_NUMBER.sub("", plain(typed).upper())
    if not text:
        raise Misread(Text("errors.enterprise_number_empty"))
    bare = re.sub(r"[\s.\-/_]", "", text)
    try:
        return vat.validate(bare)
    except ValidationError as wrong:
        is_whole = bare.isdecimal() and len(bare) == ENTERPRISE_DIGITS
        key = "errors.enterprise_number_check" if is_whole else "errors.enterprise_number"
        raise Misread(Text(key, {"digits": ENTERPRISE_DIGITS})) from wrong


def shown_enterprise_number(number: str) -> str:
    """Write an enterprise number as people know it: 1999.000.150."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"


def read_national_number(typed: str) -> str:
    """Read a national register number as 11 digits: of either century, and bis numbers too."""
    text = re.sub(r"[\s.\-/]", "", plain(typed))
    if not text:
        raise Misread(Text("errors.national_number_empty"))
    is_number = re.fullmatch(rf"[0-9]{{{NATIONAL_DIGITS}}}", text)
    if not is_number or not (nn.is_valid(text) or bis.is_valid(text)):
        raise Misread(Text("errors.national_number", {"digits": NATIONAL_DIGITS}))
    return text


def read_kvk_number(typed: str) -> str:
    """Read a number of the Dutch trade register as 8 digits."""
    text = _BEFORE_KVK_NUMBER.sub("", plain(typed).upper())
    return _digits(text, KVK_DIGITS, "errors.kvk_number")


def read_company_number(typed: str) -> str:
    """Read the number of a company in either register: 10 digits in the KBO, 8 in the KvK."""
    bare = re.sub(r"\D", "", plain(typed))
    return read_kvk_number(typed) if len(bare) == KVK_DIGITS else read_enterprise_number(typed)


def read_branch_number(typed: str) -> str:
    """Read the number of a Dutch branch (vestigingsnummer) as 12 digits."""
    return _digits(plain(typed), BRANCH_DIGITS, "errors.branch_number")


def read_province(typed: str) -> Province:
    """Read the name of a province in Dutch, French, English or German."""
    name = _compared(typed)
    if not name:
        raise Misread(Text("errors.province_empty"))
    for province, others in _OTHER_NAMES.items():
        if name in map(_compared, (province, *others)):
            return province
    raise Misread(Text("errors.province_unknown"))


def read_iban(typed: str) -> str:
    """Read the number of a bank account, of any country that has IBANs, without spaces."""
    text = re.sub(r"[\s.\-]", "", plain(typed)).upper().removeprefix("IBAN").removeprefix(":")
    if not text:
        raise Misread(Text("errors.iban_empty"))
    if not _IBAN.fullmatch(text):
        raise Misread(Text("errors.iban"))
    try:
        return iban.validate(text, check_country=False)  # its list of banks grows old
    except ValidationError as wrong:
        raise Misread(Text("errors.iban_check")) from wrong


def shown_iban(number: str) -> str:
    """Group an IBAN by four, unbroken: 'BE68 5390 0754 7034'."""
    return "\N{NO-BREAK SPACE}".join(number[at : at + 4] for at in range(0, len(number), 4))


def masked_iban(number: str) -> str:
    """Write an IBAN so that only who has it knows it again: 'BE… 7034'."""
    return f"{number[:2]}…\N{NO-BREAK SPACE}{number[-4:]}"


def shown_unit(unit: str) -> Text | str:
    """Say a province in the reader's language; a branch number and the like as they are."""
    return _SAID.get(unit, unit)


def named_apart(name: str, unit: str) -> Text | str:
    """Name a company with what sets two of the same name apart."""
    if not unit:
        return name
    return Text("shell.organisation_apart", {"name": name, "detail": shown_unit(unit)})


def read_organisation_code(typed: str) -> str:
    """Read an organisation code: 3 letters, kept in capitals."""
    text = re.sub(r"[\s.\-]", "", plain(typed)).upper()
    if not re.fullmatch(rf"[A-Z]{{{ORGANISATION_CODE_LETTERS}}}", text):
        raise Misread(Text("errors.organisation_code", {"letters": ORGANISATION_CODE_LETTERS}))
    return text


def _digits(text: str, number: int, key: str) -> str:
    bare = re.sub(r"[\s.\-]", "", text)
    if not re.fullmatch(rf"[0-9]{{{number}}}", bare):
        raise Misread(Text(key, {"digits": number}))
    return bare


def _compared(name: str) -> str:
    words = re.split(r"[\W_]+", folded(plain(name)))
    return " ".join(word for word in words if word and word not in _BESIDE_THE_NAME)
