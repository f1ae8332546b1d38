"""The fund that this installation serves: its name, colours, contact card, modules and terms.

A brand is one TOML file, in `brands/` or wherever `PORTAL_BRAND` points. It is an input of
the build: what it says stands in the prerendered pages, so a page without its JavaScript
already names the right helpdesk. `docs/brand.md` explains every setting.
"""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    EmailStr,
    Field,
    ValidationError,
    model_validator,
)

from portal_app.errors import WrongSetting
from portal_app.icon_names import IconName
from portal_app.oidc_settings import oidc_settings
from portal_app.settings import settings

BRANDS = Path(__file__).parent / "brands"
LOGOS = Path(__file__).parent.parent / "assets" / "logos"

Locale = Literal["nl", "fr", "en", "de"]
LinkBlock = Literal["contact", "direct", "follow"]
CompanyRole = Literal[
    "registration_manager", "location_manager", "main_access_manager", "co_main_access_manager",
    "access_manager", "co_access_manager", "trusted_contact", "organisation_manager", "user",
    "member", "candidate",
]  # fmt: skip
"""The roles of organisations; `permissions.py`, which reads this file, has them all."""


class Module(StrEnum):
    """A part of the portal that a fund may leave out: it is then there for nobody."""

    OVERVIEW = "overview"
    PAYMENT_CODES = "payment_codes"
    EHERKENNING = "eherkenning"
    # Without pages so far; a brand file says already what its fund offers, and rights follow it.
    COMPANY = "company"
    ACCESS = "access"
    ENROLMENTS = "enrolments"
    SUBSIDIES = "subsidies"


class Term(StrEnum):
    """What a fund may call by a word of its own; texts say it as `{your_fund}`."""

    YOUR_FUND = "your_fund"
    STAFF = "staff"
    MAIN_ACCESS_MANAGER = "main_access_manager"


def _in_every_language(words: Mapping[str, str]) -> Mapping[str, str]:
    missing = {"nl", "fr", "en", "de"} - {locale for locale, said in words.items() if said}
    if missing:
        message = f"say it in {', '.join(sorted(missing))} too"
        raise ValueError(message)
    return words


Words = Annotated[Mapping[Locale, str], AfterValidator(_in_every_language)]
"""The same words in every language, by locale."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Colours(_Strict):
    """The two numbers a brand picks; lightness, and with it contrast, is the portal's."""

    hue: float = Field(ge=0, lt=360)
    chroma: float = Field(ge=0.02, le=0.23)


class OpenHours(_Strict):
    """From when until when the helpdesk answers, `8.30` to `17.00`; no times means closed."""

    days: tuple[int, ...]  # 1 is Monday
    opens: str = Field(pattern=r"^\d{1,2}\.\d\d$")
    closes: str = Field(pattern=r"^\d{1,2}\.\d\d$")


class Contact(_Strict):
    """The contact card."""

    helpdesk: str = Field(min_length=1)
    phone: str = Field(min_length=6)  # as people write it
    phone_number: str = Field(pattern=r"^\+\d{8,15}$")  # as a telephone dials it
    email: EmailStr
    hours_said: Words
    hours: tuple[OpenHours, ...] = ()

    @property
    def phone_said(self) -> str:
        """The number within a sentence, where no line may end halfway."""
        return self.phone.replace(" ", "\N{NO-BREAK SPACE}")


class FooterLink(_Strict):
    """A link in one of the footer's blocks."""

    block: LinkBlock
    label: Words
    href: str = Field(pattern=r"^(/|https://)")


class Capacity(_Strict):
    """In which capacity (hoedanigheid) an organisation deals with the fund.

    It bundles modules. The standard one comes with every organisation and never ends.
    """

    code: str = Field(pattern=r"^[a-z][a-z_]{1,31}$")  # kept in the database: never change it
    name: Words
    explanation: Words  # one sentence: what an organisation does in it
    modules: frozenset[Module] = frozenset()
    standard: bool = False
    needs_fund: bool = False  # only the fund switches it on


class Rubric(_Strict):
    """A service on another site, which people use for a company."""

    code: str = Field(pattern=r"^[a-z][a-z_]{1,31}$")
    name: Words
    href: str = Field(pattern=r"^https://[^\s/?#]+\S*$")
    capacity: str = ""  # without which it is not there; empty: for every company
    roles: frozenset[CompanyRole] = frozenset()  # whose it is; none: everybody's of the company


class Tile(Rubric):
    """A tile of the first page that leads to another site, or holds rubrics that do."""

    line: Words  # what it is for
    icon: IconName | None = None  # unless set, that of another window, or of rubrics
    href: str = Field(default="", pattern=r"^(https://[^\s/?#]+\S*)?$")
    rubrics: tuple[Rubric, ...] = ()

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.href) is bool(self.rubrics):
            message = "a tile has either href or rubrics"
            raise ValueError(message)
        if self.rubrics and (self.capacity or self.roles):
            message = "say capacity and roles of its rubrics: the tile is there with one of them"
            raise ValueError(message)
        return self


