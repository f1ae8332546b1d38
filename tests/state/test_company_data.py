"""The page of a company's data without a browser: what stays while others change it."""

from portal_app.services import bank_accounts, company_data
from portal_app.services.company_data import CompanyAddress
from portal_app.state.company_data import CompanyDataState
from portal_app.unit_of_work import run
from tests.harness.cast import acting_as

PAGE = "/bedrijf?wijzig="
ADDRESS = CompanyAddress("Mijnlaan 15", "3500", "Hasselt")


def move(cast, who) -> None:
    """Let a colleague save another address."""
    asked = {"organisation_id": cast.de_smet.key, "version": 0}
    run(company_data.change, acting_as(who), wanted=ADDRESS, **asked)


def enter(cast, who) -> None:
    """Let a colleague enter an account."""
    asked = {"organisation_id": cast.de_smet.key, "version": 0}
    run(bank_accounts.enter, acting_as(who), iban="BE68539007547034", holder="x", **asked)


def test_deciding_on_an_account_does_not_hide_that_the_address_changed(cast, open_state):
    enter(cast, cast.dora)
    page = open_state(CompanyDataState, cast.bob, f"{PAGE}adres")
    move(cast, cast.dora)

    page.do(page.state.ask("confirm"))
    page.do(page.state.decide())

    assert (page.state.said.key, page.state.is_newer) == ("company_data.done_confirm", True)
    assert page.state.newest.by == "Dora Maes"


def test_an_account_that_came_to_wait_meanwhile_is_told(cast, open_state):
    page = open_state(CompanyDataState, cast.bob, f"{PAGE}rekening")
    assert page.state.editing == "bank_account"
    enter(cast, cast.dora)

    page.do(page.state.compare())

    assert page.state.refused.key == "company_data.wrong_account_waits"
    assert (page.state.editing, page.state.waiting.by) == ("", "Dora Maes")


def test_a_question_in_the_address_is_asked_again_after_proving_who_one_is(cast, open_state):
    enter(cast, cast.dora)

    asked = open_state(CompanyDataState, cast.bob, "/bedrijf?vraag=confirm").state
    junk = open_state(CompanyDataState, cast.bob, "/bedrijf?vraag=<script>").state

    assert (asked.asking, junk.asking) == ("confirm", "")
