"""Rows for a test to start from: plain functions, with everything that matters as an argument.

Each writes in a transaction of its own and returns the row. They go around the use cases
on purpose: a test of one use case does not depend on another.
"""

from tests.factories.applications import make_application
from tests.factories.factors import code_of, make_app, make_passkey, make_recovery_code
from tests.factories.people import (
    CANDIDATE_FOLLOWING,
    EMPLOYER,
    NUMBERS,
    PASSWORD,
    TRAINING_PROVIDER,
    make_account,
    make_company_account,
    make_grant,
    make_invitation,
    make_organisation,
    make_organisation_code,
    make_person,
    make_visit,
    sign_in,
)
from tests.factories.reviews import make_review
from tests.factories.training import (
    make_attempt,
    make_batch,
    make_code,
    make_enrolment,
    make_link,
    make_route,
    profiles_of,
    steps_of,
)
from tests.factories.writing import (
    LONG_AGO,
    LONG_AGO_DAY,
    all_of,
    everywhere,
    finishing,
    rewrite,
    write,
)
from tests.harness.stopped_clock import NOW

__all__ = [
    "CANDIDATE_FOLLOWING",
    "EMPLOYER",
    "LONG_AGO",
    "LONG_AGO_DAY",
    "NOW",
    "NUMBERS",
    "PASSWORD",
    "TRAINING_PROVIDER",
    "all_of",
    "code_of",
    "everywhere",
    "finishing",
    "make_account",
    "make_app",
    "make_application",
    "make_attempt",
    "make_batch",
    "make_code",
    "make_company_account",
    "make_enrolment",
    "make_grant",
    "make_invitation",
    "make_link",
    "make_organisation",
    "make_organisation_code",
    "make_passkey",
    "make_person",
    "make_recovery_code",
    "make_review",
    "make_route",
    "make_visit",
    "profiles_of",
    "rewrite",
    "sign_in",
    "steps_of",
    "write",
]
