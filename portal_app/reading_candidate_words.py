"""The words of a candidates' file: its columns and its answers, in every language.

A column or an answer is recognised by any of its words, in any case, whatever the language
of the rest of the file. The first word is the one that examples and reports use.
"""

from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Field(StrEnum):
    """A column about the candidate or the enrolment."""

    SALUTATION = "salutation"
    GIVEN_NAME = "given_name"
    INFIX = "infix"
    FAMILY_NAME = "family_name"
    EMAIL = "email"
    BIRTH_DATE = "birth_date"
    ORGANISATION = "organisation"
    LINKED_VIA = "linked_via"
    LINKED_ON = "linked_on"
    ROUTE = "route"
    PROFILE = "profile"
    REFERENCE = "reference"
    REGISTERED_ON = "registered_on"
    VALID_UNTIL = "valid_until"


class StepField(StrEnum):
    """What a column says of a step; its title is the step and this."""

    RESULT = "result"
    ON = "on"
    PLACE = "place"


FIELDS: Final = MappingProxyType(
    {
        Field.SALUTATION: ("Aanhef", "Civilité", "Salutation", "Anrede"),
        Field.GIVEN_NAME: ("Voornaam", "Prénom", "Given name", "First name", "Vorname"),
        Field.INFIX: ("Tussenvoegsel", "Particule", "Infix", "Namenszusatz"),
        Field.FAMILY_NAME: (
            "Achternaam",
            "Familienaam",
            "Nom",
            "Nom de famille",
            "Family name",
            "Last name",
            "Surname",
            "Nachname",
            "Familienname",
        ),
        Field.EMAIL: (
            "E-mailadres",
            "E-mail",
            "Email",
            "Adresse e-mail",
            "E-mail address",
            "Email address",
            "E-Mail-Adresse",
        ),
        Field.BIRTH_DATE: (
            "Geboortedatum",
            "Date de naissance",
            "Date of birth",
            "Birth date",
            "Geburtsdatum",
        ),
        Field.ORGANISATION: (
            "Organisatiecode",
            "Code organisation",
            "Code de l'organisation",
            "Organisation code",
            "Organisationscode",
        ),
        Field.LINKED_VIA: ("Gekoppeld via", "Lié via", "Linked via", "Verknüpft über"),
        Field.LINKED_ON: ("Gekoppeld op", "Lié le", "Linked on", "Verknüpft am"),
        Field.ROUTE: ("Route", "Parcours", "Laufbahn"),
        Field.PROFILE: ("Profiel", "Profil", "Profile"),
        Field.REFERENCE: ("Referentie", "Référence", "Reference", "Referenz"),
        Field.REGISTERED_ON: ("Aangemeld op", "Inscrit le", "Registered on", "Angemeldet am"),
        Field.VALID_UNTIL: (
            "Geldig tot",
            "Valable jusqu'au",
            "Valid until",
            "Gültig bis",
        ),
    }
)

STEP_FIELDS: Final = MappingProxyType(
    {
        StepField.RESULT: ("resultaat", "résultat", "result", "Ergebnis"),
        StepField.ON: ("datum", "date"),
        StepField.PLACE: ("plaats", "lieu", "place", "Ort"),
    }
)

RESULTS: Final = MappingProxyType(
    {
        "passed": ("Behaald", "Geslaagd", "Réussi", "Passed", "Bestanden"),
        "failed": (
            "Niet behaald",
            "Niet geslaagd",
            "Échoué",
            "Non réussi",
            "Failed",
            "Not passed",
            "Nicht bestanden",
        ),
        "absent": ("Afwezig", "Absent", "Abwesend"),
        "exempt": ("Vrijgesteld", "Vrijstelling", "Dispensé", "Exempt", "Befreit"),
        "planned": ("Ingepland", "Gepland", "Planifié", "Planned", "Booked", "Geplant"),
        "busy": ("Bezig", "En cours", "In progress", "Busy", "In Bearbeitung"),
    }
)

LINKED_VIA: Final = MappingProxyType(
    {
        "website": ("Website", "Site web", "Webseite"),
        "registration_manager": (
            "Aanmeldbeheerder",
            "Gestionnaire des inscriptions",
            "Registration manager",
            "Anmeldeverwalter",
        ),
        "payment_code": ("Betaalcode", "Code de paiement", "Payment code", "Zahlungscode"),
        "import": ("Import", "Importation", "Bestand"),
    }
)

SALUTATIONS: Final = MappingProxyType(
    {
        "mr": ("De heer", "Dhr.", "Heer", "Monsieur", "M.", "Mr", "Mr.", "Herr"),
        "mrs": ("Mevrouw", "Mevr.", "Madame", "Mme", "Mrs", "Mrs.", "Ms", "Ms.", "Frau"),
        "neutral": ("Neutraal", "Neutre", "Neutral"),
    }
)

NOTES: Final = ("opmerking", "opmerkingen", "remarque", "remarques", "note", "notes", "bemerkung")
"""First words of columns that are the office's own; nothing in them is read."""
