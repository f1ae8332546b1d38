"""Fictional people for the example file and the larger world; no name is anybody's."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

# In one text each, parted by spaces; the infix of a family name stands before a semicolon.
GIVEN_NAMES = {
    "mr": (
        "Jan Bart Émile Tijmen Yusuf Noud Jeroen René Stijn Luuk Karel Özgür André "
        "Wouter Milan Sander Joris Björn Mohamed Dirk Gijs Koen Daan Pieter Hugo Achraf "
        "Ruben Thijs Levi Sem"
    ),
    "mrs": (
        "Zoë Sanne Chloé Fatma Noor Anouk Hélène Lieke Maud Ayşe Femke Inès Britt Eva "
        "Loïs Naomi Roos Jolien Saïda Marleen"
    ),
    "neutral": ("Robin Sam Noa Bo Charlie Alex Jules"),
}

FAMILY_NAMES = (
    "Veldkamp|Çelik|van den;Berg|de;Groot|Maes|Peeters|Güneş|van der;Linde|"
    "De Smedt|Hoekstra|El Amrani|ter;Horst|Jansen|van 't;Hof|Dubois|Lefèvre|Müller|"
    "Vermeulen|Bogaert|in 't;Veld|Kuipers|op den;Akker|Wouters|Öztürk|van;Dijk|"
    "Claes|Schouten|de la;Fuente|Nowak|Brouwer|Van Damme|Aerts|Huizinga|den;Ouden|"
    "Postma|Verhaegen|Bakker|Timmer|Kovač|van der;Zanden|Goossens|Mertens|Rietveld|"
    "de;Wit|Haddad|Willems|Smeets|van;Loon|Núñez|Ruyters"
)  # parted by upright lines

LONG_FAMILY_NAME = "Vandenbroeck-Van Nieuwenhuijsens"  # 32 characters

PLACES = (
    "Zwolle",
    "Utrecht",
    "Eindhoven",
    "Antwerpen",
    "Hasselt",
    "Rotterdam-Zuid",
    "'s-Hertogenbosch",
    "Woerden",
)

ORGANISATIONS = {  # code: the domain of its addresses, and its routes with how many rows
    "VAK": ("vakmanschap-demo.example", {"VCO": 128, "VCO-V": 20, "VCA": 12, "EXCEL": 4}),
    "JON": ("jongeneel.example", {"WP": 26, "AFL": 20, "VCO": 14, "LOTO": 8}),
    "WRM": ("warmte-zn.example", {"WP": 24, "AFL": 14, "LEG": 12}),
    "KTN": ("koudetechniek-noord.example", {"FG1": 38, "WP": 12, "LOTO": 6}),
    "ELP": ("elektropartners.example", {"NEN-VP": 26, "PV": 18, "VCA": 10}),
    "KDS": ("klimaatwerken-de-smet.example", {"LEG": 14, "TIG": 14, "MENTOR": 12, "PV": 8}),
}

LONG_NAME_AT = 41
SHARE_WITH_BIRTH_DATE = 0.92
SAME_NAME_AT = (60, 75)


@dataclass(slots=True)
class Person:
    """Who is followed."""

    salutation: str
    given_name: str
    infix: str
    family_name: str
    email: str
    birth_date: date | None


def make_person(domain: str, number: int, emails: set[str], random: Random) -> Person:
    """Make somebody, with the odd cases that a portal must take."""
    salutation = random.choices(("mr", "mrs", "neutral"), (60, 30, 10))[0]
    given_name = random.choice(GIVEN_NAMES[salutation].split())
    infix, _, family_name = random.choice(FAMILY_NAMES.split("|")).rpartition(";")
    if number == LONG_NAME_AT:
        infix, family_name = "", LONG_FAMILY_NAME
    if number in SAME_NAME_AT:
        salutation, given_name, infix, family_name = "mr", "Jan", "", "Jansen"
    name = plain(f"{given_name}.{infix}{family_name}")
    email, count = f"{name}@{domain}", 1
    while email in emails:
        count += 1
        email = f"{name}{count}@{domain}"
    emails.add(email)
    born = date(1961, 1, 1) + timedelta(days=random.randrange(365 * 46))
    is_known = random.random() < SHARE_WITH_BIRTH_DATE  # some offices do not ask
    birth_date = born if is_known else None
    return Person(salutation, given_name, infix, family_name, email, birth_date)


def plain(name: str) -> str:
    """Write a name as addresses have it."""
    letters = unicodedata.normalize(
        "NFKD", name.casefold().replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")
    )
    return "".join(sign for sign in letters if sign.isascii() and (sign.isalnum() or sign in ".-"))
