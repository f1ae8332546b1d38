"""Invited people who register while the portal is killed under them, and what they were told."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from threading import Event, Lock, Thread
from typing import TypeVar

from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from portal_app import database
from portal_app.gate.cookies import read
from portal_app.models import BrowserSession
from portal_app.tenant_net import EVERYWHERE
from tests.harness import mailbox
from tests.harness.mailbox import Mailbox
from tests.soak.browsing import Answer, HttpBrowser, Interrupted

T = TypeVar("T")

PASSWORD = "Stoom-Ketel26"
_ASKS_AGAIN = 0.5  # seconds: whoever presses faster is taken for somebody who guesses
_PATIENCE = 240.0  # seconds without getting anywhere before somebody gives up
_ENTERPRISE_NUMBER = "1999.000.249"
_ABOUT_THE_PERSON = {
    "given_name": "Nele",
    "infix": "",
    "family_name": "Peeters",
    "birth_date_day": "14",
    "birth_date_month": "2",
    "birth_date_year": "1984",
}


class GaveUp(Exception):
    """The portal did not let somebody go on."""


@dataclass
class Registered:
    """One person's registration: what the portal acknowledged, and what it was asked."""

    email: str
    is_invited: bool = False
    draft_is_kept: bool = False
    codes_sent: int = 0
    is_verified: bool = False
    is_inside: bool = False
    acknowledged_cookie: str = ""
    interruptions: int = 0
    is_done: bool = False


@dataclass
class Ledger:
    """Everybody's registration, in the order in which they began."""

    people: list[Registered] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)  # answers that did not come, and why
    progress: int = 0  # grows with everything that is acknowledged
    lock: Lock = field(default_factory=Lock)

    def begin(self, email: str) -> Registered:
        """Write down that somebody begins."""
        with self.lock:
            self.people.append(Registered(email))
            return self.people[-1]

    def acknowledged(self) -> int:
        """Return how many steps the portal acknowledged."""
        return sum(
            one.is_invited + one.draft_is_kept + one.codes_sent + one.is_verified + one.is_inside
            for one in self.people
        )


