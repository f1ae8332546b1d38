"""What must never be is refused by the database itself, for two processes at once too."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from portal_app.models import (
    Basis,
    CodeState,
    EmailChallenge,
    Grant,
    Organisation,
    OrganisationCapacity,
    OrganisationCode,
    ProgressRow,
)
from portal_app.permissions import Role
from tests import factories
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER, NOW


def again(make, *arguments, **named) -> None:
    """Make the same thing a second time, which the database must refuse."""
    make(*arguments, **named)
    with pytest.raises(IntegrityError):
        make(*arguments, **named)


@pytest.mark.covers("M-33")
def test_the_same_number_in_another_unit_is_another_organisation(cast) -> None:
    factories.make_organisation(unit="Limburg")

    with pytest.raises(IntegrityError):
        factories.make_organisation(unit="Limburg")


@pytest.mark.parametrize("organisation", ["vak", None])
def test_a_person_holds_a_role_once_at_a_time(cast, organisation) -> None:
    of = getattr(cast, organisation) if organisation else None
    factories.make_grant(cast.bob, Role.SERVICE_DESK, of, ended_at=NOW)
    factories.make_grant(cast.bob, Role.SERVICE_DESK, of, ended_at=NOW)

    again(factories.make_grant, cast.bob, Role.SERVICE_DESK, of)


def test_a_person_holds_a_role_per_capacity(cast) -> None:
    for capacity in ("", EMPLOYER, CANDIDATE_FOLLOWING):
        factories.make_grant(cast.bob, Role.USER, cast.vak, capacity=capacity)


def test_a_capacity_is_switched_on_once_at_a_time(cast) -> None:
    with pytest.raises(IntegrityError):
        factories.write(
            OrganisationCapacity(organisation_id=cast.vak.key, capacity=EMPLOYER, activated_at=NOW)
        )


def test_an_organisation_follows_a_person_once_at_a_time(cast) -> None:
    person = factories.make_person()
    factories.make_link(person, cast.vak, ended_at=NOW)
    factories.make_link(person, cast.jon)

    again(factories.make_link, person, cast.vak)


def test_a_person_is_enrolled_in_a_profile_once_at_a_time(cast) -> None:
    route, person = factories.make_route(), factories.make_person()
    factories.make_enrolment(person, route, stopped_at=NOW)

    again(factories.make_enrolment, person, route)


@pytest.mark.covers("V-13")
@pytest.mark.parametrize("code", ["VAK", "vaq", "VA", "VAKK"])
def test_an_organisation_code_is_three_capitals_of_one_organisation(cast, code) -> None:
    with pytest.raises((IntegrityError, StatementError)):
        factories.make_organisation_code(cast.jon, code)


def test_a_payment_code_is_used_exactly_when_it_has_a_moment_of_use(cast) -> None:
    [profile] = factories.profiles_of(factories.make_route())
    batch = factories.make_batch(cast.vak, profile)
    factories.make_code(batch, state=CodeState.USED)

    with pytest.raises(IntegrityError):
        factories.make_code(batch, state=CodeState.USABLE, used_at=NOW)


@pytest.mark.covers("V-36")
@pytest.mark.parametrize(
    "change",
    [
        {"used_by_id": None},
        {"used_at": None},
        {"used_at": None, "used_by_id": None},
        {"state": CodeState.INACTIVE},
        {"state": CodeState.USABLE},
    ],
    ids=["no user", "no moment", "neither", "inactive instead", "free again"],
)
def test_a_payment_code_that_was_used_keeps_its_user(cast, change) -> None:
    [profile] = factories.profiles_of(factories.make_route())
    code = factories.make_code(factories.make_batch(cast.vak, profile), state=CodeState.USED)
    code.inactive_at = NOW
    factories.rewrite(code)  # made inactive afterwards, it is still the code that was used

    for name, value in change.items():
        setattr(code, name, value)
    with pytest.raises(IntegrityError):
        factories.rewrite(code)


@pytest.mark.parametrize(
    ("state", "inactive_at"), [(CodeState.INACTIVE, None), (CodeState.USABLE, NOW)]
)
def test_an_inactive_payment_code_says_since_when(cast, state, inactive_at) -> None:
    [profile] = factories.profiles_of(factories.make_route())
    code = factories.make_code(factories.make_batch(cast.vak, profile))
    code.state, code.inactive_at = state, inactive_at

    with pytest.raises(IntegrityError):
        factories.rewrite(code)


def test_a_payment_code_exists_once(cast) -> None:
    [profile] = factories.profiles_of(factories.make_route())

    again(factories.make_code, factories.make_batch(cast.vak, profile), code="EXZA-8F5E-XG5W-U22J")


def test_an_invitation_ends_in_one_way_only(cast) -> None:
    factories.make_invitation(cast.vak, redeemed_at=NOW)
    factories.make_invitation(cast.vak, withdrawn_at=NOW)

    with pytest.raises(IntegrityError):
        factories.make_invitation(cast.vak, redeemed_at=NOW, withdrawn_at=NOW)


def test_an_address_signs_one_person_in(cast) -> None:
    with pytest.raises(IntegrityError):
        factories.make_account(factories.make_person(), email="ALICE@voorbeeld.example")


def test_tries_never_fall_below_zero(cast) -> None:
    with pytest.raises(IntegrityError):
        factories.write(
            EmailChallenge(
                browser_session_id=1,
                purpose="register",
                email="a@voorbeeld.example",
                code_digest="0",
                sent_at=NOW,
                expires_at=NOW + timedelta(minutes=15),
                tries_left=-1,
            )
        )


@pytest.mark.parametrize(
    "row",
    [
        OrganisationCode(organisation_id=999, code="XYZ", created_at=NOW),
        Grant(
            person_id=999,
            organisation_id=None,
            role=Role.STAFF,
            basis=Basis.STAFF,
            granted_at=NOW,
            starts_at=NOW,
        ),
    ],
    ids=lambda row: type(row).__name__,
)
def test_nothing_belongs_to_what_does_not_exist(database, row) -> None:
    with pytest.raises(IntegrityError):
        factories.write(type(row)(**row.model_dump(exclude={"id"})))


def test_a_word_that_is_not_a_member_is_refused(database) -> None:
    with pytest.raises(StatementError):
        factories.make_organisation(trade_register="lei")


def test_moments_come_back_in_utc(database) -> None:
    factories.make_organisation()

    [found] = factories.all_of(Organisation)
    assert found.created_at == factories.LONG_AGO
    assert found.created_at.utcoffset() == timedelta()


def test_a_progress_row_stands_once_per_organisation_and_enrolment(cast) -> None:
    route, person = factories.make_route(), factories.make_person()
    enrolment = factories.make_enrolment(person, route)
    link = factories.make_link(person, cast.vak)

    def row() -> None:
        factories.write(
            ProgressRow(
                organisation_id=cast.vak.key,
                link_id=link.key,
                enrolment_id=enrolment.key,
                person_id=person.key,
                route_id=route.key,
                status="started",
                steps=0,
                registered_on=NOW.date(),
                last_activity_on=NOW.date(),
                name_sort="peeters",
                display_name="Peeters, Jan",
                search="peeters",
            )
        )

    again(row)
