r"""Make the list of common passwords that the portal refuses.

The sources are not kept here; get them with the ordinary clients and name the two folders:

    pip download --no-deps --dest sources django && unzip -d sources sources/django-*.whl
    npm pack @zxcvbn-ts/language-nl-be@3.0.2 @zxcvbn-ts/language-fr@3.0.2   (and unpack each)
    python tools/make_common_passwords.py \
        --django sources/django --words nl-be/package/src --words fr/package/src

One entry a line, folded as the portal folds, sorted. An entry that ends in * is also refused with
digits and signs around it.
"""

import argparse
import gzip
import io
import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from zxcvbn.frequency_lists import FREQUENCY_LISTS

from portal_app.names import folded
from portal_app.password_rules import SHORTEST

TARGET = Path("portal_app/adapters/common_passwords.txt.gz")
EVERYONES_WORDS = 3000
SHORTEST_WORD = 4

# What people in Belgium and the Netherlands put a year behind when a password must be changed.
WORDS = """
    aanmelden azerty azertyuiop bedankt bedrijf beheer beheerder computer familie feyenoord geheim
    geheimpje goedemorgen goeiedag hallo hallootjes hemelvaart inloggen kantoor kerst kerstmis
    kerstman klant konijn koningsdag lekker liefde lieverd maandag dinsdag woensdag donderdag
    vrijdag zaterdag zondag januari februari maart april juni juli augustus september oktober
    november december lente zomer herfst winter voorjaar najaar vakantie mijnwachtwoord moederdag
    nederland belgie oranje paasei pasen pinksteren poesje prinses schatje schatjes sinterklaas
    sterk techniek tijdelijk toegang veilig verandermij vlaanderen voetbal vriend welkom
    welkomterug welkomthuis wachtwoord wachtwoorden werk werken wijzigen zonnetje zonneschijn
    amsterdam antwerpen brugge brussel eindhoven gent groningen hasselt kortrijk leuven limburg
    mechelen oostende rotterdam utrecht anderlecht clubbrugge standaard ajax twente
    accueil administrateur amour anniversaire automne avril aout bienvenu bienvenue bisou bisous
    bonjour bonsoir bruxelles bureau changemoi chocolat chouchou coucou decembre dimanche doudou
    ete fevrier football france hiver janvier jeudi jetaime juillet juin liege loulou lundi mai
    maison mardi mars mercredi merci monamour motdepasse motdepasses namur noel novembre octobre
    ordinateur paques paris printemps provisoire samedi secret securite septembre soleil
    temporaire travail vacances vendredi
    admin administrator april changeme friday login march monday passcode password passwort
    secret spring summer sunday sommer sommerzeit herbst fruehling winter temporary test tester
    testen thursday tuesday wednesday saturday welcome willkommen geheimnis hallo
""".split()  # noqa: SIM905 -- one word a line would take three pages

PHRASES = """
    correcthorsebatterystaple ditiseenwachtwoord ditismijnwachtwoord ditiseenveiligwachtwoord
    geheimwachtwoord hetwachtwoord iedereenmagditweten ikbenmijnwachtwoordvergeten
    ikwilgeenwachtwoord langwachtwoord mijngeheimewachtwoord nieuwwachtwoord
    sterkwachtwoord tijdelijkwachtwoord vergetenwachtwoord veiligwachtwoord wachtwoordvergeten
    welkombijvakpoort ceciestmonmotdepasse jaioubliemonmotdepasse jenaipasdemotdepasse
    monmotdepasse motdepasseoublie motdepassesecret nouveaumotdepasse unmotdepassesecurise
    forgotmypassword ihaveforgottenmypassword iloveyousomuch mysecretpassword newpassword
    thisisapassword thisismypassword thisisasecurepassword letmeinplease
    dasisteinpasswort dasistmeinpasswort ichhabemeinpasswortvergessen meinpasswort
""".split()  # noqa: SIM905

WALKS = (
    "1234567890" * 4,
    "0123456789" * 4,
    "0987654321" * 4,
    "9876543210" * 4,
    "abcdefghijklmnopqrstuvwxyz" * 2,
    "zyxwvutsrqponmlkjihgfedcba" * 2,
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "1a2z3e4r5t6y7u8i9o0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujmik",
    "aqwzsxedcrfvtgbyhnuj",
    "a1b2c3d4e5f6g7h8i9j0",
    "aabbccddeeffgghhiijjkk",
    "112233445566778899001122",
)
LONGEST_WALK = 40


def main() -> None:
    """Write the list from the sources that the command line names."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--django", type=Path, required=True)
    arguments.add_argument("--words", type=Path, action="append", required=True)
    named = arguments.parse_args()
    entries = {
        *long_enough(django_passwords(named.django)),
        *long_enough(FREQUENCY_LISTS["passwords"]),
        *(word for folder in named.words for word in long_enough(words_of(folder))),
        *PHRASES,
        *walks(),
        *(f"{word}*" for word in everyones_words()),
    }
    write(sorted(entries))


def everyones_words() -> Iterator[str]:
    """Give the words that are refused with digits and signs around them too."""
    ranked = (folded(entry) for entry in FREQUENCY_LISTS["passwords"])
    letters = (entry for entry in ranked if entry.isalpha() and len(entry) >= SHORTEST_WORD)
    yield from islice(letters, EVERYONES_WORDS)
    yield from WORDS


def django_passwords(package: Path) -> list[str]:
    """Read the list that Django ships."""
    source = package / "contrib" / "auth" / "common-passwords.txt.gz"
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        return lines.read().splitlines()


def words_of(folder: Path) -> list[str]:
    """Read the ordinary words of a language."""
    return json.loads((folder / "commonWords.json").read_text(encoding="utf-8"))


def long_enough(entries: list[str]) -> Iterator[str]:
    """Fold `entries` and leave out what is too short for a password anyway."""
    return (entry for entry in map(folded, entries) if len(entry) >= SHORTEST)


def walks() -> Iterator[str]:
    """Give every start of a walk over the keyboard, the alphabet or the digits."""
    for walk in WALKS:
        for length in range(SHORTEST, min(len(walk), LONGEST_WALK) + 1):
            yield walk[:length]


def write(entries: list[str]) -> None:
    """Write `entries`, packed so that the same entries always give the same bytes."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0) as file:
        file.write("".join(f"{entry}\n" for entry in entries).encode())
    TARGET.write_bytes(packed.getvalue())
    print(f"{len(entries)} entries, {len(packed.getvalue()) // 1024} KB")


if __name__ == "__main__":
    main()
