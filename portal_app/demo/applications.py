"""What people of the demo world asked of the fund, and waits for its staff."""

from collections.abc import Mapping

from portal_app.brand import Module, brand, offers
from portal_app.demo.acting import ago, on_behalf
from portal_app.demo.world import DemoAccess, DemoAddress, DemoCodes, world
from portal_app.services import (
    access_applications,
    activation_codes,
    address_applications,
    company_applications,
)
from portal_app.services.access_applications import AskedAccess
from portal_app.services.activation_codes import AskedCodes
from portal_app.services.address_applications import AskedAddress
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import Work


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
