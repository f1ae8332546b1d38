"""The account of a company: made by staff, dead after its last day, active once activated."""

import pytest

from portal_app.errors import Invalid, NotAllowed, NotSignedIn, Refused, Text
from portal_app.models import (
    AuditEvent,
    Basis,
    Grant,
    Organisation,
    OutboxMail,
    Owed,
    Person,
)
from portal_app.permissions import Role
from portal_app.services import (
    access_list,
    activation,
    home,
    password_reset,
    password_reset_by_code,
    passwords,
    profile,
    sessions,
    sign_in,
)
from portal_app.unit_of_work import Browser
from tests import factories
from tests.services.applying import mails, secrets_of
from tests.services.appointed import (
    HERE,
    INSIDE,
    NEW,
    NORA,
    NUMBER,
    account_of,
    activate,
    capacities_of,
    company_account,
    enter,
    make,
    username,
)

THEIRS = Refused(Text("errors.national_number_of_another"), "national_number")


def roles_of(person_id: int) -> list[Role]:
    return [
        one.role
        for one in factories.all_of(Grant)
        if one.person_id == person_id and one.ended_at is None
    ]


def happened(action: str) -> int:
    return sum(one.action == action for one in factories.all_of(AuditEvent))


@pytest.mark.covers("S-03")
def test_nothing_is_active_before_it_is_activated(cast, run_as):
    company = make(run_as, cast.sam)

    assert roles_of(company.person_id) == []
    assert capacities_of(company.organisation_id) == []
    assert account_of(company).password_hash is None
    assert company.activated_at is None


@pytest.mark.covers("S-04")
def test_the_number_is_kept_as_a_digest_alone(cast, run_as):
    company = make(run_as, cast.sam)
    enter(run_as, company)
    run_as(INSIDE, activation.is_of_the_appointed, national_number="72020290081")

    person = next(one for one in factories.all_of(Person) if one.id == company.person_id)
    kept = [*factories.all_of(AuditEvent), *factories.all_of(OutboxMail), person, company]
    assert person.national_number_digest
    assert happened("activation.number_wrong") == 1
    for number in (NUMBER, "72020290081"):
        assert number not in repr(kept)


@pytest.mark.covers("S-03")
def test_the_first_sign_in_opens_activation_alone(cast, run_as):
    company = make(run_as, cast.sam)
    # Whatever opens the session, and whatever the person may do elsewhere.
    factories.make_grant(factories.all_of(Person)[-1], Role.ORGANISATION_MANAGER, cast.vak)
    for key, with_temporary in (("t" * 64, True), ("o" * 64, False)):
        run_as(
            HERE,
            sign_in.begin,
            person_id=company.person_id,
            new_key=key,
            with_temporary=with_temporary,
        )
        inside = Browser(key)
        me = run_as(inside, home.myself)
        assert (me.owes, me.tiles, me.organisations) == (Owed.ACTIVATION, (), ())
        assert run_as(inside, passwords.own).activates
        for closed, more in (
            (profile.own, {}),
            (sessions.devices, {}),
            (access_list.overview, {"organisation_id": cast.vak.key}),
            (passwords.change, {"password_hash": "x", "new_key": "x" * 64}),
        ):
            with pytest.raises(NotAllowed):
                run_as(inside, closed, **more)


@pytest.mark.covers("S-03", "S-07")
def test_activating_makes_the_person_main_access_manager_and_the_capacity_active(cast, run_as, now):
    company = make(run_as, cast.sam)
    elsewhere = enter(run_as, company, "e" * 64)
    enter(run_as, company)

    landing = activate(run_as)

    assert landing == "/"
    (grant,) = [one for one in factories.all_of(Grant) if one.person_id == company.person_id]
    done = company_account()
    assert (grant.role, grant.organisation_id) == (
        Role.MAIN_ACCESS_MANAGER,
        company.organisation_id,
    )
    assert (grant.basis, grant.basis_id) == (Basis.COMPANY_ACCOUNT, company.id)
    assert (done.activated_at, done.made_by_id) == (now, cast.sam.key)
    assert capacities_of(company.organisation_id) == [factories.EMPLOYER]
    me = run_as(NEW, home.myself)
    assert me.owes is None
    assert "access" in me.tiles
    account = account_of(company)
    assert (account.password_hash, account.temporary_hash) == ("hash of her own", None)
    assert account.temporary_purpose is None
    for dead in (INSIDE, elsewhere):
        with pytest.raises(NotSignedIn):
            run_as(dead, home.myself)
    (notice,) = mails("password_changed")
    assert notice.to == NORA
    assert happened("company_accounts.activated") == 1


