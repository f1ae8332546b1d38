"""Reading candidates: what is accepted, and every mistake in plain words."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest

from portal_app.languages import LOCALES, say
from portal_app.models.identity import Salutation
from portal_app.models.training import LinkedVia, Result
from portal_app.reading_candidate_steps import ImportedAttempt, KnownRoute, KnownStep
from portal_app.reading_candidate_words import LINKED_VIA, RESULTS, SALUTATIONS
from portal_app.reading_candidates import (
    ImportedCandidate,
    ImportedLink,
    ParsedImport,
    read_candidates,
)

TODAY = date(2026, 3, 2)
CODES = {"VAK": ("VCO", "FG1"), "JON": ("VCO", "FG1")}
THEORY = ("Theorietoets", "Test théorique", "Theory test", "Theorieprüfung")
ROUTES = (
    KnownRoute(
        "VCO",
        "Vakmanschap CO",
        ("Monteur", "1e Monteur"),
        (
            KnownStep(0, "registration", ("Aanmelding",)),
            KnownStep(1, "e_learning", ("E-learning",)),
            KnownStep(2, "theory_test", THEORY, max_attempts=2),
            KnownStep(3, "certificate", ("Bewijs van Vakmanschap", "Certificaat")),
        ),
    ),
    KnownRoute(
        "FG1",
        "F-gassen",
        ("Koudemonteur",),
        (
            KnownStep(0, "registration", ("Aanmelding",)),
            KnownStep(1, "theory_test", ("Theorie-examen", *THEORY)),
            KnownStep(2, "certificate", ("Certificaat",)),
        ),
    ),
)
ZOE: Mapping[str, object] = {
    "Voornaam": "Zoë",
    "Achternaam": "Çelik",
    "E-mailadres": "zoe@vak.example",
    "Route": "Vakmanschap CO",
    "Profiel": "Monteur",
    "Aangemeld op": date(2026, 1, 5),
}


def read(*rows: Mapping[str, object]) -> ParsedImport:
    titles = list(dict.fromkeys(title for row in rows for title in row))
    return read_candidates(
        titles,
        [(number, row) for number, row in enumerate(rows, start=2)],
        routes=ROUTES,
        organisation_codes=CODES,
        today=TODAY,
    )


def one(**cells: object) -> ImportedCandidate:
    found = read({**ZOE, **cells})
    assert found.mistakes == ()
    return found.rows[0]


def mistakes(*rows: Mapping[str, object]) -> list[tuple[int | None, str, str]]:
    found = read(*rows)
    for mistake in found.mistakes:
        for locale in LOCALES:
            values = dict(mistake.text.values)
            assert say(mistake.text, locale, **values)
    return [
        (mistake.row, mistake.column, mistake.text.key.removeprefix("candidate_import."))
        for mistake in found.mistakes
    ]


def wrong(**cells: object) -> list[tuple[str, str]]:
    return [(column, entry) for _, column, entry in mistakes({**ZOE, **cells})]


def test_the_least_that_a_row_needs():
    found = one()
    assert (found.row, found.given_name, found.infix, found.salutation) == (2, "Zoë", "", "")
    assert (found.route_code, found.profile) == ("VCO", "Monteur")
    assert (found.links, found.birth_date, found.valid_until) == ((), None, None)
    assert found.attempts == (ImportedAttempt(0, 1, "passed", date(2026, 1, 5), "", None),)


@pytest.mark.parametrize(
    "titles",
    [
        ("VOORNAAM", "Familienaam", "e-mail", "route", "profiel", "Aangemeld  op"),
        ("Prénom", "Nom", "Adresse e-mail", "Parcours", "Profil", "Inscrit le"),
        ("First name", "Last name", "E-mail address", "Route", "Profile", "Registered on"),
        ("Vorname", "Nachname", "E-Mail-Adresse", "Laufbahn", "Profil", "Angemeldet am"),
    ],
)
def test_columns_are_known_in_every_language(titles: tuple[str, ...]):
    found = read(dict(zip(titles, ZOE.values(), strict=True)))
    assert found.mistakes == ()
    assert found.rows == (one(),)


def test_an_office_may_keep_notes():
    assert one(**{"Opmerking intern": "bellen"}) == one()


def test_attempts_stand_in_numbered_columns():
    found = one(
        **{
            "E-learning resultaat": "Bezig 60 %",
            "Theorietoets resultaat": "Niet behaald",
            "Theorietoets datum": "02-02-2026",
            "Theorietoets plaats": "Zwolle",
            "Theorietoets resultaat (2)": None,
            "Theorietoets datum (2)": date(2026, 3, 20),
        }
    )
    assert found.attempts[1:] == (
        ImportedAttempt(1, 1, "busy", None, "", 60),
        ImportedAttempt(2, 1, "failed", date(2026, 2, 2), "Zwolle", None),
        ImportedAttempt(2, 2, "planned", date(2026, 3, 20), "", None),
    )


def test_steps_go_by_their_own_name_or_that_of_their_kind_in_any_language():
    for column in ("Theorietoets resultaat", "test theorique RÉSULTAT", "Theory test result"):
        found = one(
            **{column: "Behaald", column.rsplit(" ", 1)[0] + " date": datetime(2026, 2, 2, 9)}  # noqa: DTZ001
        )
        assert found.attempts[1] == ImportedAttempt(2, 1, "passed", date(2026, 2, 2), "", None)
    refrigeration = {**ZOE, "Route": "fg1", "Profiel": None, "Theorie-examen resultaat": "Exempt"}
    (found,) = read(refrigeration).rows
    assert found.profile == "Koudemonteur"
    assert found.attempts[1] == ImportedAttempt(1, 1, "exempt", None, "", None)


@pytest.mark.parametrize(
    ("cell", "percent"), [("60%", 60), (0.35, 35), ("bezig 5%", 5), ("In progress", None)]
)
def test_how_far_somebody_is(cell: object, percent: int | None):
    busy = one(**{"E-learning resultaat": cell}).attempts[1]
    assert (busy.result, busy.percent) == ("busy", percent)


def test_organisations_stand_in_numbered_columns():
    found = one(
        **{
            "Organisatiecode": "vak",
            "Gekoppeld via": "Betaalcode",
            "Gekoppeld op": date(2026, 1, 9),
            "Organisatiecode (2)": "JON",
        }
    )
    assert found.links == (
        ImportedLink("VAK", "payment_code", date(2026, 1, 9)),
        ImportedLink("JON", "import", date(2026, 1, 5)),
    )


@pytest.mark.parametrize("cell", ["2-3-1990", "02/03/1990", "2.3.1990", "1990-03-02"])
def test_dates_may_be_written_as_text(cell: str):
    assert one(Geboortedatum=cell).birth_date == date(1990, 3, 2)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"Voornaam": None}, [("Voornaam", "empty")]),
        ({"Achternaam": "x" * 101}, [("Achternaam", "too_long")]),
        ({"E-mailadres": "zoe at vak"}, [("E-mailadres", "not_an_email")]),
        ({"Aanhef": "Dokter"}, [("Aanhef", "not_a_choice")]),
        ({"Geboortedatum": "31-02-1990"}, [("Geboortedatum", "not_a_date")]),
        ({"Geboortedatum": 33000}, [("Geboortedatum", "not_a_date")]),
        ({"Geboortedatum": date(1890, 1, 1)}, [("Geboortedatum", "too_long_ago")]),
        ({"Aangemeld op": date(2026, 3, 3)}, [("Aangemeld op", "in_the_future")]),
        ({"Aangemeld op": None}, [("Aangemeld op", "empty")]),
        ({"Geldig tot": "01-01-2026"}, [("Geldig tot", "before_registration")]),
        ({"Route": "Onbekend"}, [("Route", "not_a_choice")]),
        ({"Profiel": "Loodgieter"}, [("Profiel", "profile_unknown")]),
        ({"Profiel": None}, [("Profiel", "profile_empty")]),
        ({"Organisatiecode": "XYZ"}, [("Organisatiecode", "organisation_unknown")]),
        (
            {"Organisatiecode": None, "Gekoppeld via": "Website"},
            [("Organisatiecode", "organisation_empty")],
        ),
        (
            {"Organisatiecode": "VAK", "Organisatiecode (2)": "VAK"},
            [("Organisatiecode (2)", "organisation_twice")],
        ),
        ({"Gekoppeld via": "Duif", "Organisatiecode": "VAK"}, [("Gekoppeld via", "not_a_choice")]),
    ],
)
def test_mistakes_about_the_candidate(cells: dict[str, object], told: list[tuple[str, str]]):
    assert wrong(**cells) == told
    assert read({**ZOE, **cells}).rows == ()


@pytest.mark.parametrize(
    ("result", "on", "entry"),
    [
        ("Gezakt?", "02-02-2026", "not_a_choice"),
        ("Behaald", None, "day_of_result_empty"),
        ("Ingepland", None, "day_of_result_empty"),
        (None, "02-02-2026", "result_empty"),
        ("Behaald", "03-03-2026", "result_in_the_future"),
        ("Behaald", "04-01-2026", "before_registration"),
        ("120%", None, "not_a_choice"),
    ],
)
def test_mistakes_in_an_attempt(result: str | None, on: str | None, entry: str):
    cells = {"Theorietoets resultaat": result, "Theorietoets datum": on}
    assert [told for _, told in wrong(**cells)] == [entry]


@pytest.mark.parametrize(
    ("goes", "entry"),
    [
        ([("Behaald", "02-02-2026"), ("Behaald", "09-02-2026")], "attempt_after_the_last"),
        ([("Niet behaald", "09-02-2026"), ("Behaald", "02-02-2026")], "attempts_out_of_order"),
        ([(None, None), ("Behaald", "02-02-2026")], "attempt_skipped"),
        (
            [("Afwezig", f"0{day}-02-2026") for day in (2, 3, 4)],
            "too_many_attempts",
        ),
    ],
)
def test_mistakes_between_attempts(goes: list[tuple[str | None, str | None]], entry: str):
    cells: dict[str, object] = {}
    for number, (result, on) in enumerate(goes, start=1):
        suffix = f" ({number})" if number > 1 else ""
        cells["Theorietoets resultaat" + suffix] = result
        cells["Theorietoets datum" + suffix] = on
    assert [told for _, told in wrong(**cells)] == [entry]


def test_a_step_of_another_route_is_named():
    cells = {"Theorie-examen resultaat": "Vrijgesteld"}
    assert wrong(**cells) == [("Theorie-examen resultaat", "step_not_in_route")]


def test_every_mistake_of_every_row_is_told_in_order():
    rows = (
        {**ZOE, "Voornaam": None, "Route": "?"},
        {**ZOE, "E-mailadres": "x", "Aangemeld op": "gisteren"},
        ZOE,
        {**ZOE, "E-mailadres": "ZOE@vak.example"},
        {**ZOE, "Profiel": "1e Monteur", "Achternaam": "Maes"},
    )
    assert sorted(mistakes(*rows), key=lambda told: (told[0] or 0, told[1])) == [
        (2, "Route", "not_a_choice"),
        (2, "Voornaam", "empty"),
        (3, "Aangemeld op", "not_a_date"),
        (3, "E-mailadres", "not_an_email"),
        (5, "E-mailadres", "enrolment_twice"),
        (6, "E-mailadres", "another_person"),
    ]


def test_columns_are_told_before_any_row():
    rows = {
        "Voornaam": None,
        "Naam": "?",
        "Theorietots resultaat": "Behaald",
        "Schoenmaat": 42,
        "E-mail": "a@b.example",
        "Email": "a@b.example",
    }
    assert mistakes(rows) == [
        (None, "Naam", "column_unknown"),
        (None, "Theorietots resultaat", "column_misspelt"),
        (None, "Schoenmaat", "column_unknown"),
        (None, "Email", "column_twice"),
        (None, "Achternaam", "column_missing"),
        (None, "Route", "column_missing"),
        (None, "Aangemeld op", "column_missing"),
    ]


def test_the_words_are_those_of_the_tables():
    assert set(RESULTS) == set(Result)
    assert set(LINKED_VIA) == set(LinkedVia)
    assert set(SALUTATIONS) == set(Salutation)
