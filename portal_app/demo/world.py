"""What stands in `world.toml`, read and checked."""

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from portal_app.applications import ApplicationKind
from portal_app.models import Salutation, TradeRegister
from portal_app.permissions import Role

_FILE = Path(__file__).with_name("world.toml")

Days = Annotated[int, Field(ge=0)]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoOrganisation(_Data):
    """An organisation; with routes its key is its organisation code too."""

    key: str
    name: str
    trade_register: TradeRegister
    number: str
    unit: str = ""
    street: str
    postal_code: str
    town: str
    phone: str = ""
    email: str
    website: str = ""
    routes: tuple[str, ...] = ()


class DemoPerson(_Data):
    """Somebody who signs in, in one role, for none, one or several organisations."""

    role: Role | None = None
    salutation: Salutation
    given_name: str
    infix: str = ""
    family_name: str
    email: str
    username: str = ""
    locale: str = "nl"
    organisations: tuple[str, ...] = ()
    since_days_ago: Days = 60

    @property
    def login(self) -> str:
        """What the person types to sign in."""
        return self.username or self.email


class DemoBankAccount(_Data):
    """A bank account that somebody of a company entered, and who confirmed it, if anybody did."""

    organisation: str
    iban: str
    holder: str
    by: str  # an address, as the next
    confirmed_by: str = ""
    entered_days_ago: Days


class DemoInvitation(_Data):
    """An invitation; its days tell how far it came."""

    is_mailed: bool = False
    role: Role
    organisation: str
    given_name: str
    infix: str = ""
    family_name: str
    email: str
    locale: str = "nl"
    created_days_ago: Days
    sent_days_ago: Days | None = None
    opened_days_ago: Days | None = None
    redeemed_days_ago: Days | None = None  # by the person with the same address
    withdrawn_days_ago: Days | None = None


class DemoCompanyAccount(_Data):
    """The account of a company that waits until its person activates it."""

    trade_register: TradeRegister
    number: str
    unit: str = ""
    company: str
    given_name: str
    infix: str = ""
    family_name: str
    email: str
    locale: str = "nl"
    username: str
    national_number: str
    made_days_ago: Days = 0


class DemoAddress(_Data):
    """Somebody who cannot sign in because of an address, and asked for help."""

    kind: ApplicationKind
    given_name: str
    family_name: str
    email: str
    new_email: str = ""
    phone: str = ""
    locale: str = "nl"
    asked_days_ago: Days = 0


class DemoAccess(_Data):
    """A company that asked to be let in."""

    trade_register: TradeRegister
    number: str
    unit: str = ""
    company: str
    street: str
    postal_code: str
    town: str
    given_name: str
    family_name: str
    position: str
    email: str
    phone: str
    locale: str = "nl"
    asked_days_ago: Days = 0


class DemoRole(_Data):
    """Somebody inside who asked for a role in a company of their own."""

    email: str
    organisation: str
    role: Role
    why: str
    asked_days_ago: Days = 0


class DemoCapacity(_Data):
    """Somebody who asked for the first capacity of the brand that the fund alone switches on."""

    email: str
    organisation: str
    why: str
    asked_days_ago: Days = 0


class DemoLostFactor(_Data):
    """Somebody who lost the device that is their second step, and cannot come in without."""

    email: str
    phone: str
    device: str
    asked_days_ago: Days = 0


class DemoReviews(_Data):
    """The yearly reviews whose time has come, and who kept their role in them so far."""

    begun_days_ago: Days
    answered_by: str
    kept: tuple[str, ...]


class DemoCodes(_Data):
    """Somebody who asked new codes for the account of a company."""

    company_number: str
    given_name: str
    family_name: str
    asker: str = ""
    email: str
    phone: str
    locale: str = "nl"
    asked_days_ago: Days = 0


class DemoBatch(_Data):
    """A batch of payment codes: those that are named, or as many as `size` says."""

    number: str
    organisation: str
    contact: str
    reference: str
    route: str
    profile: str
    created_at: datetime | None = None
    created_days_ago: Days = 0
    valid_days: Days | None = None
    codes: tuple[str, ...] = ()
    size: int = 0
    used: int = 0
    inactive: int = 0


class World(_Data):
    """All of it."""

    password: str
    organisation: tuple[DemoOrganisation, ...]
    person: tuple[DemoPerson, ...]
    bank_account: tuple[DemoBankAccount, ...]
    invitation: tuple[DemoInvitation, ...]
    company_account: tuple[DemoCompanyAccount, ...]
    address_application: tuple[DemoAddress, ...]
    access_application: tuple[DemoAccess, ...]
    activation_application: tuple[DemoCodes, ...]
    role_application: tuple[DemoRole, ...]
    capacity_application: tuple[DemoCapacity, ...]
    lost_factor_application: tuple[DemoLostFactor, ...]
    reviews: DemoReviews
    batch: tuple[DemoBatch, ...]


@cache
def world() -> World:
    """Read the world."""
    return World.model_validate(tomllib.loads(_FILE.read_text("utf-8")))
