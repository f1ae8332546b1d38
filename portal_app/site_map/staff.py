"""The pages of the fund's own people."""

from portal_app.brand import Module
from portal_app.browser.posted_forms import PostedForm
from portal_app.pages.staff import (
    access_queue,
    application,
    applications,
    company_accounts,
    enter_application,
    invitations,
    new_account,
    new_company_account,
    new_invitation,
    phone_desk,
)
from portal_app.site_map.page import Page
from portal_app.state.access_evidence import AccessEvidenceState
from portal_app.state.access_queue import PATH as ACCESS_QUEUE
from portal_app.state.access_queue import AccessQueueState
from portal_app.state.application_list import PATH as APPLICATIONS
from portal_app.state.application_list import ApplicationListState
from portal_app.state.application_record import PATH as APPLICATION
from portal_app.state.application_record import ApplicationRecordState
from portal_app.state.company_account_list import PATH as COMPANY_ACCOUNTS
from portal_app.state.company_account_list import CompanyAccountListState
from portal_app.state.company_evidence import CompanyEvidenceState
from portal_app.state.enter_application import PATH as ENTER
from portal_app.state.enter_application import EnterApplicationState
from portal_app.state.invitation_list import InvitationListState
from portal_app.state.phone_desk import PATH as PHONE_DESK
from portal_app.state.phone_desk import PhoneDeskState
from portal_app.state.shell import ShellState
from portal_app.state.staff_forms import StaffFormsState

STAFF = (
    Page(
        invitations.PATH,
        invitations.invitations,
        "invitations.list_title",
        (ShellState.load, InvitationListState.load),
    ),
    Page(
        new_invitation.PATH,
        new_invitation.new_invitation,
        "invitations.new",
        (ShellState.load, StaffFormsState.load),
        mistaken=PostedForm("new_invitation").is_refused,
    ),
    Page(
        new_account.PATH,
        new_account.new_account,
        "invitations.new_account",
        (ShellState.load, StaffFormsState.load),
        mistaken=PostedForm("new_account").is_refused,
    ),
    Page(
        new_company_account.PATH,
        new_company_account.new_company_account,
        "invitations.new_company_account",
        (ShellState.load, StaffFormsState.load),
        module=Module.ACCESS,
        mistaken=PostedForm("new_company_account").is_refused,
    ),
    Page(
        COMPANY_ACCOUNTS,
        company_accounts.company_accounts,
        "staff.company_accounts",
        (ShellState.load, CompanyAccountListState.load),
        module=Module.ACCESS,
    ),
    Page(
        APPLICATIONS,
        applications.applications,
        "applications.list_title",
        (ShellState.load, ApplicationListState.load),
    ),
    Page(
        ENTER,
        enter_application.enter_application,
        "applications.enter_title",
        (ShellState.load, EnterApplicationState.load),
        mistaken=PostedForm("enter_application").is_refused,
    ),
    Page(
        ACCESS_QUEUE,
        access_queue.access_queue,
        "access.queue_title",
        (ShellState.load, AccessQueueState.load),
        module=Module.ACCESS,
    ),
    Page(
        APPLICATION,
        application.application,
        "applications.asked",
        (
            ShellState.load,
            ApplicationRecordState.load,
            AccessEvidenceState.load,
            CompanyEvidenceState.load,
        ),
        mistaken=PostedForm("application").is_refused,
    ),
    Page(
        PHONE_DESK,
        phone_desk.phone_desk,
        "phone_desk.title",
        (ShellState.load, PhoneDeskState.load),
        mistaken=PostedForm("phone_desk").is_refused,
    ),
)
