"""What the pages of the second step are told: which ways there are, and never a secret."""

from portal_app.models import AuthenticatorApp, BrowserSession, Owed
from portal_app.state.factor_proofs import FactorProofState
from portal_app.state.factors import FactorsState
from tests import factories


def test_the_cards_show_what_somebody_has(open_state, cast):
    page = open_state(FactorsState, cast.alice, "/beveiliging")
    assert (page.state.app_since, page.state.passkeys, page.state.has_any) == ("", [], False)

    secret = factories.make_app(cast.alice)
    factories.make_recovery_code(cast.alice)
    factories.make_passkey(cast.alice)
    page.go("/beveiliging?gewijzigd=app")

    (app,) = factories.all_of(AuthenticatorApp)
    assert page.state.app_since == app.confirmed_at.isoformat()
    assert [one.name for one in page.state.passkeys] == ["Laptop"]
    assert (page.state.has_any, page.state.codes_left) == (True, 1)
    assert page.state.change_key == "factors.changed_app"
    told = repr(page.state.dict())
    assert secret not in told
    assert app.secret not in told


def test_an_address_says_only_what_the_page_knows(open_state, cast):
    page = open_state(FactorsState, cast.alice, "/beveiliging?gewijzigd=alles")

    assert page.state.change_key == ""


def test_a_proof_is_offered_with_what_somebody_has(open_state, cast):
    page = open_state(FactorProofState, cast.alice, "/bevestigen")
    assert page.state.login == "alice@voorbeeld.example"
    assert (page.state.with_password, page.state.is_coming_in) == (True, False)

    factories.make_passkey(cast.alice)
    (session,) = factories.all_of(BrowserSession)
    session.owes = (Owed.PROOF,)
    factories.rewrite(session)
    page.go("/bevestigen")

    assert (page.state.with_password, page.state.is_coming_in) == (False, True)
    assert (page.state.has_app, page.state.has_passkeys, page.state.has_codes) == (
        False,
        True,
        False,
    )
