"""The words of eHerkenning: how sure somebody is known, for whom, and how a try ends."""

from enum import StrEnum


class Level(StrEnum):
    """A level of assurance, from the least to the most; compare by `rank`."""

    EH1 = "urn:etoegang:core:assurance-class:loa1"
    EH2 = "urn:etoegang:core:assurance-class:loa2"
    EH2_PLUS = "urn:etoegang:core:assurance-class:loa2plus"
    EH3 = "urn:etoegang:core:assurance-class:loa3"
    EH4 = "urn:etoegang:core:assurance-class:loa4"

    @property
    def rank(self) -> int:
        """How high the level is: their names do not sort."""
        return list(Level).index(self)

    @property
    def label(self) -> str:
        """The level as suppliers sell it: `EH2+`."""
        return self.name.replace("_PLUS", "+")


class SubjectKind(StrEnum):
    """By which number a company is named: the name qualifier of the legal subject."""

    KVK = "urn:etoegang:1.9:EntityConcernedID:KvKnr"
    RSIN = "urn:etoegang:1.9:EntityConcernedID:RSIN"


class Outcome(StrEnum):
    """How a try to prove a mandate ended."""

    ADMIN = "admin"  # the first of the company
    CO_MANAGER = "co_manager"  # beside the one who was there
    ASKED = "asked"  # the one who was there must agree first
    ALREADY = "already"  # the person was one of them
    SUSPENDED = "suspended"  # they are, and it was suspended
    UNKNOWN_COMPANY = "unknown_company"
    UNKNOWN_BRANCH = "unknown_branch"  # the mandate holds for a branch that the fund has not
    MANAGERS_FULL = "managers_full"
    LEVEL_TOO_LOW = "level_too_low"
    CANCELLED = "cancelled"
    NO_MANDATE = "no_mandate"
    CHAIN_MANDATE = "chain_mandate"
    CITIZEN = "citizen"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"  # what came back cannot be trusted
    EXPIRED = "expired"
