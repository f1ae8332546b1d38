"""The page of payment codes follows its address, and every link on it is such an address."""

import pytest

from portal_app.errors import NotFound, Text
from portal_app.gate.arguments import BadArguments
from portal_app.models import AuditEvent, CodeState, PaymentCode
from portal_app.reading_payment_codes import CodeOrder
from portal_app.state.payment_codes import PaymentCodesState
from tests import factories

START = "/betaalcodes"


@pytest.fixture
def batch(cast):
    """Thirty codes of VAK in one batch: one used, one inactive; and a code of JON."""
    route = factories.make_route(profiles=("Vakmanschap CO",))
    (profile,) = factories.profiles_of(route)
    made = factories.make_batch(cast.vak, profile, number="3K2R1S", reference="Test")
    for _ in range(28):
        factories.make_code(made)
    factories.make_code(made, state=CodeState.USED, used_by=cast.bob)
    factories.make_code(made, state=CodeState.INACTIVE)
    factories.make_code(factories.make_batch(cast.jon, profile, number="9ZZ9ZZ"))
    return made


@pytest.fixture
def open_at(open_state, cast, batch):
    """`open_at(address)`: the page as Alice of VAK sees it."""
    del batch

    def opened(address: str = START):
        return open_state(PaymentCodesState, cast.alice, address)

    return opened


def address_of(answers) -> str:
    """Return where an event sends the browser."""
    (redirect,) = answers
    arguments = {str(name): value for name, value in redirect.args}
    return str(arguments["path"]).strip('"')


@pytest.mark.covers("V-28")
def test_the_bare_address_shows_the_first_page(open_at):
    state = open_at().state

    assert (state.view, state.total, state.first, state.last) == ("list", 30, 1, 25)
    assert [group.number for group in state.groups] == ["3K2R1S"]
    assert (state.groups[0].used, state.groups[0].total) == (1, 30)
    assert [link.number for link in state.pages] == [1, 2]
    assert (state.previous, state.following) == ("", "/betaalcodes?pagina=2")
    assert state.is_busy is False


def test_a_page_past_the_end_is_the_last_one(open_at):
    state = open_at(f"{START}?pagina=99").state

    assert (state.first, state.last) == (26, 30)
    assert (state.previous, state.following) == (["/betaalcodes", "pagina=1"][0], "")


def test_links_of_the_pager_keep_the_filters(open_at):
    state = open_at(f"{START}?trefwoorden=test&status=te-gebruiken&groepeer=nee").state

    query = "trefwoorden=test&status=te-gebruiken&groepeer=nee"
    assert state.following == f"{START}?{query}&pagina=2"
    assert state.sizes[1].href == f"{START}?{query}&aantal=50"
    assert state.excel == "/downloads/betaalcodes.xlsx?trefwoorden=test&status=te-gebruiken"


@pytest.mark.covers("V-27")
def test_the_fields_show_what_the_address_asks_for(open_at):
    state = open_at(f"{START}?trefwoorden=%233K2R1S&profiel=Vakmanschap+CO&van=2022-4-1").state

    assert state.typed == {
        "trefwoorden": "#3K2R1S",
        "organisatie": "",
        "profiel": "Vakmanschap CO",
        "van": "01-04-2022",
        "tot": "",
        "status": "",
    }
    assert [(chip.label_key, chip.value) for chip in state.chips] == [
        ("components.keywords", "#3K2R1S"),
        ("payment_codes.profile", "Vakmanschap CO"),
        ("payment_codes.created_from", "01-04-2022"),
    ]


def test_a_chip_takes_off_its_own_filter_only(open_at):
    state = open_at(f"{START}?trefwoorden=test&status=gebruikt&sortering=gebruikt").state

    words, status = state.chips
    assert words.href == f"{START}?status=gebruikt&sortering=gebruikt"
    assert (status.value, status.href) == (
        Text("payment_codes.status_used"),
        f"{START}?trefwoorden=test&sortering=gebruikt",
    )


def test_a_list_that_cannot_be_had_says_so_and_keeps_what_was_typed(open_at, monkeypatch):
    page = open_at()

    async def away(*_, **__):
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(PaymentCodesState, "_run", away)
        page.go(f"{START}?trefwoorden=abc")
    assert (page.state.view, page.state.is_busy) == ("failed", False)
    assert page.state.typed["trefwoorden"] == "abc"
    page.go(START)
    assert page.state.view == "list"