class Brand(_Strict):
    """Everything in which one fund's portal differs from another's."""

    name: str = Field(min_length=1)  # in the bar on top
    portal_name: str = Field(min_length=1)  # in titles and mails, as in '… portaal'
    organisation: str = Field(min_length=1)
    country: Literal["BE", "NL"]
    logo: str = "vakpoort.svg"
    slogan: Words | None = None  # above the form of who signs in on the way to eHerkenning
    languages: tuple[Locale, ...] = ("nl", "fr", "en", "de")
    modules: frozenset[Module] = frozenset(Module)
    national_number: bool = False  # only for a fund with a legal ground
    second_person_for_bank_account: bool = True  # of the company or the fund, before it counts
    colours: Colours
    contact: Contact
    terms: Mapping[Term, Words] = Field(default_factory=dict[Term, Words])
    capacities: tuple[Capacity, ...]
    tiles: tuple[Tile, ...] = ()
    links: tuple[FooterLink, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not (LOGOS / self.logo).is_file():
            message = f"there is no logo {self.logo} in assets/logos"
            raise ValueError(message)
        if not self.languages or len(set(self.languages)) < len(self.languages):
            message = "languages names each language once, and at least one"
            raise ValueError(message)
        if "nl" not in self.languages:
            message = "languages holds nl: pages are built in Dutch, and read in another from there"
            raise ValueError(message)
        if mistake := self._mistake_in_capacities() or self._mistake_in_tiles():
            raise ValueError(mistake)
        return self

    def _mistake_in_capacities(self) -> str:
        standard = [one for one in self.capacities if one.standard]
        if len({one.code for one in self.capacities}) < len(self.capacities):
            return "each of the capacities has a code of its own"
        if len(standard) != 1:
            return "exactly one of the capacities is standard = true"
        if standard[0].needs_fund:
            return f"the standard capacity {standard[0].code} cannot wait for the fund"
        for one in self.capacities:
            if strange := sorted(one.modules - self.modules):
                return f"the capacity {one.code} has {strange[0]}, which is not among the modules"
        return ""

    def _mistake_in_tiles(self) -> str:
        every = [one for tile in self.tiles for one in (tile, *tile.rubrics)]
        if len({one.code for one in every}) < len(every):
            return "each of the tiles and rubrics has a code of its own"
        for one in every:
            if one.capacity and self.capacity(one.capacity) is None:
                return f"the tile {one.code} names {one.capacity}, which is no capacity"
        return ""

    @cached_property
    def standard_capacity(self) -> Capacity:
        """The capacity that every organisation has."""
        return next(one for one in self.capacities if one.standard)

    def capacity(self, code: str) -> Capacity | None:
        """Return the capacity with this code, or None when the fund does not have it."""
        return next((one for one in self.capacities if one.code == code), None)

    @cached_property
    def home_language(self) -> Locale:
        """The language that comes first."""
        return self.languages[0]

    def own_word(self, term: Term, locale: str) -> str:
        """Return what the fund calls something in a language; nothing where texts say it well."""
        words: Mapping[str, str] = {**self.terms.get(term, {})}
        return words.get(locale, "")

    def links_in(self, block: LinkBlock) -> tuple[FooterLink, ...]:
        """Return the footer's links of one block, in the order of the file."""
        return tuple(link for link in self.links if link.block == block)


def read_brand(wanted: str) -> Brand:
    """Read a brand by its name in `brands/`, or by the path of its file.

    Raises:
        WrongSetting: there is no such file, or something in it is wrong; one sentence.
    """
    shipped = BRANDS / f"{wanted}.toml"
    file = shipped if "/" not in wanted and shipped.is_file() else Path(wanted)
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        return Brand.model_validate(content)
    except OSError:
        known = ", ".join(sorted(path.stem for path in BRANDS.glob("*.toml")))
        message = f"PORTAL_BRAND is {wanted}: name one of {known}, or a TOML file that exists."
        raise WrongSetting(message) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as mistake:
        message = f"The brand file {file} is no TOML: {mistake}."
        raise WrongSetting(message) from None
    except ValidationError as mistakes:
        raise WrongSetting(_first_mistake(file, mistakes)) from None


def _first_mistake(file: Path, mistakes: ValidationError) -> str:
    mistake = mistakes.errors(include_url=False)[0]
    parts = (str(part) for part in mistake["loc"] if part != "[key]")  # pydantic's, of a mapping
    place = ".".join(parts) or "the whole file"
    unknown = mistake["type"] == "extra_forbidden"
    what = "no such setting" if unknown else mistake["msg"].removeprefix("Value error, ")
    return f"The brand file {file} is wrong at {place}: {what}."


brand = read_brand(settings.brand)


def carriers(module: Module) -> tuple[Capacity, ...]:
    """Return the capacities that bundle this part; none: every company has it anyhow."""
    return tuple(one for one in brand.capacities if module in one.modules)


def offers(module: Module) -> bool:
    """Tell whether people find this part here: the fund has it, and what it needs is set up.

    eHerkenning needs a broker, which demo mode brings along.
    """
    lacks_broker = module is Module.EHERKENNING and not (settings.is_demo or oidc_settings.issuer)
    return module in brand.modules and not lacks_broker
