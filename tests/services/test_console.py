"""What the console's commands do to the database, and what they say about it."""

import json
from pathlib import Path

import pytest

from portal_app import migrations, revision
from portal_app.adapters import codes
from portal_app.command import main
from portal_app.console import commands
from portal_app.models import (
    Account,
    Enrolment,
    Grant,
    Invitation,
    Organisation,
    OutboxMail,
    Person,
)
from portal_app.permissions import Role
from portal_app.services import invitations
from portal_app.services.inviting import SERIAL
from portal_app.settings import Mode, settings
from tests import factories

INVITE = ["invite", "Nora@Firma.example", "--role", "trusted_contact", "--company"]
STAFF = ["staff", "add", "ann@fonds.example", "--given-name", "Ann", "--family-name", "Claes"]
FILE = """Voornaam;Achternaam;E-mailadres;Route;Aangemeld op;Organisatiecode;Theorietoets resultaat
Zoë;Çelik;zoe@vak.example;VCO;05-01-2026;VAK;Behaald
;Maes;jan-vak.example;VCO;31-02-2026;XYZ;
"""


def told(capsys, *words: str, code: int = 0) -> str:
    """What a command says: on the right stream, with the right exit code."""
    assert main(words) == code
    said = capsys.readouterr()
    right, wrong = (said.err, said.out) if code else (said.out, said.err)
    assert not wrong
    return right


@pytest.mark.covers("M-15")
def test_inviting_makes_the_company_mails_and_prints_the_code(database, capsys) -> None:
    said = told(capsys, *INVITE, "BE 1999.000.843", "--unit", "Liège", "--name", "Firma Nieuw")
    made = factories.all_of(Invitation)[0]
    code = codes.invitation_code(made.public_id, SERIAL)
    assert f"Code: {code}" in said
    assert made.code_digest == invitations.digest(code)
    assert (made.email, made.role) == ("nora@firma.example", Role.TRUSTED_CONTACT)
    company = factories.all_of(Organisation)[0]
    assert (company.number, company.unit, company.name) == ("1999000843", "Luik", "Firma Nieuw")
    assert [mail.to for mail in factories.all_of(OutboxMail)] == ["nora@firma.example"]


def test_a_number_of_8_digits_is_dutch_and_needs_no_branch(database, capsys) -> None:
    told(capsys, *INVITE, "90004799", "--name", "Firma Nieuw BV")
    assert factories.all_of(Organisation)[0].trade_register == "kvk"


def test_everything_that_is_wrong_with_an_invitation_is_told(database, capsys) -> None:
    said = told(capsys, *INVITE, "1999.000.844", "--unit", "Holland", code=2)
    assert said.splitlines() == [
        "This enterprise number is not correct. Check the 10 digits.",
        "We do not know this province. Choose a Belgian province or Brussels.",
    ]
    assert factories.all_of(Organisation) == []


def test_the_same_person_is_not_invited_twice(database, capsys) -> None:
    words = (*INVITE, "90004799", "--name", "Firma Nieuw BV")
    told(capsys, *words)
    told(capsys, *words, code=2)
    assert len(factories.all_of(Invitation)) == 1


@pytest.mark.covers("V-06")
def test_staff_get_an_account_with_a_provided_password_by_mail(database, capsys) -> None:
    said = told(capsys, *STAFF, "--role", "service_desk")
    account = factories.all_of(Account)[0]
    assert (account.email, account.password_hash) == ("ann@fonds.example", None)
    assert account.temporary_hash
    assert [grant.role for grant in factories.all_of(Grant)] == [Role.SERVICE_DESK]
    assert [mail.to for mail in factories.all_of(OutboxMail)] == ["ann@fonds.example"]
    assert "Password, to be changed" in said  # of the demo only
    told(capsys, *STAFF, "--role", "staff", code=2)
    assert len(factories.all_of(Person)) == 1


@pytest.mark.parametrize(
    ("email", "given", "family"),
    [
        ("ann.de-smet@fonds.example", "Ann", "De-smet"),
        ("servicedesk@fonds.example", "", "Servicedesk"),
    ],
)
def test_staff_need_no_more_than_an_address(database, capsys, email, given, family) -> None:
    told(capsys, "staff", "add", email)
    person = factories.all_of(Person)[0]
    assert (person.given_name, person.family_name) == (given, family)
    assert [grant.role for grant in factories.all_of(Grant)] == [Role.STAFF]


def test_importing_lists_every_mistake_with_its_row_and_column(cast, tmp_path, capsys) -> None:
    factories.make_route(code="VCO")
    file = tmp_path / "candidates.csv"
    file.write_text(FILE, "utf-8")
    said = told(capsys, "import", "candidates", str(file), code=2).splitlines()
    places = [line.partition(":")[0] for line in said]
    assert sorted(places[:-1]) == [
        "Row 2, column 'Organisatiecode'",  # not active for the route
        "Row 2, column 'Theorietoets resultaat'",  # without its date
        "Row 3, column 'Aangemeld op'",
        "Row 3, column 'E-mailadres'",
        "Row 3, column 'Organisatiecode'",
        "Row 3, column 'Voornaam'",
    ]
    assert said[-1] == "Nothing was imported: correct 6 mistakes and try again."
    dutch = told(capsys, "import", "candidates", str(file), "--locale", "nl", code=2)
    assert "Rij 3, kolom 'Voornaam': Dit veld is leeg." in dutch
    assert factories.all_of(Enrolment) == []


def test_a_file_that_is_not_there_or_no_spreadsheet_is_one_sentence(
    database, tmp_path, capsys
) -> None:
    missing = str(tmp_path / "missing.xlsx")
    assert told(capsys, "import", "candidates", missing, code=2) == f"There is no file {missing}.\n"
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04nothing")
    assert told(capsys, "import", "candidates", str(broken), code=2).count("\n") == 1


def test_the_demo_is_loaded_once_and_prints_who_can_sign_in(database, capsys) -> None:
    example = str(Path("docs/examples/candidates.xlsx").resolve())
    assert "was loaded: 15 organisations" in told(capsys, "demo")
    listed = json.loads(told(capsys, "demo", "--json"))
    assert all(set(one) == {"role", "name", "login", "password", "organisation"} for one in listed)
    assert {one["role"] for one in listed} >= {role.value for role in Role}
    again = told(capsys, "demo", "--candidates", "3")
    assert "is there: 15 organisations, 443 enrolments" in again
    assert told(capsys, "import", "candidates", example) == (
        "Imported: 0 new, 0 updated, 440 unchanged.\n"
    )


def test_a_production_database_must_be_migrated_first(empty_database, monkeypatch, capsys) -> None:
    production = settings.model_copy(update={"mode": Mode.PRODUCTION})
    monkeypatch.setattr("portal_app.settings.settings", production)
    assert "run `portal migrate` first" in told(capsys, *INVITE, "90004799", code=2)
    migrations.upgrade()
    assert revision.is_current()
    commands.prepare_database()
