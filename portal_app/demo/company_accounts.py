"""Companies of the demo world whose account waits to be activated."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import col, select

from portal_app.brand import Module, brand, offers
from portal_app.demo.world import DemoCompanyAccount, world
from portal_app.models import Account, TemporaryPurpose
from portal_app.services import company_accounts
from portal_app.services.company_accounts import NewCompanyAccount
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import Work


def lay_company_accounts(work: Work, password_hash: str) -> None:
    """Let each be made as many days ago as the world says, with the shared password as code."""
    if not offers(Module.ACCESS):
        return
    for one in world().company_account:
        then = replace(work, now=work.now - timedelta(days=one.made_days_ago))
        company_accounts.make(then, wanted=_wanted(one, password_hash))


def printed_account(work: Work) -> DemoCompanyAccount | None:
    """Return the first one that can be activated still."""
    waiting = work.session.exec(
        select(Account.username).where(
            Account.temporary_purpose == TemporaryPurpose.ACTIVATION,
            col(Account.temporary_expires_at) > work.now,
        )
    ).all()
    return next((one for one in world().company_account if one.username in waiting), None)


def _wanted(one: DemoCompanyAccount, password_hash: str) -> NewCompanyAccount:
    return NewCompanyAccount(
        OrganisationNumber(one.trade_register, one.number, one.unit),
        one.company,
        one.given_name,
        one.infix,
        one.family_name,
        one.email,
        one.locale,
        one.national_number if brand.national_number else "",
        one.username,
        world().password,
        password_hash,
    )
