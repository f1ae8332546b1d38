"""How often things may be tried, unless `PORTAL_LIMITS` says otherwise."""

from pydantic import BaseModel, Field


class LimitRule(BaseModel):
    """How often one thing may be tried. A rule that is set replaces the figures it names."""

    attempts: int = Field(default=30, ge=1)  # by one who, in `seconds`
    attempts_per_address: int = Field(default=600, ge=1)  # a whole office may share one
    seconds: int = Field(default=300, ge=1)
    free_failures: int = Field(default=4, ge=0)  # before the waiting starts
    first_wait_seconds: int = Field(default=1, ge=1)  # doubles with each failure
    longest_wait_seconds: int = Field(default=900, ge=1)
    memory_seconds: int = Field(default=3600, ge=1)  # after which failures are forgotten


USUAL_LIMITS = {
    "form": LimitRule(attempts=120, attempts_per_address=1200),  # any form, by browser
    "sign_in": LimitRule(),
    "invitation_code": LimitRule(attempts=20),
    "verification_code": LimitRule(attempts=20),
    # How many are mailed is counted with the codes; this also counts what failed on our side.
    "verification_mail": LimitRule(attempts=20, seconds=900),
    "forgotten_password": LimitRule(  # each further mail to one address waits longer
        attempts=5,
        attempts_per_address=60,
        seconds=3600,
        free_failures=0,
        first_wait_seconds=60,
        longest_wait_seconds=3600,
        memory_seconds=86_400,
    ),
    "forgotten_address": LimitRule(attempts=5, seconds=3600),
    "lost_factor": LimitRule(attempts=5, seconds=3600),  # by person
    "access_request": LimitRule(attempts=5, seconds=3600),
    "company_application": LimitRule(attempts=20, seconds=3600),  # by browser
    "who_manages": LimitRule(attempts=20, attempts_per_address=200, seconds=3600),  # by browser
    "who_manages_missed": LimitRule(  # by address alone, whatever browser: against hunting
        attempts=200, seconds=3600, free_failures=20, memory_seconds=86_400
    ),
    "access_message": LimitRule(attempts=5, attempts_per_address=30, seconds=3600),  # by sender
    "access_message_browser": LimitRule(attempts=5, attempts_per_address=30, seconds=3600),
    "access_message_company": LimitRule(attempts=10, seconds=86_400),  # from all together
    "payment_code": LimitRule(attempts=20),
    "new_password": LimitRule(attempts=20),
    "activation": LimitRule(attempts=20),  # national register numbers, by person
    "activation_codes": LimitRule(attempts=5, seconds=3600),
    "activation_anywhere": LimitRule(attempts=10, seconds=86_400),  # from all addresses together
    "factor": LimitRule(attempts=20),  # codes of an app and of a sheet, by person
    "factor_anywhere": LimitRule(attempts=60, seconds=3600),  # from all addresses together
}
