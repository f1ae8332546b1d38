"""The wording of buttons and fields: the sources' own, and one for each thing (X-06)."""

from collections import defaultdict

import pytest

from portal_app.languages import LOCALES, catalogue, say

SOURCES = {
    "shell.no_script": (
        "Uw browser laat geen javascript toe. "
        "Om die reden zijn bepaalde functionaliteiten niet voorhanden."
    ),
    "invitations.title": "Vul hier je uitnodigingscode in",
    "shell.continue": "Doorgaan",
    "sign_in.title": "Aanmelden met uw inlognaam",
    "sign_in.login": "Inlognaam",
    "sign_in.forgotten": "Bent u uw wachtwoord vergeten?",
    "sign_in.sign_in": "Aanmelden",
    "sign_in.no_account": "Hebt u geen account?",
    "sign_in.register": "Nu registreren",
    "registration.required": "Verificatie is vereist. Klik op de knop Verzenden.",
    "registration.send_code": "Verificatiecode verzenden",
    "registration.sent": (
        "De verificatiecode is verzonden naar uw Postvak IN. "
        "Kopieer de code naar het onderstaande invoervak."
    ),
    "registration.code": "Verificatiecode",
    "registration.verify_code": "Code verifiëren",
    "registration.new_code": "Nieuwe code verzenden",
    "registration.verified": "Het e-mailadres is geverifieerd. U kunt nu doorgaan.",
    "registration.change_email": "E-mailadres wijzigen",
    "registration.birth_date": "Geboortedatum",
    "passwords.confirm": "Bevestig nieuw wachtwoord",
    "passwords.repeat": "Herhaal wachtwoord",
    "shell.edit_profile": "Bewerk profiel",
    "profile.title": "Wijzig je profiel",
    "profile.part_person": "NAW-gegevens",
    "profile.part_login": "Inloggegevens",
    "components.download_excel": "Downloaden filterselectie (Excel)",
    "candidates.unlink": "Ontkoppel kandidaat",
    "candidates.record": "Inzien kandidaatgegevens",
    "sign_in.title_existing": "Aanmelden met uw bestaande account",
    "registration.give_details": "Geef de volgende gegevens op.",
    "eherkenning.account_page": "Home - Met één account toegang tot al onze diensten",
    "eherkenning.account_title": "Met één account toegang tot al onze diensten",
    "eherkenning.changes_title": "Wat verandert er voor jou?",
    "eherkenning.start_here": "Start Hier",
    "eherkenning.login": "Login eHerkenning",
    "eherkenning.apply": "Klik hier voor meer informatie en aanvragen",
    "eherkenning.now_admin": "Jouw account is nu Admin account voor jouw organisatie!",
    "eherkenning.no_rights_needed": "Let op! Je hoeft jezelf geen rechten meer toe te kennen.",
    "test_broker.choose_title": "Kies hoe u wilt inloggen",
    "test_broker.choose": "Maak een keuze",
}
SENTENCES_OF_AZURE = {
    "registration.required": "Verification is necessary. Please click Send button.",
    "registration.verified": "E-mail address verified. You can now continue.",
    "registration.new_code": "Send new code",
    "registration.change_email": "Change e-mail",
    "registration.create": "Create",
    "sign_in.sign_in": "Sign in",
    "sign_in.forgotten": "Can't access your account?",
}
"""English in which the Dutch sources were written first."""

ENGLISH_OF_A_FORGOTTEN_PASSWORD = {
    "sign_in.sign_in": "Sign in",
    "sign_in.password": "Password",
    "sign_in.forgotten": "Can't access your account?",
    "password_reset.placeholder": "someone@example.com",
    "password_reset.intro": "Please fill in your {organisation} email address.",
    "password_reset.email": "Email address",
    "password_reset.reset": "Password reset",
    "passwords.old": "Old password",
    "passwords.new": "New password",
    "passwords.confirm": "Confirm new password",
}
"""The source's own English."""

MAY_DIFFER = {
    # One Dutch word, where the other language tells apart what it is said of.
    ("fr", "Verlopen"): "an invitation is feminine",
    ("fr", "Verzonden"): "idem",
    ("fr", "Ingetrokken"): "idem; a tab holds several",
    ("fr", "Niet bezorgd"): "idem",
    ("fr", "Gebruikt"): "idem",
    ("fr", "Afgehandeld"): "a state is of one application, its tab holds several",
    ("fr", "Filter"): "the button is a verb, the heading in a file is a noun",
    ("de", "Filter"): "idem",
    ("en", "Naam"): "the source's form asks it beside the given name",
    ("en", "Account maken"): "the button is the sources' own 'Create'",
}


@pytest.mark.covers("X-06")
@pytest.mark.parametrize(("key", "sentence"), SOURCES.items())
def test_the_sentences_of_the_sources_are_kept_letter_for_letter(key, sentence):
    assert say(key, "nl") == sentence


@pytest.mark.covers("I-08", "I-09", "I-12")
@pytest.mark.parametrize(("key", "sentence"), ENGLISH_OF_A_FORGOTTEN_PASSWORD.items())
def test_a_forgotten_password_is_told_in_the_english_of_its_source(key, sentence):
    assert catalogue("en").forms[key] == (sentence,)


@pytest.mark.covers("X-06")
@pytest.mark.parametrize(("key", "sentence"), SENTENCES_OF_AZURE.items())
def test_english_says_what_the_sources_said_before_they_were_dutch(key, sentence):
    assert say(key, "en") == sentence


@pytest.mark.covers("X-06")
@pytest.mark.parametrize("locale", LOCALES[1:])
def test_what_has_one_wording_in_dutch_has_one_in_every_language(locale):
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, forms in catalogue(LOCALES[0]).forms.items():
        alike[forms].append(key)
    there = catalogue(locale).forms

    differing = {
        forms[0]: {key: there[key][0] for key in keys}
        for forms, keys in alike.items()
        if len({there[key] for key in keys}) > 1
    }

    excused = {dutch for language, dutch in MAY_DIFFER if language == locale}
    assert differing.keys() - excused == set(), differing
    assert excused <= differing.keys(), "an exception that is not needed any more"