class Crowd:
    """People who register one after the other, so many at a time, until told that it is enough."""

    def __init__(self, origin: str, mails: Mailbox, staff_cookie: str, *, at_a_time: int) -> None:
        self.ledger = Ledger()
        self._origin = origin
        self._mails = mails
        self._staff_cookie = staff_cookie
        self._numbers = count(1)
        self._enough = Event()
        self._threads = [Thread(target=self._one_after_the_other) for _ in range(at_a_time)]
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        """Let everybody who has begun finish."""
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _one_after_the_other(self) -> None:
        while not self._enough.is_set():
            person = self.ledger.begin(f"nr{next(self._numbers)}@voorbeeld.example")
            try:
                with HttpBrowser(self._origin, cookie=self._staff_cookie) as staff:
                    self._be_invited(person, staff)
                with HttpBrowser(self._origin) as browser:
                    self._come_in(person, browser)
            except (GaveUp, AssertionError) as trouble:
                self.ledger.troubles.append(f"{person}: {trouble}")

    def _be_invited(self, person: Registered, staff: HttpBrowser) -> None:
        answer = self._insist(
            person,
            lambda: staff.post(
                "/formulieren/beheer/uitnodigen",
                register="kbo",
                enterprise_number=_ENTERPRISE_NUMBER,
                province="West-Vlaanderen",
                organisation_name="Metaal Vandervoort nv",
                role="trusted_contact",
                email=person.email,
                locale="nl",
            ),
        )
        if answer.is_taken:
            person.is_invited = True
        elif answer.mistakes != ("invitations.wrong_waits_already",) or not person.interruptions:
            raise GaveUp(f"inviting: {answer.mistakes}")

    def _come_in(self, person: Registered, browser: HttpBrowser) -> None:
        self._insist(person, lambda: browser.open("/uitnodiging"))
        letter = self._mails.wait_for(person.email, subject="Verzilver", seconds=_PATIENCE)
        code = mailbox.invitation_code_in(letter)
        answer = self._insist(person, lambda: browser.post("/formulieren/uitnodiging", code=code))
        if answer.go != "/aanmelden":
            raise GaveUp(f"showing the code: {answer}")
        self._insist(
            person,
            lambda: browser.post(
                "/formulieren/registreren/concept", email=person.email, given_name="Nele"
            ),
        )
        person.draft_is_kept = True
        while not person.is_done:
            self._prove_the_address(person, browser)
            if _draft_of(browser) != person.email:
                raise GaveUp("what was typed is lost")
            self._make_the_account(person, browser)
        where = self._insist(person, lambda: browser.open("/"))
        if where != "/":
            raise GaveUp(f"inside, and sent to {where}")

    def _prove_the_address(self, person: Registered, browser: HttpBrowser) -> None:
        email, before = person.email, len(self._codes(person))
        answer = self._insist(
            person, lambda: browser.post("/formulieren/registreren/code", email=email)
        )
        if answer.is_taken:
            person.codes_sent += 1
        elif answer.mistakes != ("errors.resend_too_soon",):
            raise GaveUp(f"asking for a code: {answer.mistakes}")
        deadline = time.monotonic() + _PATIENCE
        while len(self._codes(person)) == (before if answer.is_taken else 0):
            if time.monotonic() > deadline:
                raise GaveUp("no code came by mail")
            time.sleep(0.02)
        code = mailbox.code_in(self._codes(person)[-1])
        answer = self._insist(
            person, lambda: browser.post("/formulieren/registreren/verifieren", code=code)
        )
        if answer.is_taken:
            person.is_verified = True
        elif not person.interruptions:
            raise GaveUp(f"verifying: {answer.mistakes}")

    def _make_the_account(self, person: Registered, browser: HttpBrowser) -> None:
        answer = self._insist(
            person,
            lambda: browser.post(
                "/formulieren/registreren",
                **_ABOUT_THE_PERSON,
                new_password=PASSWORD,
                confirm_password=PASSWORD,
            ),
        )
        if answer.is_taken:
            person.is_inside = person.is_done = True
            person.acknowledged_cookie = browser.cookie
            return
        if not person.interruptions:
            raise GaveUp(f"registering: {answer.mistakes}")
        # It was killed after the account was made, and before it could say so.
        answer = self._insist(
            person,
            lambda: browser.post(
                "/formulieren/aanmelden", login=person.email, password=PASSWORD, back=""
            ),
        )
        person.is_done = answer.is_taken

    def _codes(self, person: Registered) -> list[mailbox.EmailMessage]:
        return [m for m in self._mails.to(person.email) if "Verificatiecode" in str(m["Subject"])]

    def _insist(self, person: Registered, ask: Callable[[], T]) -> T:
        """Ask again until there is an answer, as somebody does whose page says it was not sent."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                answer = ask()
            except Interrupted as lost:
                person.interruptions += 1
                self.ledger.failures.append(str(lost))
                if time.monotonic() > deadline:
                    raise GaveUp(f"no answer: {lost}") from lost
                time.sleep(_ASKS_AGAIN)
            else:
                self.ledger.progress += not isinstance(answer, Answer) or answer.is_taken
                return answer


def _draft_of(browser: HttpBrowser) -> str:
    """Return the address in the draft that the portal keeps for a browser.

    This is the test's own look at the database, which may be away at that moment.
    """
    visit = read(browser.cookie)
    assert visit
    kept = select(BrowserSession.draft).where(BrowserSession.token_digest == visit.key)
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            with Session(database.engine()) as session:
                session.info |= {"scope": EVERYWHERE, "writes": False}
                return json.loads(session.exec(kept).first() or "{}").get("email", "")
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_ASKS_AGAIN)
