"""The test broker, in its own process: what its pages offer, and what the portal gets from it."""

import asyncio
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from portal_app import clock
from portal_app.adapters import oidc
from portal_app.adapters.id_tokens import TokenRefused
from portal_app.adapters.mandates import Mandate, MandateRefused, outcome_of, read_mandate
from portal_app.adapters.oidc import BrokerUnreachable, Returned
from portal_app.demo import broker
from portal_app.eherkenning import Level, Outcome
from portal_app.errors import CannotStart
from portal_app.oidc_settings import oidc_settings
from portal_app.settings import settings
from tests.harness import processes

REFERENCE = "ABCDEFGH23"


@pytest.fixture(scope="module")
def _running() -> Iterator[None]:
    """The broker, on a free port."""
    with pytest.MonkeyPatch.context() as patch:
        own = settings.model_copy(
            update={"broker_port": processes.free_port(), "test_broker": True}
        )
        quick = oidc_settings.model_copy(update={"seconds": 1.0})
        for module in (oidc, broker):
            patch.setattr(module, "settings", own)
            patch.setattr(module, "oidc_settings", quick)
        with broker.running():
            asyncio.run(_answers())
            yield


@pytest.fixture(autouse=True)
def _real_time(_running, monkeypatch) -> None:
    """The broker's tokens are of this moment."""
    monkeypatch.undo()


async def _answers() -> None:
    for _ in range(200):
        try:
            await oidc.way_out(REFERENCE, locale="nl")
        except BrokerUnreachable:
            await asyncio.sleep(0.05)
        else:
            return
    message = "The test broker did not start."
    raise RuntimeError(message)


@dataclass
class Visitor:
    """A browser that went out to the broker."""

    client: httpx.Client
    page: httpx.Response = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.client.get(asyncio.run(oidc.way_out(REFERENCE, locale="nl")))

    def send(self, **form: str) -> None:
        """Send the form of the page, and follow until the way back to the portal."""
        response = self.client.post(str(self.page.url), data=form, follow_redirects=False)
        while response.is_redirect and not response.headers["location"].startswith(settings.origin):
            address = response.url.join(response.headers["location"])
            response = self.client.get(address, follow_redirects=False)
        self.page = response

    @property
    def brought_back(self) -> dict[str, str]:
        """What the address of the way back says."""
        query = parse_qs(urlsplit(self.page.headers["location"]).query)
        return {name: values[0] for name, values in query.items()}

    def mandate(self) -> Mandate:
        """Let the portal take what was brought back."""
        back = self.brought_back
        returned = Returned(back["code"], back["iss"])
        answer = asyncio.run(oidc.proven(returned, REFERENCE, now=clock.real_now()))
        return read_mandate(*answer)


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    with httpx.Client(follow_redirects=True) as client:
        yield Visitor(client)


def log_in(visitor: Visitor, **chosen: str) -> Visitor:
    visitor.send(doe="choose", supplier="Zekerpas")
    visitor.send(
        doe="log_in", **{"username": "jan", "company": "90004701", "level": "loa3", **chosen}
    )
    return visitor


@pytest.mark.covers("W-12")
def test_the_chooser_says_for_what_and_how_sure_and_lists_suppliers_by_name(visitor) -> None:
    said = visitor.page.text
    suppliers = re.findall(r'<option value="(\w+)">', said)

    assert "<h1>Kies hoe u wilt inloggen</h1>" in said
    assert "minimaal betrouwbaarheidsniveau EH3." in said
    assert ">Maak een keuze</option>" in said
    assert suppliers == sorted(suppliers)
    assert len(suppliers) > 2


def test_the_chooser_speaks_english_too(visitor) -> None:
    page = visitor.client.get(f"{visitor.page.url}?taal=en")

    assert "<h1>Choose how you want to log in</h1>" in page.text


def test_the_chooser_asks_again_when_nothing_was_chosen(visitor) -> None:
    visitor.send(doe="choose", supplier="")

    assert "Kies een leverancier." in visitor.page.text


@pytest.mark.covers("W-13")
@pytest.mark.parametrize(
    ("level", "expected"),
    [("loa2", Level.EH2), ("loa2plus", Level.EH2_PLUS), ("loa3", Level.EH3), ("loa4", Level.EH4)],
)
def test_a_login_brings_back_a_mandate_of_its_level(visitor, level, expected) -> None:
    mandate = log_in(visitor, level=level).mandate()

    assert (mandate.number, mandate.branch, mandate.level) == ("90004701", "", expected)


def test_a_mandate_may_hold_for_a_branch_of_any_company(visitor) -> None:
    mandate = log_in(visitor, other_company="9000 4799", branch="0000 1234 5678").mandate()

    assert (mandate.number, mandate.branch) == ("90004799", "000012345678")


def test_a_supplier_names_the_same_person_alike_and_another_otherwise(visitor) -> None:
    first = log_in(visitor, username="Jan ").mandate().acting_subject
    again = log_in(Visitor(visitor.client), username="jan").mandate().acting_subject
    other = log_in(Visitor(visitor.client), username="piet").mandate().acting_subject

    assert first == again != other


@pytest.mark.parametrize("step", ["chooser", "supplier"])
def test_somebody_may_cancel_on_either_page(visitor, step) -> None:
    if step == "supplier":
        visitor.send(doe="choose", supplier="Zekerpas")
    visitor.send(doe="cancel")

    back = visitor.brought_back
    assert outcome_of(back["error"], back["error_description"]) is Outcome.CANCELLED
    assert oidc.reference_of(back["state"]) == REFERENCE


def test_a_login_without_a_mandate_says_so(visitor) -> None:
    back = log_in(visitor, outcome="no_mandate").brought_back

    assert outcome_of(back["error"], back["error_description"]) is Outcome.NO_MANDATE


@pytest.mark.parametrize(
    ("outcome", "expected"), [("chain", Outcome.CHAIN_MANDATE), ("citizen", Outcome.CITIZEN)]
)
def test_what_is_no_mandate_of_a_company_is_refused(visitor, outcome, expected) -> None:
    log_in(visitor, outcome=outcome)

    with pytest.raises(MandateRefused) as refused:
        visitor.mandate()
    assert refused.value.outcome is expected


@pytest.mark.parametrize("outcome", ["slow", "broken"])
def test_a_supplier_that_is_slow_or_broken_is_given_up(visitor, outcome) -> None:
    log_in(visitor, outcome=outcome)

    with pytest.raises(BrokerUnreachable):
        visitor.mandate()


def test_a_code_is_exchanged_once(visitor) -> None:
    log_in(visitor).mandate()

    with pytest.raises(TokenRefused):
        visitor.mandate()


def test_its_port_must_be_free() -> None:
    with pytest.raises(CannotStart, match="PORTAL_BROKER_PORT"):
        broker.refuse_if_taken()


def test_it_ends_with_whoever_started_it() -> None:
    with pytest.MonkeyPatch.context() as patch:
        port = processes.free_port()
        patch.setattr(broker, "settings", settings.model_copy(update={"broker_port": port}))
        with broker.running():
            pass
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0
