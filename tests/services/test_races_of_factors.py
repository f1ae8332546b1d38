"""Second steps, fifty times at once: a code is used once, and one app is begun."""

import pytest

from portal_app.errors import Refused
from portal_app.models import AuthenticatorApp, Owed, RecoveryCode
from portal_app.services import authenticator_apps, factor_proofs
from portal_app.services.factor_proofs import Proof
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.harness.crowd import all_at_once

CROWD = 50


@pytest.fixture
def alice_many_times(cast) -> list[Browser]:
    """Browsers in which Alice has typed her password, and owes a proof."""
    return [
        Browser(factories.sign_in(cast.alice, owes=(Owed.PROOF,)), None, "Firefox, Linux")
        for _ in range(CROWD)
    ]


def test_one_of_fifty_comes_in_with_a_code_of_the_app(cast, alice_many_times) -> None:
    secret = factories.make_app(cast.alice)
    code = factories.code_of(secret)

    given = all_at_once(
        [
            lambda one=one, n=n: run(factor_proofs.by_app, one, code=code, new_key=f"n{n:063d}")
            for n, one in enumerate(alice_many_times)
        ]
    )

    assert sum(isinstance(one, Proof) for one in given) == 1
    assert sum(isinstance(one, Refused) for one in given) == CROWD - 1


def test_one_of_fifty_comes_in_with_a_recovery_code(cast, alice_many_times) -> None:
    factories.make_app(cast.alice)
    code = factories.make_recovery_code(cast.alice)

    given = all_at_once(
        [
            lambda one=one, n=n: run(
                factor_proofs.by_recovery_code, one, code=code, new_key=f"n{n:063d}"
            )
            for n, one in enumerate(alice_many_times)
        ]
    )

    assert sum(isinstance(one, Proof) for one in given) == 1
    (kept,) = factories.all_of(RecoveryCode)
    assert kept.used_at is not None


def test_fifty_presses_begin_one_app_and_one_code_takes_it_into_use_once(cast) -> None:
    browser = Browser(factories.sign_in(cast.alice), None, "Firefox, Linux")

    begun = all_at_once([lambda: run(authenticator_apps.begin, browser)] * CROWD)

    assert len({one.key for one in begun}) == 1
    code = factories.code_of(begun[0].key)
    made = all_at_once([lambda: run(authenticator_apps.confirm, browser, code=code)] * CROWD)
    assert sum(isinstance(one, tuple) for one in made) == 1
    (app,) = factories.all_of(AuthenticatorApp)
    assert app.confirmed_at is not None
    assert len(factories.all_of(RecoveryCode)) == 10
