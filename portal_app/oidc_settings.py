"""The knobs of eHerkenning: `PORTAL_OIDC_<NAME>`, read once as those of `settings`.

What a broker calls things differs, so the path of each claim is a setting: a list of names that
lead into the token, as JSON.
"""

from typing import Annotated, ClassVar, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from portal_app.eherkenning import Level
from portal_app.settings import read, settings

Path = Annotated[tuple[str, ...], Field(min_length=1)]


class OidcSettings(BaseSettings):
    """Where the broker is, and how to read what it says."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix="PORTAL_OIDC_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    issuer: str = ""  # empty: none, and in demo mode the test broker
    client_id: str = Field(default="vakpoort", min_length=1)
    client_secret: SecretStr = SecretStr("")
    scope: str = "openid"
    legal_subject: Path = ("urn:etoegang:core:LegalSubjectID",)
    name_qualifier: Path = ("namequalifier",)
    acting_subject: Path = ("urn:etoegang:core:ActingSubjectID",)
    branch: Path = ("urn:etoegang:1.9:ServiceRestriction:Vestigingsnr",)
    level: Path = ("acr",)
    levels: dict[str, Level] = {}  # what a broker calls a level otherwise, as JSON
    least_level: Level = Level.EH3
    seconds: float = Field(default=10, gt=0)  # how long a broker may take for one answer
    minutes: int = Field(default=15, ge=1)  # for somebody to come back

    @field_validator("issuer")
    @classmethod
    def _address(cls, value: str) -> str:
        message = "PORTAL_OIDC_ISSUER must be the https:// address of the broker."
        try:
            parts = urlsplit(value)
        except ValueError:
            raise ValueError(message) from None
        is_here = settings.is_demo and parts.hostname in ("localhost", "127.0.0.1")
        is_address = parts.hostname and (parts.scheme == "https" or is_here)
        # An issuer is an address and nothing more (OpenID Connect Discovery, 3).
        if value and not (is_address and value == f"{parts.scheme}://{parts.netloc}{parts.path}"):
            raise ValueError(message)
        return value

    @model_validator(mode="after")
    def _with_a_secret(self) -> Self:
        if self.issuer and not self.client_secret.get_secret_value():
            message = (
                "PORTAL_OIDC_CLIENT_SECRET is missing: the broker gives it with the client id."
            )
            raise ValueError(message)
        return self


oidc_settings = read(OidcSettings)