@pytest.mark.covers("V-36")
def test_a_wrong_day_is_told_at_its_field_and_keeps_what_was_typed(open_at):
    page = open_at()
    page.state.router = page.state.router.from_router_data(
        {"asPath": f"{START}?van=22-04-2026&tot=21-04-2026"}
    )

    answers = page.do(page.state.load())

    assert page.state.mistakes["tot"].key == "errors.date_order"
    assert (page.state.typed["van"], page.state.typed["tot"]) == ("22-04-2026", "21-04-2026")
    assert [chip.value for chip in page.state.chips] == ["22-04-2026"]
    assert [(one.control, one.key) for one in page.state.mistake_list] == [
        ("tot", "errors.date_order")
    ]
    assert "ref_mistakes" in str(answers[0].args)  # the focus goes there


def test_applying_goes_to_the_address_of_what_was_typed(open_at):
    page = open_at(f"{START}?sortering=gebruikt&pagina=2&trefwoorden=oud")
    typed = {"trefwoorden": " EXZA ", "van": "1/4/2022", "status": "gebruikt", "vreemd": "x"}

    assert address_of(page.do(page.state.apply(form=typed))) == (
        f"{START}?trefwoorden=EXZA&van=01-04-2022&status=gebruikt&sortering=gebruikt"
    )


def test_a_day_that_cannot_be_read_goes_along_as_it_was_typed(open_at):
    page = open_at()

    assert address_of(page.do(page.state.apply(form={"van": "31-02-2022"}))) == (
        f"{START}?van=31-02-2022"
    )


def test_sorting_and_grouping_are_addresses(open_at):
    page = open_at(f"{START}?status=gebruikt&pagina=2")

    assert address_of(page.do(page.state.sort(column=CodeOrder.USED))) == (
        f"{START}?status=gebruikt&sortering=gebruikt"
    )
    assert address_of(page.do(page.state.regroup())) == f"{START}?status=gebruikt&groepeer=nee"
    page.go(f"{START}?groepeer=nee")
    assert address_of(page.do(page.state.regroup())) == START


def test_without_groups_there_is_one_list_without_a_head(open_at):
    state = open_at(f"{START}?groepeer=nee").state

    assert [(group.number, len(group.lines)) for group in state.groups] == [("", 25)]


def test_the_stock_has_figures_that_filter_and_warns_only_when_short(open_at):
    state = open_at().state

    assert (state.usable, state.is_short, state.all_codes) == (28, False, 30)
    assert [(one.status, one.count, one.href) for one in state.figures] == [
        ("used", 1, f"{START}?status=gebruikt"),
        ("usable", 28, f"{START}?status=te-gebruiken"),
        ("inactive", 1, f"{START}?status=inactief"),
    ]
    assert sum(segment.share for segment in state.stock) in range(95, 106)


def test_fewer_than_ten_codes_left_is_short(open_at, batch):
    for code in factories.all_of(PaymentCode)[:19]:
        code.state, code.inactive_at = CodeState.INACTIVE, code.created_at
        factories.write(code)

    state = open_at().state

    assert (state.usable, state.is_short) == (9, True)


def test_nothing_found_is_not_nothing_there(open_at):
    state = open_at(f"{START}?trefwoorden=nergens").state

    assert (state.view, state.may_export, state.has_stock) == ("nothing_found", False, True)


def test_without_any_code_there_is_nothing_yet(open_state, cast):
    state = open_state(PaymentCodesState, cast.alice, START).state

    assert (state.view, state.has_stock) == ("nothing_yet", False)


def test_whoever_may_not_see_codes_is_told_and_keeps_none(open_state, cast, batch):
    page = open_state(PaymentCodesState, cast.dora, START)
    assert page.state.view == "list"

    page.go(f"{START}?org={cast.de_smet.key}")

    assert (page.state.view, page.state.groups, page.state.total) == ("refused", [], 0)


def test_the_organisation_of_the_address_stays_in_every_link(open_state, cast, batch):
    state = open_state(PaymentCodesState, cast.dora, f"{START}?org={cast.vak.key}").state
    org = f"org={cast.vak.key}"

    links = [
        state.following,
        state.csv,
        *(one.href for one in (*state.sizes, *state.figures)),
        *(group.copy_from for group in state.groups),
    ]
    assert all(link.endswith(org) for link in links)


def test_a_copy_is_written_down_and_never_one_of_another_organisation(open_at):
    page = open_at()
    mine = page.state.groups[0].lines[0].id
    theirs = factories.all_of(PaymentCode)[-1].key

    page.do(page.state.copied(code_id=mine))
    with pytest.raises(NotFound):
        page.do(page.state.copied(code_id=theirs))

    copied = [one for one in factories.all_of(AuditEvent) if one.action == "payment_codes.copied"]
    assert [one.about_id for one in copied] == [mine]


def test_a_column_that_does_not_exist_cannot_be_sorted_by(open_at):
    page = open_at()

    with pytest.raises(BadArguments):
        page.do(page.state.sort(column="search"))
