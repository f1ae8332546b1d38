"""New codes for the account of a company: asked by anybody, agreed by two, sent to its address."""

import pytest

from portal_app.adapters import passwords
from portal_app.applications import ApplicationKind, ApplicationState
from portal_app.errors import Invalid, NotSignedIn, Text
from portal_app.models import Application, AuditEvent
from portal_app.services import (
    application_handling,
    application_record,
    home,
    identity_checks,
    sign_in,
)
from portal_app.services.application_record import NumberMatch
from tests import factories
from tests.services.applying import application, mails, said, secrets_of, version
from tests.services.appointed import (
    BOSS,
    HERE,
    INSIDE,
    NORA,
    NUMBER,
    account_of,
    activate,
    ask,
    checked,
    company_account,
    enter,
    letters,
    make,
    username,
)


def agreed(cast, run_as, number: str, person_id: int) -> None:
    checked(cast, run_as, number, person_id)
    run_as(cast.ada, identity_checks.agree, number=number, version=version())


@pytest.mark.covers("S-06")
def test_who_is_responsible_asks_and_two_of_the_staff_send_new_codes(cast, run_as, stopped_clock):
    company = make(run_as, cast.sam)
    old_name, old_password = letters()
    stopped_clock.advance(days=31)
    assert run_as(HERE, sign_in.credentials, login=username()).temporary_expired
    number = ask(run_as)
    asked = application()
    assert (asked.kind, asked.name, asked.email) == (
        ApplicationKind.ACTIVATION_CODES,
        "Paul Novak",
        BOSS,
    )

    agreed(cast, run_as, number, company.person_id)

    assert application().state is ApplicationState.DONE
    name, password = letters()
    assert {name.to, password.to} == {NORA}
    assert (name.id, password.id) != (old_name.id, old_password.id)
    assert said(name)["username"] == said(old_name)["username"]
    new = secrets_of(password)["password"]
    assert new != secrets_of(old_password)["password"]
    held = run_as(HERE, sign_in.credentials, login=username())
    assert not held.temporary_expired
    assert passwords.verify_password(new, held.temporary_hash)
    (told,) = mails("activation_codes_sent")
    assert (told.to, said(told)["known"]) == (BOSS, "n…@novak.example")
    for letter in (told, *mails("application_received")):
        assert new not in str(secrets_of(letter).values())
    enter(run_as, company)
    assert activate(run_as) == "/"


@pytest.mark.covers("S-06")
def test_the_old_codes_are_dead_with_all_that_they_opened(cast, run_as):
    company = make(run_as, cast.sam)
    enter(run_as, company)
    old = account_of(company).temporary_hash

    agreed(cast, run_as, ask(run_as), company.person_id)

    assert account_of(company).temporary_hash != old
    with pytest.raises(NotSignedIn):
        run_as(INSIDE, home.myself)
    with pytest.raises(NotSignedIn):
        activate(run_as)


def test_one_member_of_staff_alone_sends_nothing(cast, run_as):
    company = make(run_as, cast.sam)
    number = ask(run_as)
    checked(cast, run_as, number, company.person_id)

    with pytest.raises(Invalid):
        run_as(cast.sam, identity_checks.agree, number=number, version=version())

    assert len(mails("company_account_password")) == 1
    assert company_account().issues == 1


def test_the_number_that_the_person_gave_counts_once_two_agree(cast, run_as):
    company = make(run_as, cast.sam, national_number="84051299952")  # staff mistyped it
    number = ask(run_as, asker="", email=NORA, national_number=NUMBER)
    run_as(cast.sam, application_handling.take, number=number, version=version())
    (suspect,) = run_as(cast.sam, application_record.suspects, number=number)
    assert (suspect.person_id, suspect.number) == (company.person_id, NumberMatch.OTHER)
    run_as(
        cast.sam,
        identity_checks.check,
        number=number,
        version=version(),
        person_id=company.person_id,
        how="Kwam langs met een identiteitskaart.",
    )
    run_as(cast.ada, identity_checks.agree, number=number, version=version())

    enter(run_as, company)
    assert activate(run_as) == "/"
    assert NUMBER not in repr([*factories.all_of(Application), *factories.all_of(AuditEvent)])


def test_who_has_nothing_to_activate_gets_no_codes(cast, run_as):
    number = ask(run_as)
    checked(cast, run_as, number, cast.alice.key)

    with pytest.raises(Invalid) as refusal:
        run_as(cast.ada, identity_checks.agree, number=number, version=version())

    assert refusal.value.fields == {"": Text("errors.application_nothing_to_activate")}
    assert application().state is ApplicationState.CHECKED
    assert mails("company_account_password") == []


def test_the_company_finds_its_person_whatever_name_was_typed(cast, run_as):
    company = make(run_as, cast.sam)
    number = ask(run_as, given_name="N.", family_name="Klaas")
    run_as(cast.sam, application_handling.take, number=number, version=version())

    (suspect,) = run_as(cast.sam, application_record.suspects, number=number)

    assert suspect.person_id == company.person_id


def test_whoever_asks_hears_the_same_for_a_company_that_nobody_knows(cast, run_as):
    make(run_as, cast.sam)
    known = ask(run_as)
    unknown = ask(run_as, company_number="1999000843", email="iemand@elders.example")

    assert [len(known), len(unknown)] == [8, 8]
    first, second = mails("application_received")
    assert said(first).keys() == said(second).keys()
