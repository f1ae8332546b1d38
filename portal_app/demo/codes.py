"""The payment codes of the demo world, used by candidates who were linked by one."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from random import Random

from sqlmodel import col, select

from portal_app.demo.world import DemoBatch, world
from portal_app.models import (
    CodeBatch,
    CodeState,
    Enrolment,
    LinkedVia,
    OrganisationCode,
    OrganisationLink,
    PaymentCode,
    Person,
    Profile,
)
from portal_app.names import folded, name_of
from portal_app.reading_codes import GROUP, PAYMENT_ALPHABET, PAYMENT_LENGTH, payment_check
from portal_app.services import progress
from portal_app.unit_of_work import Work

_LATER_THAT_DAY = timedelta(hours=9, minutes=20)
_INACTIVE_AFTER = timedelta(days=30)
_Use = tuple[OrganisationLink, Enrolment, Person]


def lay_codes(
    work: Work,
    organisations: Mapping[str, int],
    people: Mapping[str, int],
    routes: Mapping[str, int],
) -> None:
    """Make the batches with their codes: first those in use, then the inactive, then the rest."""
    enrolled: set[int] = set()
    for one in world().batch:
        batch = _batch(work, one, organisations, people, routes)
        work.session.add(batch)
        work.session.flush()
        uses = _uses(work, batch, one.used, enrolled)
        for at, text in enumerate(one.codes or _texts(one)):
            code = _code(batch, text)
            if at < len(uses):
                _use(code, *uses[at])
            elif at < len(uses) + one.inactive:
                code.state = CodeState.INACTIVE
                code.inactive_at = batch.created_at + _INACTIVE_AFTER
                code.inactive_by_id = people[one.contact]
                code.inactive_reason = "Dubbel besteld"
            work.session.add(code)
        enrolled |= {enrolment.key for _, enrolment, _ in uses}
    progress.rebuild_enrolments(work, enrolled)  # a code finds its candidate


def _batch(
    work: Work,
    one: DemoBatch,
    organisations: Mapping[str, int],
    people: Mapping[str, int],
    routes: Mapping[str, int],
) -> CodeBatch:
    organisation_id = organisations[one.organisation]
    profile_id = work.session.exec(
        select(Profile.id).where(Profile.route_id == routes[one.route], Profile.name == one.profile)
    ).one()
    code_id = work.session.exec(
        select(OrganisationCode.id).where(OrganisationCode.organisation_id == organisation_id)
    ).one()
    created_at = one.created_at or work.now - timedelta(days=one.created_days_ago)
    return CodeBatch(
        organisation_id=organisation_id,
        number=one.number,
        organisation_code_id=code_id,
        contact_person_id=people[one.contact],
        profile_id=profile_id or 0,
        reference=one.reference,
        created_at=created_at,
        expires_at=None if one.valid_days is None else created_at + timedelta(days=one.valid_days),
    )


def _uses(work: Work, batch: CodeBatch, number: int, enrolled: set[int]) -> list[_Use]:
    """Find who came in by a payment code of this organisation, the earliest first."""
    found = work.session.exec(
        select(OrganisationLink, Enrolment, Person)
        .join(Enrolment, col(Enrolment.person_id) == OrganisationLink.person_id)
        .join(Person, col(Person.id) == OrganisationLink.person_id)
        .where(
            OrganisationLink.organisation_id == batch.organisation_id,
            OrganisationLink.via == LinkedVia.PAYMENT_CODE,
            OrganisationLink.linked_at >= batch.created_at,
            Enrolment.profile_id == batch.profile_id,
            col(Enrolment.id).not_in(enrolled),
        )
        .order_by(col(OrganisationLink.linked_at), col(Enrolment.id))
        .limit(number)
    )
    return [(link, enrolment, person) for link, enrolment, person in found]


def _code(batch: CodeBatch, text: str) -> PaymentCode:
    found_by = (text, text.replace("-", ""), batch.reference, batch.number)
    return PaymentCode(
        organisation_id=batch.organisation_id,
        batch_id=batch.key,
        profile_id=batch.profile_id,
        code=text,
        created_at=batch.created_at,
        search=folded(" ".join(found_by)),
    )


def _use(code: PaymentCode, link: OrganisationLink, enrolment: Enrolment, person: Person) -> None:
    code.state = CodeState.USED
    code.used_at = link.linked_at + _LATER_THAT_DAY
    code.used_by_id = person.key
    code.enrolment_id = enrolment.key
    code.search = f"{code.search} {folded(name_of(person).listed)}"


def _texts(one: DemoBatch) -> Iterator[str]:
    """Draw codes, the same ones in every demo world."""
    random = Random(one.number)  # noqa: S311  # they open nothing but the demo
    left = one.size
    while left:
        first = "".join(random.choices(PAYMENT_ALPHABET, k=PAYMENT_LENGTH - 1))
        if check := payment_check(first):
            text = first + check
            yield "-".join(text[at : at + GROUP] for at in range(0, PAYMENT_LENGTH, GROUP))
            left -= 1
