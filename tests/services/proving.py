"""Going the road of eHerkenning in a test, without a broker."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from portal_app.adapters.mandates import Mandate
from portal_app.eherkenning import Level, SubjectKind
from portal_app.models import Grant, Person
from portal_app.permissions import Role
from portal_app.services import eherkenning, eherkenning_proofs
from portal_app.services.eherkenning import Arrival
from portal_app.settings import SecondProof, settings
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.harness.cast import acting_as

VAK = "90004701"
BRANCH = "000012345678"


def mandate_for(number: str = VAK, **changed) -> Mandate:
    """Return a mandate as a broker proves it."""
    made = {
        "issuer": "https://broker.example",
        "kind": SubjectKind.KVK,
        "number": number,
        "branch": "",
        "acting_subject": "PERSON@COMPANY",
        "level": Level.EH3,
        "authenticated_at": factories.NOW,
        "token": "header.payload.signature",
    }
    return Mandate(**made | changed)


def somebody(name: str = "Piet") -> Browser:
    """Somebody with an account and no grant, signed in."""
    person = factories.make_person(name, "Nieuw", email=f"{name.casefold()}@nieuw.example")
    factories.make_account(person)
    return acting_as(person)


@contextmanager
def asking_first() -> Iterator[None]:
    """Let the operator want that the main access manager is asked about a second proof."""
    asking = settings.model_copy(update={"second_proof": SecondProof.CONSENT})
    with patch("portal_app.services.eherkenning_proofs.settings", asking):
        yield


def go_out(browser: Browser) -> str:
    """Begin a try and return its reference."""
    run(eherkenning.wish, browser)
    reference = run(eherkenning.begin, browser)
    assert reference is not None
    return reference


def prove(browser: Browser, mandate: Mandate | None = None) -> eherkenning.Result:
    """Go the whole road with a mandate."""
    reference = go_out(browser)
    assert run(eherkenning.come_back, browser, reference=reference) is Arrival.GOES_ON
    run(eherkenning.settle, browser, reference=reference, mandate=mandate or mandate_for())
    return run(eherkenning.result, browser, reference=reference)


def managers_of(organisation) -> list[tuple[str, Role]]:
    """Return who manages an organisation, by given name, in the order of their grants."""
    people = {one.key: one.given_name for one in factories.all_of(Person)}
    return [
        (people[one.person_id], one.role)
        for one in factories.all_of(Grant)
        if one.organisation_id == organisation.key and one.role in eherkenning_proofs.MANAGERS
    ]
