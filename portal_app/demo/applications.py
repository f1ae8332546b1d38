"""What people of the demo world asked of the fund, and waits for its staff."""

from collections.abc import Mapping
from datetime import timedelta
from secrets import token_urlsafe

from portal_app.brand import Module, brand, offers
from portal_app.demo.acting import ago, on_behalf
from portal_app.demo.world import DemoAccess, DemoAddress, DemoCodes, DemoLostFactor, world
from portal_app.models import Passkey
from portal_app.services import (
    access_applications,
    activation_codes,
    address_applications,
    company_applications,
    lost_factors,
)
from portal_app.services.access_applications import AskedAccess
from portal_app.services.activation_codes import AskedCodes
from portal_app.services.address_applications import AskedAddress
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import Work

_HAD_IT_FOR = timedelta(days=40)


def lay_applications(
    work: Work, organisations: Mapping[str, int], people: Mapping[str, int]
) -> None:
    """Let each come in as many days ago as the world says."""
    for one in world().address_application:
        address_applications.ask(ago(work, one.asked_days_ago), asked=_address(one))
    for one in world().access_application:
        access_applications.ask(ago(work, one.asked_days_ago), asked=_access(one))
    for one in world().activation_application:
        activation_codes.ask(ago(work, one.asked_days_ago), asked=_codes(one))
    for one in world().role_application:
        company_applications.ask_role(
            on_behalf(ago(work, one.asked_days_ago), people[one.email]),
            organisation_id=organisations[one.organisation],
            role=one.role,
            why=one.why,
        )
    for one in world().lost_factor_application:
        _lose_a_device(ago(work, one.asked_days_ago), people[one.email], one)
    by_the_fund = [one.code for one in brand.capacities if one.needs_fund]
    if not offers(Module.ACCESS) or not by_the_fund:
        return
    for one in world().capacity_application:
        company_applications.ask_capacity(
            on_behalf(ago(work, one.asked_days_ago), people[one.email]),
            organisation_id=organisations[one.organisation],
            capacity=by_the_fund[0],
            why=one.why,
        )


def _lose_a_device(work: Work, person_id: int, one: DemoLostFactor) -> None:
    """Let somebody have had a passkey, on a device that nobody has, and ask for help."""
    work.session.add(
        Passkey(
            person_id=person_id,
            credential_id=token_urlsafe(32),
            public_key=token_urlsafe(77),
            sign_count=0,
            name=one.device,
            made_at=work.now - _HAD_IT_FOR,
        )
    )
    work.session.flush()
    lost_factors.ask(on_behalf(work, person_id), phone=one.phone)


def _codes(one: DemoCodes) -> AskedCodes:
    return AskedCodes(
        one.company_number,
        one.given_name,
        one.family_name,
        one.asker,
        one.email,
        one.phone,
        one.locale,
    )


def _address(one: DemoAddress) -> AskedAddress:
    return AskedAddress(
        one.kind,
        one.given_name,
        one.family_name,
        one.email,
        one.locale,
        new_email=one.new_email,
        phone=one.phone,
    )


def _access(one: DemoAccess) -> AskedAccess:
    return AskedAccess(
        OrganisationNumber(one.trade_register, one.number, one.unit),
        one.company,
        one.street,
        one.postal_code,
        one.town,
        one.given_name,
        one.family_name,
        one.position,
        one.email,
        one.phone,
        "",
        one.locale,
    )