@pytest.mark.covers("S-04", "S-18")
def test_the_number_of_another_activates_nothing(cast, run_as):
    company = make(run_as, cast.sam)
    enter(run_as, company)

    for wrong in ("72020290081", ""):
        assert not run_as(INSIDE, activation.is_of_the_appointed, national_number=wrong)
        assert activate(run_as, national_number=wrong) == THEIRS

    assert roles_of(company.person_id) == []
    assert account_of(company).awaits_activation
    assert run_as(INSIDE, home.myself).owes is Owed.ACTIVATION


def test_a_fund_that_asks_no_number_compares_none(cast, run_as):
    company = make(run_as, cast.sam, national_number="")
    enter(run_as, company)

    assert activate(run_as, national_number="") == "/"
    assert roles_of(company.person_id) == [Role.MAIN_ACCESS_MANAGER]


@pytest.mark.covers("S-06", "S-18")
def test_the_codes_work_on_day_30_and_not_on_day_31(cast, run_as, stopped_clock):
    company = make(run_as, cast.sam)  # on 2 March, 9.00 in Brussels
    enter(run_as, company)

    stopped_clock.advance(days=30, hours=13, minutes=59)  # 1 April, 23.59: summer time
    assert not run_as(HERE, sign_in.credentials, login=username()).temporary_expired
    stopped_clock.advance(minutes=1)
    held = run_as(HERE, sign_in.credentials, login=username())
    assert (held.temporary_expired, held.awaits_activation) == (True, True)


@pytest.mark.covers("S-06")
def test_who_signed_in_on_day_30_does_not_activate_on_day_31(cast, run_as, stopped_clock):
    company = make(run_as, cast.sam)
    stopped_clock.advance(days=30, hours=13, minutes=45)
    enter(run_as, company)
    stopped_clock.advance(minutes=20)

    assert activate(run_as) == Refused(Text("errors.activation_expired"))
    assert roles_of(company.person_id) == []


def test_a_forgotten_password_does_not_open_it(cast, run_as):
    make(run_as, cast.sam)

    run_as(HERE, password_reset.ask, email=NORA)
    assert mails("temporary_password") == []

    run_as(HERE, password_reset_by_code.send_code, email=NORA)
    (code,) = mails("verification_code")
    run_as(HERE, password_reset_by_code.verify_code, code=secrets_of(code)["code"])
    assert run_as(HERE, password_reset_by_code.proven) is None
    with pytest.raises(Invalid):
        run_as(HERE, password_reset_by_code.choose, password_hash="x", new_key="x" * 64)
    assert account_of(company_account()).awaits_activation


def test_who_comes_after_another_manager_is_told_so(cast, run_as):
    company = make(run_as, cast.sam)
    enter(run_as, company)
    organisation = next(
        one for one in factories.all_of(Organisation) if one.id == company.organisation_id
    )
    factories.make_grant(cast.bob, Role.MAIN_ACCESS_MANAGER, organisation)

    assert activate(run_as) == Refused(Text("errors.activation_place_taken"))
    assert account_of(company).awaits_activation


def test_what_was_withdrawn_is_not_activated(cast, run_as, now):
    company = make(run_as, cast.sam)
    enter(run_as, company)
    company.withdrawn_at = now
    factories.rewrite(company)

    with pytest.raises(NotSignedIn):
        activate(run_as)
