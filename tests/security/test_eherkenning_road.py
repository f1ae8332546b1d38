"""The whole road of eHerkenning by way of a provider that is not the test broker, over HTTP.

A running portal and a running provider; what a browser would do is done by hand, so that it can
also be done wrongly.
"""

import html
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from portal_app.eherkenning import Level
from portal_app.models import Basis, EherkenningProof, Grant, Person
from portal_app.permissions import Role
from tests import factories
from tests.harness import other_provider, processes, server, sockets
from tests.harness.cast import CAST, Cast, present
from tests.harness.databases import SqliteSource
from tests.harness.server import Portal

ON, BACK = "/eherkenning/verder", "/eherkenning/terug"
UNKNOWN = "/eherkenning?terug=onbekend"


@dataclass
class Visitor:
    """A browser that keeps its cookie and follows nothing by itself."""

    client: httpx.Client
    return_address: str

    def goes_out(self) -> str:
        """Press 'Login eHerkenning' and return the address that the page in between leads to."""
        answer = self.client.post("/formulieren/eherkenning", headers={"Origin": self._origin})
        assert answer.json() == {"go": ON}
        page = self.client.get(ON)
        assert page.status_code == httpx.codes.OK
        [address] = set(re.findall(r'class="button" href="([^"]+)"', page.text))
        return html.unescape(address)

    def returns_with(self, said: dict[str, str]) -> str:
        """Open the address of the way back; tell where it leads."""
        answer = self.client.get(f"{BACK}?{urlencode(said)}")
        assert answer.status_code == httpx.codes.SEE_OTHER
        return answer.headers["location"]

    @property
    def _origin(self) -> str:
        return str(self.client.base_url).rstrip("/")


@dataclass
class Road:
    """A portal, and the provider that it sends people to."""

    portal: Portal
    cast: Cast
    browsers: ExitStack

    def visitor(self, person: Person) -> Visitor:
        """Return a browser in which somebody is signed in."""
        headers = {"Cookie": sockets.cookie_of(person), "Accept": "application/json"}
        client = httpx.Client(base_url=self.portal.origin, headers=headers)
        self.browsers.enter_context(client)
        return Visitor(client, f"{self.portal.origin}{BACK}")


@pytest.fixture(scope="module")
def road(sqlite_source: SqliteSource, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    port, there = processes.free_port(), tmp_path_factory.mktemp("road")
    with (
        ExitStack() as browsers,
        sqlite_source.lend(CAST) as lent,
        server.running(
            there,
            database_url=lent.address,
            PORTAL_OIDC_ISSUER=other_provider.issuer_at(port),
            PORTAL_OIDC_CLIENT_SECRET=other_provider.SECRET,
        ) as portal,
        other_provider.running(tmp_path_factory.mktemp("provider"), port, f"{portal.origin}{BACK}"),
    ):
        yield Road(portal, present(), browsers)


def proofs_of(person: Person) -> list[EherkenningProof]:
    return [one for one in factories.all_of(EherkenningProof) if one.person_id == person.key]


@pytest.mark.covers("W-04", "W-11", "W-15")
def test_whoever_comes_back_with_a_mandate_is_admin_of_the_company(road: Road):
    alice = road.visitor(road.cast.alice)
    way_out = alice.goes_out()
    asked = {name: one[0] for name, one in parse_qs(urlsplit(way_out).query).items()}
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert asked["code_challenge_method"] == "S256"

    said = other_provider.brought_back(way_out, alice.return_address)
    result = alice.returns_with(said)

    assert re.fullmatch(r"/eherkenning\?poging=\w+", result)
    [proof] = proofs_of(road.cast.alice)
    assert (proof.subject, proof.level) == (road.cast.vak.number, Level.EH3)
    [grant] = [one for one in factories.all_of(Grant) if one.basis is Basis.EHERKENNING]
    assert (grant.person_id, grant.organisation_id, grant.role) == (
        road.cast.alice.key,
        road.cast.vak.key,
        Role.MAIN_ACCESS_MANAGER,
    )
    assert alice.returns_with(said) == result  # a refresh
    assert len(proofs_of(road.cast.alice)) == 1


def test_what_is_not_of_this_browser_and_this_try_gives_nothing(road: Road):
    charlie, bob = road.visitor(road.cast.charlie), road.visitor(road.cast.bob)
    of_charlie, of_bob = charlie.goes_out(), bob.goes_out()
    said = other_provider.brought_back(of_charlie, charlie.return_address)

    assert bob.returns_with(said) == UNKNOWN  # another browser
    assert charlie.returns_with({**said, "state": "ABCDEFGH23.made-up"}) == UNKNOWN
    of_another_try = other_provider.brought_back(of_bob, bob.return_address)["code"]
    ended = charlie.returns_with({**said, "code": of_another_try})
    assert charlie.returns_with(said) == ended  # it was tried once
    assert not proofs_of(road.cast.charlie)
    assert not proofs_of(road.cast.bob)
