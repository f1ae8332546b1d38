"""What companies of the demo world said of themselves, some time ago: nobody is mailed about it."""

from collections.abc import Mapping

from portal_app.brand import Module, offers
from portal_app.demo.acting import ago
from portal_app.demo.world import world
from portal_app.models import BankAccount
from portal_app.unit_of_work import Work


def lay_bank_accounts(
    work: Work, organisations: Mapping[str, int], people: Mapping[str, int]
) -> None:
    """Lay the bank accounts, confirmed or waiting for that."""
    if not (offers(Module.COMPANY) and offers(Module.SUBSIDIES)):
        return
    for one in world().bank_account:
        at, company = ago(work, one.entered_days_ago).now, organisations[one.organisation]
        confirmed_by = people[one.confirmed_by] if one.confirmed_by else None
        work.session.add(
            BankAccount(
                organisation_id=company,
                iban=one.iban,
                holder=one.holder,
                proposed_at=at,
                proposed_by_id=people[one.by],
                confirmed_at=at if confirmed_by else None,
                confirmed_by_id=confirmed_by,
            )
        )
