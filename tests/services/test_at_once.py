"""Writers that come at the same moment wait for each other; none fails, none is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlmodel import col, update

from portal_app import unit_of_work
from portal_app.models import Invitation, Person
from portal_app.needs import Anyone
from portal_app.unit_of_work import Operator, Work, use_case
from tests import factories

AT_ONCE = 20


def all_at_once(act) -> list:
    """Let twenty threads do the same at the same moment; return what each got."""
    start = Barrier(AT_ONCE)

    def when_all_are_ready(_: int):
        start.wait()
        return act()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(when_all_are_ready, range(AT_ONCE)))


def test_writers_that_read_first_all_succeed(database) -> None:
    person = factories.make_person("Nul")

    @use_case(Anyone, writes=True)
    def read_then_write(work: Work) -> int:
        found = work.session.get_one(Person, person.id, with_for_update=True)
        found.grants_version += 1
        work.session.add(found)
        return found.grants_version

    given = all_at_once(lambda: unit_of_work.run(read_then_write, Operator()))

    assert sorted(given) == list(range(2, AT_ONCE + 2))


def test_a_conditional_update_succeeds_exactly_once(cast, now) -> None:
    invitation = factories.make_invitation(cast.vak)

    @use_case(Anyone, writes=True)
    def redeem(work: Work) -> int:
        free = (col(Invitation.id) == invitation.id, col(Invitation.redeemed_at).is_(None))
        return work.session.exec(update(Invitation).where(*free).values(redeemed_at=now)).rowcount

    given = all_at_once(lambda: unit_of_work.run(redeem, Operator()))

    assert sorted(given) == [0] * (AT_ONCE - 1) + [1]


def test_readers_do_not_wait_for_a_writer(database) -> None:
    person = factories.make_person("Nul")

    @use_case(Anyone)
    def read(work: Work) -> str:
        return work.session.get_one(Person, person.id).given_name

    @use_case(Anyone, writes=True)
    def write_and_meanwhile_read(work: Work) -> str:
        found = work.session.get_one(Person, person.id)
        found.given_name = "Een"
        work.session.add(found)
        work.session.flush()
        with ThreadPoolExecutor(1) as other:
            return other.submit(unit_of_work.run, read, Operator()).result(timeout=5)

    assert unit_of_work.run(write_and_meanwhile_read, Operator()) == "Nul"
