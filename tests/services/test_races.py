"""Fifty at once, each in a thread and a transaction of its own: exactly one succeeds."""

from collections import Counter

import pytest

from portal_app.adapters import secret_keys
from portal_app.errors import NotFound, Refused, Text
from portal_app.mails import letters
from portal_app.models import (
    AuditEvent,
    BrowserSession,
    EmailChallenge,
    Enrolment,
    Grant,
    OrganisationLink,
    OutboxMail,
    PaymentCode,
    Person,
    ProgressRow,
)
from portal_app.needs import Trusted
from portal_app.permissions import Role
from portal_app.services import invitations, links, progress, redeeming, registration
from portal_app.services.invitations import Sight
from portal_app.services.redeeming import Redeemed
from portal_app.unit_of_work import Browser, Operator, Work, rights_changed, run, use_case
from tests import factories
from tests.harness.cast import acting_as
from tests.harness.crowd import all_at_once

CROWD = 50
CODE = "EXZA-8F5E-XG5W-U22J"


def happened(action: str) -> int:
    return sum(one.action == action for one in factories.all_of(AuditEvent))


def crowd() -> list[Browser]:
    """Fifty people, each signed in with a browser of their own."""
    people = [factories.make_person(f"Persoon {n}", "Menigte") for n in range(CROWD)]
    for person in people:
        factories.make_account(person)
    return [acting_as(person) for person in people]


def make_codes(cast, *codes: str) -> int:
    """Give VAK a batch with these codes; return the profile they are for."""
    route = factories.make_route()
    (profile,) = factories.profiles_of(route)
    letters_of_vak = factories.make_organisation_code(cast.vak, "VMT", routes=[route])
    batch = factories.make_batch(cast.vak, profile, code=letters_of_vak)
    for code in codes:
        factories.make_code(batch, code=code)
    return profile.key


@use_case(Trusted, writes=True)
def change_rights(work: Work, *, person_id: int) -> None:
    rights_changed(work, person_id)


def test_no_change_of_rights_goes_uncounted(cast) -> None:
    before = cast.alice.grants_version

    all_at_once([lambda: run(change_rights, Operator(), person_id=cast.alice.key)] * CROWD)

    (alice,) = [one for one in factories.all_of(Person) if one.id == cast.alice.id]
    assert alice.grants_version == before + CROWD


@pytest.mark.covers("V-16")
def test_one_of_fifty_people_uses_a_payment_code(cast) -> None:
    profile = make_codes(cast, CODE)

    given = all_at_once(
        [
            lambda browser=browser: run(redeeming.redeem, browser, code=CODE, profile_id=profile)
            for browser in crowd()
        ]
    )

    (winner,) = [one for one in given if isinstance(one, Redeemed)]
    assert Counter(one for one in given if one is not winner) == {
        Refused(Text("payment_codes.wrong_used"), "code"): CROWD - 1
    }
    (enrolment,), (link,) = factories.all_of(Enrolment), factories.all_of(OrganisationLink)
    (code,), (row,) = factories.all_of(PaymentCode), factories.all_of(ProgressRow)
    assert enrolment.key == winner.enrolment_id == code.enrolment_id == row.enrolment_id
    assert enrolment.person_id == code.used_by_id == link.person_id
    assert happened("payment_codes.redeemed") == 1


def test_a_person_who_presses_fifty_times_uses_a_code_once(cast) -> None:
    profile = make_codes(cast, CODE)
    browser = acting_as(cast.bob)

    given = all_at_once(
        [lambda: run(redeeming.redeem, browser, code=CODE, profile_id=profile)] * CROWD
    )

    assert sum(isinstance(one, Redeemed) for one in given) == 1
    assert given.count(Refused(Text("payment_codes.wrong_used_by_you"), "code")) == CROWD - 1


def test_a_person_with_fifty_codes_for_one_profile_uses_one(cast) -> None:
    codes = [f"ABCD-EFGH-JPST-{n:04d}" for n in range(CROWD)]
    profile = make_codes(cast, *codes)
    browser = acting_as(cast.bob)

    given = all_at_once(
        [
            lambda code=code: run(redeeming.redeem, browser, code=code, profile_id=profile)
            for code in codes
        ]
    )

    assert sum(isinstance(one, Redeemed) for one in given) == 1
    assert given.count(Refused(Text("payment_codes.wrong_enrolled"), "code")) == CROWD - 1
    assert sum(one.used_at is not None for one in factories.all_of(PaymentCode)) == 1


@pytest.mark.covers("M-16")
def test_one_of_fifty_people_redeems_an_invitation(cast) -> None:
    code = "E-7VP775-0123-4567-89AB-CDEF"
    invitation = factories.make_invitation(
        cast.de_smet, role=Role.TRUSTED_CONTACT, code_digest=invitations.digest(code)
    )
    browsers = crowd()
    before = len(factories.all_of(Grant))
    for session in factories.all_of(BrowserSession):
        session.pending_invitation_id = invitation.id
        factories.write(session)

    given = all_at_once([lambda one=one: run(invitations.accept, one) for one in browsers])

    assert sum(isinstance(one, Sight) for one in given) == 1
    assert given.count(Refused(Text("invitations.wrong_used"), "code")) == CROWD - 1
    assert len(factories.all_of(Grant)) == before + 1
    assert happened("invitations.redeemed") == 1


@pytest.mark.covers("M-26")
def test_a_verification_code_proves_an_address_once(cast) -> None:
    browser = Browser("v" * 64)
    assert run(registration.send_code, browser, email="nele@voorbeeld.example", locale="nl") is None
    (letter,) = factories.all_of(OutboxMail)
    secrets = secret_keys.open_sealed("outbox", letter.secrets)
    code = letters.read_values(secrets)["code"]

    given = all_at_once(
        [lambda: run(registration.verify_code, browser, code=code, locale="nl")] * CROWD
    )

    assert given.count(None) == 1
    assert sum(isinstance(one, Refused) for one in given) == CROWD - 1
    (challenge,) = factories.all_of(EmailChallenge)
    assert challenge.verified_at is not None


@pytest.mark.covers("V-20", "V-23")
def test_one_of_fifty_presses_ends_a_link(cast) -> None:
    route = factories.make_route()
    person = factories.make_person("Jan", "Berg", email="jan@voorbeeld.example")
    enrolment = factories.make_enrolment(person, route)
    link = factories.make_link(person, cast.vak)

    @use_case(Trusted, writes=True)
    def follow(work) -> None:
        with work.everywhere():
            progress.rebuild_enrolments(work, [enrolment.key])

    run(follow, Operator())
    browsers = [acting_as(cast.alice), acting_as(cast.dora)] * (CROWD // 2)

    given = all_at_once(
        [
            lambda one=one: run(links.unlink, one, link_ids=(link.key,), reason="Uit dienst")
            for one in browsers
        ]
    )

    assert given.count(("Jan Berg",)) == 1
    assert sum(isinstance(one, NotFound) for one in given) == CROWD - 1
    assert happened("links.ended") == 1
    assert len(factories.all_of(OutboxMail)) == 1
    assert factories.all_of(ProgressRow) == []
