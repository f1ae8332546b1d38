"""The browser and the server say the same: languages.js is run as the browser runs it."""

import json
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from portal_app.browser.languages import LanguagesPlugin, in_the_readers_language
from portal_app.languages import (
    EVERYWHERE,
    LOCALES,
    SERVER_ONLY,
    catalogue,
    domain_of,
    domains,
    pack_of,
    placeholders,
    say,
    say_date,
    say_moment,
)

REACT = """
export const Fragment = "fragment";
export const createContext = () => ({});
export const createElement = (type, props, ...children) => {
  if (props?.value) type.value = props.value;
  return { type, children };
};
export const use = (context) => context.value;
export const useSyncExternalStore = (subscribe, snapshot) => {
  subscribe(() => {});
  return snapshot();
};
"""

ASK = """
const asked = await Bun.stdin.json();  // an argument has a longest
const { address, cookie, languages, later, says, saysLater, days, moments, then, touch } = asked;
const replaced = [];
globalThis.window = {
  location: new URL(address),
  history: { state: null, replaceState: (state, title, url) => replaced.push(String(url)) },
};
const touches = [];
globalThis.document = {
  cookie,
  documentElement: {},
  addEventListener: (kind, touched) => touches.push(touched),
};
Object.defineProperty(globalThis, "navigator", { value: { languages }, configurable: true });
const complaints = [];
console.error = (complaint) => complaints.push(complaint);
const page = await import("./page.js");
const { LanguageProvider, Sentence, chooseLanguage, day, moment, unbroken } = page;
const settled = () => new Promise((done) => setTimeout(done, 100));
const drawn = (texts) => {
  LanguageProvider({ children: [] });
  return texts.map(([key, values]) => page.say(key, values));
};
await settled();
if (then) await chooseLanguage(then);
if (touch) touches.forEach((touched) => touched());
if (then || touch) await settled();
const atFirst = drawn(says);
for (const pack of later) await import(`./utils/texts/${pack}.js`);
await settled();
drawn(saysLater ?? says); // as React does when something was fetched
await settled();
console.log(JSON.stringify({
  locale: page.locale(),
  lang: document.documentElement.lang,
  cookie: document.cookie,
  replaced,
  atFirst,
  said: drawn(saysLater ?? says),
  complaints,
  days: days.map(day),
  moments: moments.map(moment),
  whole: unbroken(asked.whole).map((one) =>
    one.children?.map((part) => (part.type ? `<${part.children}>` : part)).join("") ?? one
  ),
  rich: Sentence({
    text: "shell.title", names: ["page"], values: { portal: "<b>" }, children: "element",
  }),
}));
"""

PACKS = sorted({pack_of(domain) for domain in domains() if domain not in SERVER_ONLY})
VALUES = {"n": (0, 1, 2, 1234567), "other": ("{portal} $& <b>", 12345)}


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """Lay the built modules out beside a stand-in for React, and run them with bun."""
    bun = shutil.which("bun", path=str(Path(sys.executable).parent)) or shutil.which("bun")
    folder = tmp_path_factory.mktemp("browser")
    for path, content in LanguagesPlugin().get_static_assets():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(str(content).replace('"$/utils/', '"./'), encoding="utf-8")
    (folder / "node_modules/react").mkdir(parents=True)
    (folder / "node_modules/react/index.js").write_text(REACT, encoding="utf-8")
    (folder / "ask.js").write_text(ASK, encoding="utf-8")

    def ask(
        *,
        address="http://portal.example/",
        cookie="",
        languages=(),
        says=(),
        days=(),
        moments=(),
        whole="",
        then=None,
        packs=PACKS,
        later=(),
        says_later=None,
        touch=False,
    ):
        imports = "".join(f'import "./utils/texts/{pack}.js";\n' for pack in packs)
        page = f'{imports}export * from "./utils/languages.js";\n'
        (folder / "page.js").write_text(page, encoding="utf-8")
        asked = json.dumps(
            {
                "address": address,
                "cookie": cookie,
                "languages": languages,
                "says": says,
                "days": days,
                "moments": moments,
                "whole": whole,
                "then": then,
                "later": later,
                "saysLater": says_later,
                "touch": touch,
            }
        )
        asked = {"input": asked, "capture_output": True, "text": True}
        ran = subprocess.run([str(bun), "ask.js"], cwd=folder, check=False, **asked)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return ask


def every_way(key):
    forms = catalogue("nl").forms[key]
    names = frozenset().union(*map(placeholders, forms)) | ({"n"} if len(forms) > 1 else set())
    for number in range(4 if "n" in names else 2):
        yield {
            name: VALUES["n"][number] if name == "n" else VALUES["other"][number % 2]
            for name in sorted(names)
        }


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_is_said_as_the_server_says_it(browser, locale):
    carried = [key for key in catalogue(locale).forms if domain_of(key) not in SERVER_ONLY]
    says = [(key, values) for key in carried for values in every_way(key)]

    answer = browser(languages=[locale], says=says)

    assert answer["said"] == [say(key, locale, **values) for key, values in says]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_packs_of_the_page_one_goes_to_are_fetched_in_the_language_being_read(browser, locale):
    says = [("profile.title", {}), ("shell.reload", {})]
    ours = [say(key, locale) for key, _ in says]

    answer = browser(
        languages=[locale],
        packs=[EVERYWHERE],
        later=[pack_of("profile")],
        says_later=says,
        says=says[1:],
    )

    assert (answer["atFirst"], answer["said"]) == (ours[1:], ours)
    assert not answer["complaints"]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_text_told_without_its_pack_is_silent_until_it_has_been_fetched(browser, locale):
    answer = browser(languages=[locale], packs=[EVERYWHERE], says=[("profile.title", {})])

    assert (answer["atFirst"], answer["said"]) == ([""], [say("profile.title", locale)])
    assert answer["complaints"] == ["No pack of this page has profile.title"]


