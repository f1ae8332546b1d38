"""Add sentences to the catalogues, or put the catalogues in order.

    python tools/texts.py add < sentences
    python tools/texts.py arrange

``add`` reads blocks of a key and its sentence in every language; `` || `` parts the
singular from the plural:

    candidates.count
    nl {n} kandidaat || {n} kandidaten
    fr {n} candidat || {n} candidats
    en {n} candidate || {n} candidates
    de {n} Kandidat || {n} Kandidaten

Both write French as it is set: with a no-break space before a colon and its like.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from babel.messages.pofile import escape

from portal_app import languages
from portal_app.languages import LOCALES, TEXTS, domain_of, forms_of, read_domain

PLURAL_RULES = {"nl": "(n != 1)", "fr": "(n > 1)", "en": "(n != 1)", "de": "(n != 1)"}
PARTED = " || "
NO_BREAK = "\N{NO-BREAK SPACE}"

Forms = Mapping[str, tuple[str, ...]]


def arranged(locale: str, forms: Forms) -> str:
    """Write the file of one domain as it belongs: keys in order, a sentence on one line."""
    head = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {locale}\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Plural-Forms: nplurals=2; plural={PLURAL_RULES[locale]};\\n"\n'
    )
    return "\n".join([head, *(_entry(locale, key, forms[key]) for key in sorted(forms))])


def domains(locale: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the sentences of a language, domain by domain."""
    return {domain: forms_of(read_domain(locale, domain)) for domain in languages.domains()}


def blocks(text: str) -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
    """Read the blocks of `add`; stop at one that lacks a language."""
    for block in filter(None, (part.strip() for part in text.split("\n\n"))):
        key, *lines = block.splitlines()
        said = {line[:2]: tuple(line[3:].strip().split(PARTED)) for line in lines}
        if tuple(said) != LOCALES:
            sys.exit(f"{key}: give {', '.join(LOCALES)}, in this order")
        yield key.strip(), said


def main(command: str) -> None:
    """Obey one command."""
    added = dict(blocks(sys.stdin.read())) if command == "add" else {}
    for locale in LOCALES:
        found = domains(locale)
        for key, said in added.items():
            found.setdefault(domain_of(key), {})[key] = said[locale]
        for domain, forms in found.items():
            path = TEXTS / locale / f"{domain}.po"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(arranged(locale, forms), encoding="utf-8")


def _entry(locale: str, key: str, forms: tuple[str, ...]) -> str:
    if locale == "fr":
        forms = tuple(re.sub(r" (?=[:;?!»%])|(?<=«) ", NO_BREAK, form) for form in forms)
    if len(forms) == 1:
        return f"msgid {escape(key)}\nmsgstr {escape(forms[0])}\n"
    plural = "".join(f"msgstr[{i}] {escape(form)}\n" for i, form in enumerate(forms))
    return f"msgid {escape(key)}\nmsgid_plural {escape(key)}\n{plural}"


if __name__ == "__main__":
    if sys.argv[1:] not in (["add"], ["arrange"]):
        sys.exit(__doc__)
    main(sys.argv[1])
