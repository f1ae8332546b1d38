"""What the portal remembers: one class per table."""

from portal_app.models.access import (
    Basis,
    Grant,
    Invitation,
    Organisation,
    OrganisationCapacity,
    OrganisationCode,
    OrganisationCodeRoute,
    TradeRegister,
)
from portal_app.models.applications import Application, ApplicationEvent
from portal_app.models.audit import AuditEvent
from portal_app.models.eherkenning import EherkenningProof, EherkenningTry
from portal_app.models.factors import AuthenticatorApp, RecoveryCode
from portal_app.models.identity import (
    Account,
    BrowserSession,
    ChallengePurpose,
    EmailChallenge,
    Owed,
    PasswordReset,
    Person,
    ResetEnd,
    Salutation,
    TemporaryPurpose,
)
from portal_app.models.mail import MailState, OutboxMail
from portal_app.models.payment_codes import CodeBatch, CodeState, PaymentCode
from portal_app.models.training import (
    Attempt,
    Enrolment,
    EnrolmentStatus,
    LinkedVia,
    OrganisationLink,
    Profile,
    ProgressRow,
    Result,
    Route,
    Step,
    StepKind,
    StepState,
)

__all__ = [
    "Account",
    "Application",
    "ApplicationEvent",
    "Attempt",
    "AuditEvent",
    "AuthenticatorApp",
    "Basis",
    "BrowserSession",
    "ChallengePurpose",
    "CodeBatch",
    "CodeState",
    "EherkenningProof",
    "EherkenningTry",
    "EmailChallenge",
    "Enrolment",
    "EnrolmentStatus",
    "Grant",
    "Invitation",
    "LinkedVia",
    "MailState",
    "Organisation",
    "OrganisationCapacity",
    "OrganisationCode",
    "OrganisationCodeRoute",
    "OrganisationLink",
    "OutboxMail",
    "Owed",
    "PasswordReset",
    "PaymentCode",
    "Person",
    "Profile",
    "ProgressRow",
    "RecoveryCode",
    "ResetEnd",
    "Result",
    "Route",
    "Salutation",
    "Step",
    "StepKind",
    "StepState",
    "TemporaryPurpose",
    "TradeRegister",
]
