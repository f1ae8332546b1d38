"""The console reads what an operator types, and says in one sentence what is wrong."""

import pytest

from portal_app.command import main
from portal_app.console import commands, inviting, staff
from portal_app.languages import LOCALES
from portal_app.permissions import INVITABLE_ROLES, STAFF_ROLES


def said(capsys, *words: str) -> str:
    """What a wrong command says; it must say nothing else, and end with 2."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert not told.out
    assert told.err.count("\n") == 1
    return told.err


def test_the_roles_that_are_offered_are_those_of_the_portal() -> None:
    assert inviting._ROLES == INVITABLE_ROLES
    assert set(staff._ROLES) == STAFF_ROLES
    assert commands.LOCALES == LOCALES


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["demo", "--candidates", "many"], "give a number from 0 to 50000"),
        (["demo", "--candidates", "50001"], "give a number from 0 to 50000"),
        (["import"], "required: COMMAND"),
        (["import", "candidates"], "required: FILE"),
        (["import", "candidates", "a.xlsx", "--locale", "es"], "invalid choice: 'es'"),
        (["invite", "a@b.example", "--role", "user"], "required: --company"),
        (["invite", "a@b.example", "--company", "1", "--role", "staff"], "invalid choice: 'staff'"),
        (["staff", "add"], "required: EMAIL"),
        (["staff", "add", "a@b.example", "--role", "user"], "invalid choice: 'user'"),
    ],
)
def test_what_is_typed_wrong_is_explained_in_one_sentence(words, sentence, capsys) -> None:
    assert sentence in said(capsys, *words)


@pytest.mark.parametrize("command", ["demo", "invite", "staff add", "import candidates"])
def test_every_command_explains_itself(command, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: portal {command}")
