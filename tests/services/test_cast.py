"""The cast stands in the database as the tests tell it."""

from sqlmodel import col, select

from portal_app.models import Organisation
from portal_app.permissions import Right
from portal_app.unit_of_work import Work, use_case


@use_case(Right.ORGANISATION_SEE)
def names(work: Work) -> list[str]:
    return list(work.session.exec(select(Organisation.name).order_by(col(Organisation.name))))


def test_bob_sees_his_organisation_only(cast, run_as) -> None:
    assert run_as(cast.bob, names) == ["Klimaatwerken De Smet"]


def test_staff_see_every_organisation(cast, run_as) -> None:
    assert len(run_as(cast.sam, names)) == 3
