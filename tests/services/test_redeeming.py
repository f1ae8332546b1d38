"""Redeeming a payment code: who may, what comes of it, and every way in which it is refused."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from portal_app.errors import NotSignedIn, Refused, Text
from portal_app.models import (
    AuditEvent,
    CodeState,
    Enrolment,
    LinkedVia,
    OrganisationLink,
    PaymentCode,
    Person,
    Profile,
    ProgressRow,
)
from portal_app.reading_payment_codes import CodeFilter, CodeListing
from portal_app.services import payment_codes, redeeming
from portal_app.services.redeeming import Redeemed
from portal_app.unit_of_work import Browser
from tests import factories
from tests.harness.cast import VIC, Cast, acting_as

CODE = "EXZA-8F5E-XG5W-U22J"
OTHER = "E2ZA-8HG6-PH5W-SUSJ"


@dataclass(frozen=True)
class Scene:
    """A batch of VAK with two codes, and Jan, who wants to use one."""

    cast: Cast
    jan: Person
    browser: Browser
    craft: Profile
    fitter: Profile


@pytest.fixture
def scene(cast) -> Scene:
    route = factories.make_route(profiles=("Vakmanschap CO", "Monteur"))
    craft, fitter = factories.profiles_of(route)
    letters = factories.make_organisation_code(cast.vak, "VMT", routes=[route])
    batch = factories.make_batch(cast.vak, craft, reference="Test", code=letters)
    for code in (CODE, OTHER):
        factories.make_code(batch, code=code)
    jan = factories.make_person("Jan", "Berg", infix="van den", email="jan@voorbeeld.example")
    factories.make_account(jan)
    return Scene(cast, jan, acting_as(jan), craft, fitter)


@pytest.fixture
def redeem(scene, run_as):
    """`redeem(code, profile)`: let Jan use a code."""

    def redeemed(code: str = CODE, profile: Profile | None = None, *, by: Browser | None = None):
        wanted = (profile or scene.craft).key
        return run_as(by or scene.browser, redeeming.redeem, code=code, profile_id=wanted)

    return redeemed


def the_code(code: str = CODE) -> PaymentCode:
    return next(one for one in factories.all_of(PaymentCode) if one.code == code)


def change(row, **fields) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    factories.write(row)


def links() -> list[OrganisationLink]:
    return factories.all_of(OrganisationLink)


@pytest.mark.covers("V-16", "V-26")
def test_a_code_enrols_the_candidate_and_links_the_organisation(scene, redeem, now):
    done = redeem()

    (enrolment,) = factories.all_of(Enrolment)
    (link,) = links()
    used = the_code()
    assert done == Redeemed(enrolment.key, "Vakmanschap CO")
    assert (enrolment.person_id, enrolment.profile_id) == (scene.jan.key, scene.craft.key)
    assert enrolment.reference == ""  # the batch's own is between its organisation and the fund
    assert (link.person_id, link.organisation_id, link.via) == (
        scene.jan.key,
        scene.cast.vak.key,
        LinkedVia.PAYMENT_CODE,
    )
    assert (used.state, used.used_at, used.used_by_id, used.enrolment_id) == (
        CodeState.USED,
        now,
        scene.jan.key,
        enrolment.key,
    )
    actions = {one.action for one in factories.all_of(AuditEvent)}
    assert {"payment_codes.redeemed", "links.made"} <= actions


@pytest.mark.covers("V-16", "V-27")
def test_the_overview_and_the_search_for_codes_know_it_at_once(scene, redeem, run_as):
    redeem()

    (row,) = factories.all_of(ProgressRow)
    assert (row.organisation_id, row.display_name) == (scene.cast.vak.key, "Berg, Jan van den")
    assert CODE.casefold() in row.search
    wanted = CodeListing(CodeFilter(words="jan van den berg"))
    (found,) = run_as(scene.cast.alice, payment_codes.overview, listing=wanted).rows
    assert (found.code, found.enrolment_id) == (CODE, row.enrolment_id)


@pytest.mark.parametrize(
    "typed",
    ["exza-8f5e-xg5w-u22j", "EXZA8F5EXG5WU22J", " EXZA 8F5E XG5W U22J\n", "EXZA–8F5E–XG5W–U22J"],
)
def test_a_code_is_read_however_it_is_typed(redeem, typed):
    assert isinstance(redeem(typed), Redeemed)


def test_a_code_without_an_organisation_code_links_nobody(scene, redeem):
    batch = factories.make_batch(scene.cast.vak, scene.craft)
    factories.make_code(batch, code="GGGG-2222-3333-4444")

    assert isinstance(redeem("GGGG-2222-3333-4444"), Redeemed)
    assert links() == []
    assert factories.all_of(ProgressRow) == []


@pytest.mark.covers("V-36")
def test_a_candidate_of_another_organisation_is_followed_by_both(scene, redeem):
    factories.make_link(scene.jan, scene.cast.jon)

    assert isinstance(redeem(), Redeemed)

    followers = {link.organisation_id for link in links()}
    assert followers == {scene.cast.vak.key, scene.cast.jon.key}
    assert {row.organisation_id for row in factories.all_of(ProgressRow)} == followers


@pytest.mark.covers("V-36")
def test_a_candidate_who_was_unlinked_is_linked_anew(scene, redeem, now):
    factories.make_link(scene.jan, scene.cast.vak, ended_at=now)

    assert isinstance(redeem(), Redeemed)
    assert [link.ended_at for link in links()] == [now, None]


def test_who_is_linked_already_stays_linked_once(scene, redeem):
    factories.make_link(scene.jan, scene.cast.vak)

    assert isinstance(redeem(), Redeemed)
    (link,) = links()
    assert link.via is LinkedVia.IMPORT


def refused(key: str, **values) -> Refused:
    return Refused(Text(f"payment_codes.{key}", values), "code")


@pytest.mark.covers("V-16")
def test_a_code_is_for_its_own_profile_only(scene, redeem):
    assert redeem(profile=scene.fitter) == refused("wrong_profile", profile="Vakmanschap CO")
    assert the_code().state is CodeState.USABLE
    assert factories.all_of(Enrolment) == []


def test_an_inactive_code_is_refused(redeem, now):
    change(the_code(), state=CodeState.INACTIVE, inactive_at=now)

    assert redeem() == refused("wrong_inactive")


def test_a_code_is_refused_from_the_moment_it_expires(scene, redeem, now, stopped_clock):
    batch = factories.make_batch(
        scene.cast.vak, scene.craft, expires_at=now + timedelta(minutes=10)
    )
    factories.make_code(batch, code="GGGG-2222-3333-4444")
    stopped_clock.advance(minutes=10)

    assert redeem("GGGG-2222-3333-4444") == refused("wrong_expired")


def test_a_code_is_used_once_and_its_user_hears_that_it_was_they(scene, redeem):
    other = factories.make_person("Els", "Ander")
    factories.make_account(other)
    redeem()

    assert redeem() == refused("wrong_used_by_you")
    assert redeem(by=acting_as(other)) == refused("wrong_used")
    assert len(factories.all_of(Enrolment)) == 1


def test_a_second_code_for_the_same_profile_stays_usable(redeem):
    redeem()

    assert redeem(OTHER) == refused("wrong_enrolled")
    assert the_code(OTHER).state is CodeState.USABLE


def test_whoever_stopped_may_use_another_code(scene, redeem, now):
    redeem()
    (enrolment,) = factories.all_of(Enrolment)
    change(enrolment, stopped_at=now)

    assert isinstance(redeem(OTHER), Redeemed)


@pytest.mark.covers("V-31")
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("EXZA-8F5E-XG5W-U22", Text("errors.payment_code_length", {"entered": 15})),
        ("EXZA-8F5E-XG5W-U220", Text("errors.payment_code_character", {"character": "0"})),
        ("EXZA-8F5E-XG5W-U22A", Text("errors.payment_code_typing")),
    ],
)
def test_a_typing_error_is_hinted_at_only_when_no_code_is_found(redeem, typed, why):
    # The source's own code has no check character, and is found all the same.
    assert redeem(typed) == Refused(why, "code")
    assert isinstance(redeem(CODE), Redeemed)


def test_a_code_that_is_well_typed_and_not_ours_is_unknown(redeem):
    assert redeem("2222-2222-2222-2222") == refused("wrong_unknown")


def test_nobody_redeems_without_signing_in(redeem):
    with pytest.raises(NotSignedIn):
        redeem(by=acting_as(VIC))


def test_what_goes_wrong_halfway_leaves_the_code_usable(scene, redeem, monkeypatch):
    def breaks(*_: object) -> None:
        raise RuntimeError("halfway")

    monkeypatch.setattr(redeeming.progress, "rebuild_person", breaks)
    with pytest.raises(RuntimeError, match="halfway"):
        redeem()

    assert the_code().state is CodeState.USABLE
    assert (factories.all_of(Enrolment), links()) == ([], [])
