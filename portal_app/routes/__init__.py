"""The few addresses that are no page: sign-in, registration, downloads, health."""

from starlette.routing import BaseRoute

from portal_app.brand import Module, offers
from portal_app.routes import (
    access,
    access_applications,
    activation_codes,
    address_applications,
    candidate_exports,
    caught_mail,
    company_accounts,
    eherkenning,
    export_progress,
    factor_proofs,
    factors,
    health,
    invitations,
    lost_factors,
    own_application,
    password_reset,
    payment_code_exports,
    profile,
    registration,
    sign_in,
    staff_applications,
    staff_invitations,
)

ROUTES: list[BaseRoute] = [
    *(access.ROUTES if offers(Module.ACCESS) else ()),
    *(candidate_exports.ROUTES if offers(Module.OVERVIEW) else ()),
    *export_progress.ROUTES,
    *health.ROUTES,
    *caught_mail.ROUTES,
    *company_accounts.ROUTES,
    *activation_codes.ROUTES,
    *(eherkenning.ROUTES if offers(Module.EHERKENNING) else ()),
    *factor_proofs.ROUTES,
    *factors.ROUTES,
    *lost_factors.ROUTES,
    *invitations.ROUTES,
    *sign_in.ROUTES,
    *password_reset.ROUTES,
    *registration.ROUTES,
    *(payment_code_exports.ROUTES if offers(Module.PAYMENT_CODES) else ()),
    *profile.ROUTES,
    *staff_invitations.ROUTES,
    *access_applications.ROUTES,
    *address_applications.ROUTES,
    *own_application.ROUTES,
    *staff_applications.ROUTES,
]
