"""Making payment codes inactive from the page: the question, the mistakes and what is said."""

import pytest

from portal_app.errors import NotAllowed, Text
from portal_app.gate.guest import Guest, SessionFacts
from portal_app.models import CodeState, PaymentCode
from portal_app.state.inactive_codes import InactiveCodesState
from portal_app.state.payment_codes import PaymentCodesState
from tests import factories

CODE = "EXZA-8F5E-XG5W-U22J"
USED = "E2ZA-8HG6-PH5W-SUSJ"


@pytest.fixture
def codes(cast) -> dict[str, int]:
    """A batch of VAK with an unused code and one that Bob has used."""
    route = factories.make_route(profiles=("Vakmanschap CO",))
    batch = factories.make_batch(cast.vak, factories.profiles_of(route)[0], number="3K2R1S")
    return {
        CODE: factories.make_code(batch, code=CODE).key,
        USED: factories.make_code(batch, code=USED, state=CodeState.USED, used_by=cast.bob).key,
    }


@pytest.fixture
def page(open_state, cast, codes):
    """The list as Sam of staff sees it, with the question beside it."""
    list_page = open_state(PaymentCodesState, cast.sam, "/betaalcodes")
    state = list_page.loop.run_until_complete(list_page.state.get_state(InactiveCodesState))
    facts = SessionFacts(person_id=cast.sam.key, is_staff=True)
    list_page.guest = Guest(list_page.guest.session_key, facts, "192.0.2.1")
    list_page.listed, list_page.state = list_page.state, state
    return list_page


def form(code: int | str = "", reason: str = "Dubbel besteld") -> dict[str, str]:
    return {"code": str(code), "batch": "3K2R1S", "reason": reason}


def test_the_question_names_the_code_and_who_used_it(page, codes):
    page.do(page.state.ask(code_id=codes[USED]))

    asked = page.state
    assert (asked.is_asking, asked.code, asked.code_id) == (True, USED, str(codes[USED]))
    assert (asked.used_by, page.listed._line(codes[USED]).used_by) == (
        "Bob De Smet",
        "De Smet, Bob",
    )
    page.do(page.state.close())
    assert asked.is_asking is False


def test_a_code_that_is_not_shown_is_not_asked_about(page):
    page.do(page.state.ask(code_id=10**6))

    assert page.state.is_asking is False


@pytest.mark.covers("V-26", "V-36")
def test_what_is_done_is_said_and_the_list_shows_it(page, codes):
    page.do(page.state.make_inactive(form=form(codes[CODE])))

    assert page.state.done == Text("payment_codes.made_inactive", {"code": CODE})
    assert page.state.focus == f"switch-{codes[CODE]}"
    line = page.listed._line(codes[CODE])
    assert (line.status, line.inactive_reason) == ("inactive", "Dubbel besteld")

    page.do(page.state.make_active(code_id=codes[CODE]))
    assert page.state.done == Text("payment_codes.made_active", {"code": CODE})
    assert page.listed._line(codes[CODE]).status == "usable"


@pytest.mark.covers("V-36")
def test_of_a_used_code_it_is_said_by_whom_it_was_used(page, codes, cast):
    page.do(page.state.make_inactive(form=form(codes[USED])))

    assert page.state.done.key == "payment_codes.made_inactive_after_use"
    line = page.listed._line(codes[USED])
    assert (line.status, line.inactive != "", line.used_by != "") == ("used", True, True)


def test_a_batch_is_asked_about_and_made_inactive(page, codes):
    page.do(page.state.ask_batch(number="3K2R1S"))
    assert (page.state.is_asking, page.state.code, page.state.batch) == (True, "", "3K2R1S")

    page.do(page.state.make_inactive(form=form()))

    assert page.state.batch_done == Text("payment_codes.batch_made_inactive", {"n": 1})
    assert page.state.done is None
    assert page.state.is_asking is False
    by_code = {one.code: one.state for one in factories.all_of(PaymentCode)}
    assert by_code == {CODE: CodeState.INACTIVE, USED: CodeState.USED}


def batch_made_inactive(page) -> dict[str, str]:
    page.do(page.state.make_inactive(form=form()))
    return {"number": page.state.undoes_batch, "moment": page.state.undoes_moment}


def test_a_batch_made_inactive_is_taken_back_in_one_press(page, codes):
    press = batch_made_inactive(page)

    page.do(page.state.undo_batch(**press))

    assert page.state.batch_done is None
    assert page.state.done == Text("payment_codes.batch_made_active", {"n": 1})
    assert page.listed._line(codes[CODE]).status == "usable"

    page.do(page.state.undo_batch(**press))  # pressed in another tab too
    assert page.state.refusal == Text("payment_codes.switched_meanwhile")


def test_news_of_a_batch_that_is_let_go_leaves_the_codes_inactive(page, codes):
    batch_made_inactive(page)

    page.do(page.state.dismiss())

    assert (page.state.batch_done, page.state.undoes_batch) == (None, "")
    assert page.listed._line(codes[CODE]).status == "inactive"


@pytest.mark.parametrize("moment", ["", "x", "0001-01-01T00:00:00+14:00", "2026-01-01"])
def test_a_press_that_never_was_is_not_taken_back(page, codes, moment):
    batch_made_inactive(page)

    page.do(page.state.undo_batch(number="3K2R1S", moment=moment))

    assert page.state.refusal == Text("payment_codes.switched_meanwhile")
    assert page.listed._line(codes[CODE]).status == "inactive"


def test_without_a_reason_the_question_stays(page, codes):
    page.do(page.state.ask(code_id=codes[CODE]))

    (focus,) = page.do(page.state.make_inactive(form=form(codes[CODE], " ")))

    assert page.state.mistakes == {"reason": Text("payment_codes.reason_empty")}
    assert page.state.is_asking is True
    assert "reason" in str(focus)


@pytest.mark.parametrize("code", ["999999999", "9" * 100, "x"])
def test_what_is_not_there_any_more_is_said_to_be_so(page, code):
    page.do(page.state.make_inactive(form={"code": code, "batch": "ZZZZZZ", "reason": "weg"}))

    assert page.state.done is None
    assert page.state.refusal == Text("payment_codes.switched_meanwhile")


def test_a_manager_has_no_such_button_and_is_refused(open_state, cast, codes):
    page = open_state(PaymentCodesState, cast.alice, "/betaalcodes")
    assert page.state.may_manage is False
    state = page.loop.run_until_complete(page.state.get_state(InactiveCodesState))

    with pytest.raises(NotAllowed):
        page.do(state.make_active(code_id=codes[CODE]))
