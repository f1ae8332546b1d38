"""The table of applications, spelled out a second time on purpose: a slip in it shows here."""

import pytest

from portal_app.applications import (
    FINISHED,
    PAYLOADS,
    RULES,
    ApplicationKind,
    ApplicationState,
    said_with,
)
from portal_app.languages import catalogue
from portal_app.permissions import Right
from portal_app.services import identity_checks

DECIDES = {
    ApplicationKind.ADDRESS_FORGOTTEN: Right.IDENTITY_CHECK,
    ApplicationKind.ADDRESS_CHANGED: Right.IDENTITY_CHECK,
    ApplicationKind.LOST_FACTOR: Right.IDENTITY_CHECK,
    ApplicationKind.ACTIVATION_CODES: Right.IDENTITY_CHECK,
    ApplicationKind.ACCESS: Right.INVITATIONS_MANAGE,
    ApplicationKind.ROLE: Right.GRANTS_GIVE,
    ApplicationKind.CAPACITY: Right.CAPACITIES_APPROVE,
    ApplicationKind.CO_MANAGER: Right.ACCESS_GIVE,
}
IDENTITY = (
    ApplicationKind.ADDRESS_FORGOTTEN,
    ApplicationKind.ADDRESS_CHANGED,
    ApplicationKind.LOST_FACTOR,
    ApplicationKind.ACTIVATION_CODES,
)
MOVES = {
    ApplicationKind.ADDRESS_FORGOTTEN: """
        submitted in_progress staff
        in_progress waiting staff
        in_progress checked staff
        in_progress refused staff
        waiting in_progress staff
        waiting refused staff
        checked in_progress staff
        checked done staff
    """,
    ApplicationKind.LOST_FACTOR: """
        submitted in_progress staff
        in_progress waiting staff
        in_progress checked staff
        in_progress refused staff
        waiting in_progress staff
        waiting refused staff
        checked in_progress staff
        checked done staff
    """,
    ApplicationKind.ACTIVATION_CODES: """
        submitted in_progress staff
        in_progress waiting staff
        in_progress checked staff
        in_progress refused staff
        waiting in_progress staff
        waiting refused staff
        checked in_progress staff
        checked done staff
    """,
    ApplicationKind.ADDRESS_CHANGED: """
        submitted in_progress staff
        in_progress waiting staff
        in_progress checked staff
        in_progress refused staff
        waiting in_progress staff
        waiting refused staff
        checked in_progress staff
        checked approved staff
        approved refused staff
    """,
    ApplicationKind.ACCESS: """
        submitted in_progress staff
        in_progress waiting staff
        in_progress done staff
        in_progress refused staff
        waiting in_progress staff
        waiting refused staff
    """,
    ApplicationKind.ROLE: """
        submitted in_progress staff
        in_progress waiting staff
        in_progress done staff
        in_progress refused staff
        waiting in_progress staff
        waiting refused staff
    """,
    ApplicationKind.CAPACITY: """
        submitted in_progress staff
        in_progress waiting staff
        in_progress done staff
        in_progress refused staff
        waiting in_progress staff
        waiting refused staff
    """,
    ApplicationKind.CO_MANAGER: """
        submitted in_progress staff
        submitted done staff
        submitted refused staff
        in_progress waiting staff
        in_progress done staff
        in_progress refused staff
        waiting in_progress staff
        waiting refused staff
    """,
}


OWN_MOVES = """
    submitted withdrawn
    in_progress withdrawn
    waiting in_progress
    waiting withdrawn
    checked withdrawn
"""
BY_A_PROOF = """
    submitted done
    in_progress done
    waiting done
    checked done
"""
OWN_MOVES_MORE = {
    ApplicationKind.ACCESS: BY_A_PROOF,
    ApplicationKind.ROLE: BY_A_PROOF,
    ApplicationKind.ADDRESS_CHANGED: """
    approved done
    approved withdrawn
""",
}


def moves_of(kind: ApplicationKind) -> set[tuple[str, str, str]]:
    return {
        (before.value, after.value, "staff")
        for before, follow in RULES[kind].moves.items()
        for after in follow
    }


def lines(text: str) -> set[tuple[str, ...]]:
    return {tuple(line.split()) for line in text.split("\n") if line.strip()}


@pytest.mark.parametrize("kind", ApplicationKind, ids=str)
def test_these_moves_there_are_and_no_others(kind: ApplicationKind) -> None:
    assert moves_of(kind) == lines(MOVES[kind])


@pytest.mark.parametrize("kind", ApplicationKind, ids=str)
def test_the_applicant_makes_these_moves_and_no_others(kind: ApplicationKind) -> None:
    own = {
        (before.value, after.value)
        for before, follow in RULES[kind].own_moves.items()
        for after in follow
    }

    assert own == lines(OWN_MOVES + OWN_MOVES_MORE.get(kind, ""))


@pytest.mark.parametrize("kind", ApplicationKind, ids=str)
def test_staff_move_an_application_with_the_right_of_its_kind_alone(kind) -> None:
    rule = RULES[kind]
    rights = {who for follow in rule.moves.values() for who in follow.values()}

    assert rights == {rule.decides} == {DECIDES[kind]}


@pytest.mark.parametrize("kind", ApplicationKind, ids=str)
def test_every_way_begins_where_it_comes_in_and_ends(kind) -> None:
    rule = RULES[kind]
    moves = {
        state: {*rule.moves.get(state, {}), *rule.own_moves.get(state, ())}
        for state in {*rule.moves, *rule.own_moves}
    }
    reached, ahead = set(), {ApplicationState.SUBMITTED}
    while ahead:
        at = ahead.pop()
        reached.add(at)
        ahead |= moves.get(at, set()) - reached

    assert reached >= set(rule.moves)
    assert reached - set(moves) == FINISHED


@pytest.mark.parametrize("kind", IDENTITY, ids=str)
def test_what_turns_on_identity_passes_by_a_second_member_of_staff(kind) -> None:
    rule = RULES[kind]
    assert rule.needs_two
    for agreed in (ApplicationState.APPROVED, ApplicationState.DONE):
        leads = {before for before, follow in rule.moves.items() if agreed in follow}
        assert leads <= {ApplicationState.CHECKED, ApplicationState.APPROVED}


@pytest.mark.parametrize("kind", IDENTITY, ids=str)
def test_the_second_is_told_what_comes_of_agreeing(kind) -> None:
    assert f"applications.outcome_{kind.value}" in catalogue("nl").forms
    assert kind in identity_checks.OUTCOMES


def test_every_kind_has_what_it_holds() -> None:
    assert set(PAYLOADS) == set(RULES) == set(ApplicationKind)


def test_every_reason_to_refuse_and_every_question_is_a_sentence() -> None:
    keys = {
        said_with(state, word)
        for rule in RULES.values()
        for state, words in (
            (ApplicationState.REFUSED, rule.reasons),
            (ApplicationState.WAITING, rule.questions),
        )
        for word in words
    }

    assert keys <= catalogue("nl").forms.keys()
    assert said_with(ApplicationState.DONE, "") == ""
