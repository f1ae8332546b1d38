"""What a capacity's managers set about it: where its tasks go, and its messages (S-15)."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from sqlmodel import col, select

from portal_app.errors import NotFound
from portal_app.models import OrganisationCapacity
from portal_app.permissions import Right
from portal_app.services import access_limits
from portal_app.unit_of_work import Work, use_case


class TaskRoute(StrEnum):
    """To whom the tasks of a capacity go."""

    MANAGERS = "managers"  # its access manager and co-
    EVERYBODY = "everybody"  # who acts in it
    ADDRESS = "address"  # one mailbox, such as that of a department


class Parameters(BaseModel):
    """The parameters of one capacity of one organisation; left alone they are these."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    tasks_to: TaskRoute = TaskRoute.MANAGERS
    tasks_address: str = ""  # for `TaskRoute.ADDRESS`
    structured_messages: bool = False
    messages_to: str = ""  # the https:// address that takes them


@use_case(Right.ACCESS_SEE)
def parameters_of(work: Work, *, organisation_id: int, capacity: str) -> Parameters:
    """Tell how a capacity is set.

    Raises:
        NotFound: no such organisation in scope, or the capacity is not on or not theirs to see.
    """
    return Parameters.model_validate_json(_active(work, organisation_id, capacity).parameters)


@use_case(Right.CAPACITIES_SET, writes=True)
def set_parameters(work: Work, *, organisation_id: int, capacity: str, wanted: Parameters) -> None:
    """Set a capacity; the last who saves is the one that counts, and the trail tells who did.

    Raises:
        NotFound: no such organisation in scope, or the capacity is not on or not theirs to set.
    """
    if not access_limits.take(work, organisation_id):
        raise NotFound
    held = _active(work, organisation_id, capacity)
    held.parameters = wanted.model_dump_json()
    work.session.add(held)
    work.note(
        "capacities.set",
        about=("organisation_capacity", held.id),
        organisation_id=organisation_id,
        capacity=capacity,
        tasks_to=wanted.tasks_to.value,
        structured_messages=wanted.structured_messages,
    )


def _active(work: Work, organisation_id: int, capacity: str) -> OrganisationCapacity:
    found = work.session.exec(
        select(OrganisationCapacity).where(
            OrganisationCapacity.organisation_id == organisation_id,
            OrganisationCapacity.capacity == capacity,
            col(OrganisationCapacity.ended_at).is_(None),
        )
    ).first()
    if found is None or not work.holds(organisation_id, capacity):
        raise NotFound
    return found
