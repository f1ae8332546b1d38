"""The address of an account: moved once it is proven, with all that hangs on it."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from portal_app.models import Account, Person, ResetEnd
from portal_app.names import name_of
from portal_app.services import outbox, password_reset, progress
from portal_app.unit_of_work import Work


def is_taken(work: Work, email: str) -> bool:
    """Tell whether somebody signs in with an address."""
    return (
        work.session.exec(select(Account.person_id).where(Account.email == email)).first()
        is not None
    )


def move(work: Work, person_id: int, email: str) -> bool:
    """Make a proven address the login name, and tell the old one; False when it is taken."""
    account = work.session.get_one(Account, person_id)
    person = work.session.get_one(Person, person_id)
    if is_taken(work, email):
        return False
    old = account.email
    try:
        with work.session.begin_nested():
            account.email = person.email = email
            work.session.add_all((account, person))
    except IntegrityError:  # somebody else registered with it in the meantime
        return False
    with work.everywhere():
        progress.rebuild_person(work, person.key)
    password_reset.end_all(work, person.key, ResetEnd.MOVED)  # they went to the old address
    outbox.post(
        work,
        to=old,
        template="email_changed",
        locale=account.locale,
        values={"name": name_of(person).full, "email": email, "at": work.now},
        about=("person", person.id),
    )
    work.note("profile.address_changed", about=("person", person.id))
    return True
