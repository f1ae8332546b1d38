"""Payment codes in every state, of two organisations, for the tests of the list."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from portal_app.clock import BRUSSELS
from portal_app.models import CodeState, LinkedVia
from portal_app.needs import Trusted
from portal_app.services import progress
from portal_app.unit_of_work import Operator, run, use_case
from tests import factories

SOURCE_CODES = (
    "EXZA-8F5E-XG5W-U22J",
    "E2ZA-8HG6-PH5W-SUSJ",
    "D8ZA-8EFH-SP5W-U3TG",
    "45ZA-8GU2-C25W-TG6Z",
    "DHZA-8WJ2-7Z5W-SD5C",
)
SOURCE_MOMENT = datetime(2022, 4, 22, 10, 49, tzinfo=BRUSSELS)
LATER = datetime(2026, 1, 14, 16, 5, tzinfo=BRUSSELS)


@use_case(Trusted, writes=True)
def rebuild(work, *, enrolment_id):
    with work.everywhere():
        progress.rebuild_enrolments(work, [enrolment_id])


def lay_out(cast) -> SimpleNamespace:
    """The source's five codes of VAK; a later batch with a code of every status; one of JON."""
    route = factories.make_route(profiles=("Vakmanschap CO", "Monteur"))
    craft, fitter = factories.profiles_of(route)
    sanne = factories.make_person("Sanne", "Veldhuis")
    source = factories.make_batch(
        cast.vak,
        craft,
        number="3K2R1S",
        reference="Test",
        contact=sanne,
        created_at=SOURCE_MOMENT,
    )
    for code in SOURCE_CODES:
        factories.make_code(source, code=code)
    jan = factories.make_person("Jan", "Berg", infix="van den")
    enrolment = factories.make_enrolment(jan, route, profile=fitter)
    factories.make_link(jan, cast.vak, via=LinkedVia.PAYMENT_CODE)
    run(rebuild, Operator(), enrolment_id=enrolment.key)
    stranger = factories.make_person("Piet", "Vreemd")
    later = factories.make_batch(
        cast.vak, fitter, number="8QW40B", reference="Opleiding Q1", created_at=LATER
    )
    factories.make_code(later, code="AAAA-2222-3333-4444")
    factories.make_code(
        later,
        code="BBBB-2222-3333-4444",
        state=CodeState.USED,
        used_by=jan,
        enrolment=enrolment,
    )
    factories.make_code(
        later,
        code="CCCC-2222-3333-4444",
        state=CodeState.USED,
        used_by=stranger,
        used_at=datetime(2026, 2, 1, 9, tzinfo=UTC),
        enrolment=factories.make_enrolment(stranger, route, profile=fitter),
    )
    factories.make_code(
        later,
        code="DDDD-2222-3333-4444",
        state=CodeState.INACTIVE,
        inactive_by=sanne,
        inactive_reason="Dubbel besteld",
    )
    old = factories.make_batch(
        cast.vak,
        craft,
        number="5KD9AA",
        created_at=LATER - timedelta(days=400),
        expires_at=LATER - timedelta(days=35),
    )
    factories.make_code(old, code="EEEE-2222-3333-4444")
    factories.make_code(
        factories.make_batch(cast.jon, craft, number="9ZZ9ZZ", reference="Geheim"),
        code="ZZZZ-2222-3333-4444",
    )
    return SimpleNamespace(cast=cast, enrolment=enrolment, route=route, craft=craft)