@pytest.mark.parametrize("locale", LOCALES)
def test_what_went_wrong_can_be_told_from_the_first_touch_of_a_page(browser, locale):
    mistake = ("errors.sign_in_wrong", {})
    ours = say(mistake[0], locale)

    touched = browser(languages=[locale], packs=[EVERYWHERE], says=[mistake], touch=True)
    untouched = browser(languages=[locale], packs=[EVERYWHERE], says=[mistake])

    assert (touched["atFirst"], touched["said"]) == ([ours], [ours])
    assert (untouched["atFirst"], untouched["said"]) == ([""], [ours])
    assert touched["complaints"] == untouched["complaints"] == []


def test_nested_texts_are_said_as_the_server_says_them(browser):
    missing = [{"key": f"errors.lacks_{what}", "values": {}} for what in ("capital", "digit")]

    answer = browser(languages=["nl"], says=[("errors.password_lacks", {"missing": missing})])

    assert answer["said"] == ["In uw wachtwoord ontbreekt nog: een hoofdletter, een cijfer."]


def test_no_text_says_nothing(browser):
    assert browser(says=[("", {}), (None, None)])["said"] == ["", ""]


def test_dates_and_moments_are_written_as_the_server_writes_them(browser):
    moments = ["2026-10-25T00:30:00+00:00", "2026-12-31T23:30:00Z", "2022-04-22T10:49:00+02:00"]
    days = ["1985-04-12", *moments]

    answer = browser(moments=moments, days=days)

    assert answer["moments"] == [say_moment(datetime.fromisoformat(at), "nl") for at in moments]
    assert answer["days"] == [say_date(datetime.fromisoformat(at), "nl") for at in days]


@pytest.mark.parametrize("nothing", ["", None, "gisteren"])
def test_no_date_is_written_as_nothing(browser, nothing):
    answer = browser(moments=[nothing], days=[nothing])

    assert (answer["moments"], answer["days"]) == ([""], [""])


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("Tot 23-11-2026 om 9.00 uur", ["23-11-2026"]),
        ("Code 7K3QM-PX9TD, per e-mail.", ["7K3QM-PX9TD", "e-mail"]),
        ("Naar an-e-mail.x@post.voorbeeld.nl.", ["an<-e><-m>ail.<>x@<>post.<>voorbeeld.<>nl."]),
    ],
)
def test_dates_codes_and_addresses_are_said_in_one_piece(browser, words, pieces):
    drawn = browser(whole=words)["whole"]

    assert drawn[1::2] == pieces
    assert "".join(drawn).replace("<", "").replace(">", "") == words


@pytest.mark.parametrize(
    ("knows", "locale"),
    [
        ({"languages": ["fr-BE", "nl"]}, "fr"),
        ({"languages": ["pt-PT", "DE"]}, "de"),
        ({"languages": ["pt-PT"]}, "nl"),
        ({"languages": ["fr"], "cookie": "a=b; language=en"}, "en"),
        ({"languages": ["fr"], "cookie": "language=xx"}, "fr"),
        ({"cookie": "language=en", "address": "http://portal.example/?lang=de"}, "de"),
        ({"cookie": "language=en", "address": "http://portal.example/?lang=xx"}, "en"),
    ],
)
def test_the_address_the_choice_and_the_browser_are_asked_in_turn(browser, knows, locale):
    answer = browser(**knows)

    assert (answer["locale"], answer["lang"]) == (locale, locale)


def test_a_choice_is_kept_for_a_year_and_leaves_the_address(browser):
    answer = browser(address="https://portal.example/hulp?lang=de&org=7", then="fr")

    assert answer["locale"] == "fr"
    assert answer["cookie"] == "language=fr; path=/; max-age=31536000; samesite=lax; secure"
    assert answer["replaced"] == ["https://portal.example/hulp?org=7"]


def test_an_element_goes_to_its_place_and_values_stay_text(browser):
    rich = browser(languages=["nl"])["rich"]

    assert rich == ["", {"type": "fragment", "children": ["element"]}, " – ", "<b>", ""]


def test_reflex_announces_a_new_version_in_our_words():
    english = 'banner.append("A new version of this app is available.");\nx = "Reload";'

    ours = in_the_readers_language(english)

    assert "A new version" not in ours
    assert "shell.new_version" in ours
    assert in_the_readers_language(ours) == ours


def test_a_reflex_that_says_something_else_stops_the_build():
    with pytest.raises(RuntimeError, match="look again"):
        in_the_readers_language("export const connect = 1;")
