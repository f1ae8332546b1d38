"""Every knob of the portal, read once from the environment and `.env`.

Nothing else reads the environment. A wrong or misspelt setting stops the start with one sentence.
"""

from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from portal_app import setting_names
from portal_app.errors import WrongSetting
from portal_app.limit_rules import USUAL_LIMITS, LimitRule

Read = TypeVar("Read", bound=BaseSettings)

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PORTS = {"http": 80, "https": 443}  # which browsers leave out of an address
_ADDRESS = "PORTAL_BASE_URL must be an address such as https://portal.example, without a path."


class Mode(StrEnum):
    """What the installation is for."""

    DEMO = "demo"
    PRODUCTION = "production"


class ResetBy(StrEnum):
    """What is mailed to whoever forgot their password."""

    TEMPORARY_PASSWORD = "temporary_password"  # noqa: S105  # a word of ours
    CODE = "code"  # typed on the page that asked for it, where the new password is chosen too


class SecondProof(StrEnum):
    """What comes of a proof of a company that has a main access manager (X-12)."""

    AUTO = "auto"  # whoever proved it is co-manager at once, and the manager is told
    CONSENT = "consent"  # the manager is asked first


class Settings(BaseSettings):
    """The settings; each is the environment variable `PORTAL_<NAME>`."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix="PORTAL_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    # --- the contract with operators -------------------------------------------------
    mode: Mode = Mode.DEMO
    port: int = Field(default=3000, ge=1, le=65535)
    base_url: str = ""  # exactly the address people type; empty: http://localhost:<port>
    data_dir: Path = Path(".data")
    pages_dir: Path = Path(".web")  # where built pages are kept; one for each mode and brand
    database_url: str = ""  # empty: SQLite in the data folder
    redis_url: str = ""
    smtp_url: str = ""  # empty: the built-in mail catcher of demo mode
    secret_file: Path | None = None
    brand: str = "techniekplus"  # a name in brands/, or the path of a TOML file
    now: datetime | None = None  # where the demo clock starts; it ticks

    # --- mail ------------------------------------------------------------------------
    mail_from: str = "portaal@vakpoort.example"
    catcher_port: int = Field(default=0, ge=0, le=65535)  # 0: the portal's port + 25
    mail_worker: bool = True  # send mail in the process that serves the pages
    mail_poll_seconds: float = Field(default=2.0, gt=0)  # how often a worker looks by itself

    # --- eHerkenning, beside portal_app.oidc_settings -----------------------------------
    test_broker: bool = True  # in demo mode, unless PORTAL_OIDC_ISSUER names another
    broker_port: int = Field(default=0, ge=0, le=65535)  # 0: the portal's port + 30

    # --- passwords and codes -----------------------------------------------------------
    bcrypt_cost: int = Field(default=12, ge=4, le=16)
    verification_minutes: int = Field(default=15, ge=1)
    verification_tries: int = Field(default=5, ge=1)
    verification_resend_seconds: int = Field(default=60, ge=0)
    verification_sends_per_hour: int = Field(default=5, ge=1)
    reset_by: ResetBy = ResetBy.TEMPORARY_PASSWORD
    reset_hours: int = Field(default=24, ge=1)  # how long a mailed temporary password works
    reset_answer_seconds: float = Field(default=0.5, ge=0)  # the same for every address
    invitation_days: int = Field(default=14, ge=1)
    activation_days: int = Field(default=30, ge=1)  # for a company account; the last one whole
    strict_invited_address: bool = False  # only the invited address may redeem
    factor_for_staff: bool | None = None  # a second step; unless set, in production only
    factor_for_managers: bool = False
    factor_setup_minutes: int = Field(default=15, ge=1)
    proof_minutes: int = Field(default=5, ge=1)  # for which a proof of who one is counts

    # --- applications ------------------------------------------------------------------
    application_days: int = Field(default=2, ge=1)  # working days in which one is answered
    application_confirm_days: int = Field(default=7, ge=1)  # to confirm a new address
    application_kept_days: int = Field(default=180, ge=1)  # what a finished one tells of people

    # --- access --------------------------------------------------------------------------
    access_review_months: int = Field(default=12, ge=0)  # between two reviews; 0: there are none
    access_review_days: int = Field(default=30, ge=1)  # in which one is to be completed

    # --- sessions ------------------------------------------------------------------------
    idle_minutes: int = Field(default=30, ge=1)
    absolute_hours: int = Field(default=12, ge=1)
    staff_idle_minutes: int = Field(default=15, ge=1)
    staff_absolute_hours: int = Field(default=8, ge=1)
    warn_before_end_seconds: int = Field(default=120, ge=20)  # WCAG 2.2.1
    presession_hours: int = Field(default=24, ge=1)
    sessions_per_person: int = Field(default=5, ge=1)

    # --- the gate ------------------------------------------------------------------------
    trusted_proxies: int = Field(default=0, ge=0)  # exactly how many stand in front
    hsts_subdomains: bool = False
    hsts_preload: bool = False
    request_body_bytes: int = Field(default=1_048_576, ge=1024)
    request_body_seconds: float = Field(default=30, gt=0)
    socket_message_bytes: int = Field(default=65_536, ge=4096)
    socket_events_per_second: float = Field(default=40, gt=0)
    socket_event_burst: float = Field(default=120, ge=1)
    socket_silence_seconds: float = Field(default=20, gt=0)  # Reflex connects within 10
    socket_connects_per_second: float = Field(default=20, gt=0)  # from one address
    socket_connect_burst: float = Field(default=400, ge=1)
    sockets_per_session: int = Field(default=40, ge=1)
    sockets_per_address: int = Field(default=400, ge=1)  # a whole office may share one
    closed_tab_seconds: float = Field(default=120, gt=0)  # for how long what it showed is kept
    closed_tabs: int = Field(default=200, ge=1)  # so many of them at most, in memory
    watch_seconds: float = Field(default=1, gt=0)
    limits: dict[str, LimitRule] = Field(
        default={}, validate_default=True
    )  # as JSON; the others stay

    # --- who manages access: of each at most so many (X-16) -------------------------------
    co_main_access_managers: int = Field(default=1, ge=0)  # of an organisation
    access_managers: int = Field(default=1, ge=1)  # of each active capacity
    co_access_managers: int = Field(default=1, ge=0)  # idem

    second_proof: SecondProof = SecondProof.AUTO

    # --- organisation managers ------------------------------------------------------------
    unlink_undo_days: int = Field(default=30, ge=1)

    # --- work ----------------------------------------------------------------------------
    database_threads: int = Field(default=8, ge=1, le=64)
    password_threads: int = Field(default=2, ge=1, le=16)

    @field_validator("base_url")
    @classmethod
    def _plain_origin(cls, value: str) -> str:
        if not value:
            return value
        try:
            parts = urlsplit(value)
            port = parts.port
        except ValueError:
            raise ValueError(_ADDRESS) from None
        more = (parts.path.strip("/"), parts.query, parts.fragment, parts.username)
        if parts.scheme not in _PORTS or not parts.hostname or any(more):
            raise ValueError(_ADDRESS)
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        # As browsers write it in Origin and Host, which must be exactly this.
        shown = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
        return f"{parts.scheme}://{host}{shown}"

    @field_validator("redis_url")
    @classmethod
    def _address_of_redis(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            message = "PORTAL_REDIS_URL cannot be understood: write redis://host:6379/0."
            raise ValueError(message)
        return value

    @field_validator("limits")
    @classmethod
    def _over_the_usual(cls, value: dict[str, LimitRule]) -> dict[str, LimitRule]:
        unknown = sorted(value.keys() - USUAL_LIMITS)
        if unknown:
            message = f"PORTAL_LIMITS names {unknown[0]}; there are {', '.join(USUAL_LIMITS)}."
            raise ValueError(message)
        changed = {
            name: usual.model_copy(update=value[name].model_dump(exclude_unset=True))
            for name, usual in USUAL_LIMITS.items()
            if name in value
        }
        return USUAL_LIMITS | changed

    @field_validator("now")
    @classmethod
    def _with_a_zone(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            message = "PORTAL_NOW needs a time zone, for example 2026-03-02T09:00:00+01:00."
            raise ValueError(message)
        return value

    @model_validator(mode="after")
    def _production_is_strict(self) -> Self:
        if self.mode is Mode.PRODUCTION:
            missing = self._missing_in_production()
            if missing:
                raise ValueError(missing)
        elif urlsplit(self.origin).hostname not in _LOOPBACK:
            message = (
                "Demo mode is for this machine only: set PORTAL_MODE=production, "
                "or leave PORTAL_BASE_URL out."
            )
            raise ValueError(message)
        return self

    def _missing_in_production(self) -> str:
        if not self.origin.startswith("https://"):
            return "Production needs https: set PORTAL_BASE_URL to an https:// address."
        if not self.secret_file:
            return (
                "Production needs its master key: set PORTAL_SECRET_FILE to a file "
                "that only the portal can read."
            )
        if not self.smtp_url:
            return (
                "Production needs a mail server: set PORTAL_SMTP_URL, "
                "for example smtp://user:password@mail.example:587?tls=starttls."
            )
        if self.now:
            return "PORTAL_NOW moves the demo clock: take it out in production."
        return ""

    @cached_property
    def origin(self) -> str:
        """The one address from which the portal is served, without a slash at the end."""
        return self.base_url or f"http://localhost:{self.port}"

    @property
    def is_https(self) -> bool:
        """Whether people reach the portal over https."""
        return self.origin.startswith("https://")

    @property
    def is_demo(self) -> bool:
        """Whether the demo doors (`/dev/...`) are there."""
        return self.mode is Mode.DEMO

    @property
    def asks_staff_for_a_factor(self) -> bool:
        """Whether the fund's own people must prove themselves with more than a password."""
        return not self.is_demo if self.factor_for_staff is None else self.factor_for_staff

    @property
    def database(self) -> str:
        """The address of the database, SQLite in the data folder unless set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'portal.db'}"

    @property
    def master_key_file(self) -> Path:
        """The file that holds the master key; demo mode makes one in the data folder."""
        return self.secret_file or self.data_dir / "master.key"

    @property
    def mail_catcher_port(self) -> int:
        """Where the mail catcher of demo mode listens on loopback."""
        return self.catcher_port or self.port + 25

    @property
    def test_broker_port(self) -> int:
        """Where the test broker of demo mode listens on loopback."""
        return self.broker_port or self.port + 30


def read_settings(**overrides: Any) -> Settings:  # whatever a setting takes
    """Read the settings.

    Raises:
        WrongSetting: one is missing or wrong; the message says which and what to write.
    """
    return read(Settings, **overrides)


def read(kind: type[Read], **overrides: Any) -> Read:
    """Read settings of one kind, and refuse names that are no setting.

    Raises:
        WrongSetting: one is missing or wrong; the message says which and what to write.
    """
    try:
        setting_names.refuse_unknown(kind)
        return kind(**overrides)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        if first["type"] == "value_error":
            raise WrongSetting(str(first.get("ctx", {})["error"])) from None
        prefix = kind.model_config.get("env_prefix", "")
        name = prefix + "_".join(str(part) for part in first["loc"]).upper()
        raise WrongSetting(f"{name} is wrong: {first['msg']}.") from None
    except SettingsError:
        message = 'PORTAL_LIMITS must be JSON, for example {"sign_in": {"attempts": 10}}.'
        raise WrongSetting(message) from None
    except UnicodeDecodeError:
        raise WrongSetting("The file .env cannot be read: write it in UTF-8.") from None


settings = read_settings()
