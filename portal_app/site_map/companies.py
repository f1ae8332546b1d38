"""The pages about a company: what it follows, its codes, and who manages its access."""

import reflex as rx

from portal_app.brand import Module
from portal_app.browser.posted_forms import PostedForm
from portal_app.pages import (
    access,
    candidates,
    company_data,
    home,
    payment_codes,
)
from portal_app.site_map.page import Page
from portal_app.state.access import APPOINT, AccessState
from portal_app.state.access import PATH as ACCESS
from portal_app.state.appointing import AppointingState
from portal_app.state.candidate_record import CandidateRecordState
from portal_app.state.candidates import CandidatesState
from portal_app.state.capacity_parameters import PATH as PARAMETERS
from portal_app.state.capacity_parameters import CapacityParametersState
from portal_app.state.company_data import PATH as COMPANY
from portal_app.state.company_data import CompanyDataState
from portal_app.state.home import HomeState
from portal_app.state.inactive_codes import InactiveCodesState
from portal_app.state.payment_codes import PaymentCodesState
from portal_app.state.shell import ShellState
from portal_app.state.unlinking import UnlinkingState

COMPANIES = (
    Page("/", home.home, "home.title", (ShellState.load, HomeState.load)),
    Page(
        "/betaalcodes",
        payment_codes.payment_codes,
        "payment_codes.title",
        (ShellState.load, PaymentCodesState.load, InactiveCodesState.arrive),
        module=Module.PAYMENT_CODES,
        mistaken=rx.Var.create(PaymentCodesState.mistake_list).length() > 0,
    ),
    Page(
        "/overzicht",
        candidates.overview,
        "candidates.title",
        (ShellState.load, CandidatesState.load, UnlinkingState.arrive),
        module=Module.OVERVIEW,
        mistaken=rx.Var.create(CandidatesState.mistake_list).length() > 0,
    ),
    Page(
        "/overzicht/kandidaat",
        candidates.record,
        "candidates.record",
        (ShellState.load, CandidateRecordState.load, UnlinkingState.arrive),
        module=Module.OVERVIEW,
    ),
    Page(
        COMPANY,
        company_data.overview,
        "company_data.title",
        (ShellState.load, CompanyDataState.load),
        module=Module.COMPANY,
        mistaken=company_data.is_refused(),
    ),
    Page(
        ACCESS,
        access.overview,
        "access.title",
        (ShellState.load, AccessState.load),
        module=Module.ACCESS,
    ),
    Page(
        APPOINT,
        access.appointing,
        "access.appoint",
        (ShellState.load, AppointingState.load),
        module=Module.ACCESS,
        mistaken=PostedForm("appointing").is_refused,
    ),
    Page(
        PARAMETERS,
        access.parameters,
        "capacities.parameters_title",
        (ShellState.load, CapacityParametersState.load),
        module=Module.ACCESS,
        mistaken=PostedForm("capacity_parameters").is_refused,
    ),
)
