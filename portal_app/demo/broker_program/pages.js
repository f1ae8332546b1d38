// The pages of the test broker: choosing a supplier, and logging in there.

const SUPPLIERS = ["Brugpas", "Poortsleutel", "Zekerpas", "Zilverslot"];
const OUTCOMES = {
  success: "test_broker.outcome_success",
  no_mandate: "test_broker.outcome_no_mandate",
  chain: "test_broker.outcome_chain",
  citizen: "test_broker.outcome_citizen",
  slow: "test_broker.outcome_slow",
  broken: "test_broker.outcome_broken",
};
const LEVEL_NAMES = { loa2: "EH2", loa2plus: "EH2+", loa3: "EH3", loa4: "EH4" };
const LANGUAGES = { nl: "Nederlands", fr: "Français", en: "English", de: "Deutsch" };

export const supplierNames = SUPPLIERS;

export function languageOf(ctx, settings, wished) {
  const asked = ctx.query.taal || ctx.cookies.get("broker_language") || wished;
  return Object.hasOwn(settings.texts, asked ?? "") ? asked : "nl";
}

export function chooser({ settings, locale, path, remembered, wrong }) {
  const t = sayer(settings, locale);
  const chosen = decodeURIComponent(remembered);
  const options = SUPPLIERS.map((name) => option(name, name, name === chosen)).join("");
  const values = { organisation: settings.organisation, service: settings.service[locale] };
  return page({
    t,
    locale,
    title: t("test_broker.choose_title"),
    content: `
      <p>${t("test_broker.choose_text", { ...values, level: LEVEL_NAMES[settings.least_level] })}</p>
      ${wrong ? `<p role="alert" class="wrong">${t("test_broker.supplier_missing")}</p>` : ""}
      <form method="post" action="${path}">
        <label for="supplier">${t("test_broker.supplier")}</label>
        <select id="supplier" name="supplier">
          <option value="">${t("test_broker.choose")}</option>${options}
        </select>
        <p><label class="tick"><input type="checkbox" name="remember" value="yes" checked>
          ${t("test_broker.remember")}</label></p>
        ${buttons(t, "choose", "test_broker.further")}
      </form>`,
  });
}

export function supplierLogin({ settings, locale, path, form }) {
  const t = sayer(settings, locale);
  const companies = settings.companies
    .map(({ number, name }) => option(number, `${name} (${number})`))
    .join("");
  const levels = Object.entries(LEVEL_NAMES)
    .map(([level, name]) => option(level, name, level === "loa3"))
    .join("");
  const outcomes = Object.entries(OUTCOMES)
    .map(([outcome, key]) => option(outcome, settings.texts[locale][key]))
    .join("");
  return page({
    t,
    locale,
    title: t("test_broker.login_title", { supplier: form.supplier }),
    content: `
      <p>${t("test_broker.login_text")}</p>
      <form method="post" action="${path}">
        <label for="username">${t("test_broker.username")}</label>
        <input id="username" name="username" value="jan.janssen" autocomplete="off">
        <label for="company">${t("test_broker.company")}</label>
        <select id="company" name="company">${companies}</select>
        <label for="other_company">${t("test_broker.other_company")}</label>
        <input id="other_company" name="other_company" inputmode="numeric" autocomplete="off">
        <label for="branch">${t("test_broker.branch")}</label>
        <input id="branch" name="branch" inputmode="numeric" autocomplete="off">
        <label for="level">${t("test_broker.level")}</label>
        <select id="level" name="level">${levels}</select>
        <label for="outcome">${t("test_broker.outcome")}</label>
        <select id="outcome" name="outcome">${outcomes}</select>
        ${buttons(t, "log_in", "test_broker.log_in")}
      </form>`,
  });
}

function buttons(t, action, label) {
  return `<p class="buttons">
    <button class="first" name="doe" value="${action}">${t(label)}</button>
    <button name="doe" value="cancel">${t("test_broker.cancel")}</button></p>`;
}

function option(value, words, isChosen = false) {
  const chosen = isChosen ? " selected" : "";
  return `<option value="${escaped(value)}"${chosen}>${escaped(words)}</option>`;
}

function sayer(settings, locale) {
  return (key, values = {}) =>
    escaped(settings.texts[locale][key].replaceAll(/\{(\w+)\}/g, (_, name) => values[name]));
}

function escaped(text) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return String(text).replaceAll(/[&<>"']/g, (sign) => entities[sign]);
}

function page({ t, locale, title, content }) {
  const others = Object.entries(LANGUAGES)
    .filter(([language]) => language !== locale)
    .map(([language, name]) => `<a href="?taal=${language}" lang="${language}">${name}</a>`)
    .join(" ");
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - EHerkenning</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="test">${t("test_broker.test_bar")}</p>
<div><b>EHerkenning</b><nav aria-label="${t("test_broker.languages")}">${others}</nav></div>
</header>
<main><h1>${title}</h1>${content}</main>
</body>
</html>`;
}

const STYLE = `
*{box-sizing:border-box}
body{margin:0;background:#f3f3f6;color:#1d1d26;font:1.0625rem/1.5 system-ui,sans-serif}
.test{margin:0;padding:.5rem 1.25rem;background:#ffd94a;font-weight:600;text-align:center}
header div{display:flex;justify-content:space-between;gap:1rem;padding:1rem 1.25rem;background:#fff}
header b{color:#9c0049;font-size:1.25rem}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem}
a{color:#1b4f9c}
main{max-width:36rem;margin:2rem auto;padding:1.5rem;background:#fff;border-radius:.5rem}
h1{margin:0 0 1rem;font-size:1.625rem;line-height:1.25}
label{display:block;margin-top:1rem;font-weight:600}
.tick{display:flex;gap:.5rem;align-items:center;font-weight:400}
select,input:not([type=checkbox]){width:100%;min-height:2.75rem;padding:.375rem .625rem;border:1px solid #6b6b78;border-radius:.25rem;background:#fff;color:inherit;font:inherit}
input[type=checkbox]{width:1.25rem;height:1.25rem}
.buttons{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.5rem 0 0}
button{min-height:2.75rem;padding:.5rem 1.25rem;border:1px solid #9c0049;border-radius:.25rem;background:#fff;color:#9c0049;font:inherit;font-weight:600;cursor:pointer}
button.first{background:#9c0049;color:#fff}
:focus-visible{outline:3px solid #1b4f9c;outline-offset:2px}
.wrong{padding:.5rem .75rem;border-left:4px solid #b3001e;background:#fdecee}
@media (max-width:40rem){main{margin:0;border-radius:0}}
`;
