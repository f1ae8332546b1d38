// While developing, an edit draws a page anew. What was typed, which field and which dialog one
// was at, and how far one had scrolled are put back. Only `make dev` carries this.

const KEPT = "developing";
const PATIENCE = 5000; // for the new page to be drawn, in milliseconds
const HANDS = ["input", "keydown", "pointerdown", "wheel"];

const ticks = (field) => field.type === "checkbox" || field.type === "radio";

const content = (field) => (ticks(field) ? field.checked : field.value);

const untouched = (field) => {
  if (ticks(field)) return field.defaultChecked;
  if (field.localName !== "select") return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value;
};

const fields = () => {
  const found = new Map();
  for (const field of document.querySelectorAll("input, select, textarea")) {
    if (field.type === "file" || field.type === "hidden") continue;
    const name = [field.id || field.name, field.type, ticks(field) && field.value].join(" ");
    let twin = 0;
    while (found.has(`${name} ${twin}`)) twin += 1;
    found.set(`${name} ${twin}`, field);
  }
  return found;
};

const fill = (field, wanted) => {
  const property = ticks(field) ? "checked" : "value";
  // React gives its fields a setter of their own, which would hide this from it.
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), property).set.call(field, wanted);
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
};

let kept = null; // { path, drafts, focus, dialogs, scroll }
let until = 0;
let handsOff = true;
let drawing;

const hasFailed = () => document.querySelector("main[data-failed]") !== null;

const remember = () => {
  const undrawn = performance.now() < until || hasFailed();
  const waiting = undrawn && kept?.path === window.location.pathname;
  const drafts = waiting ? { ...kept.drafts } : {};
  const dialogs = [...document.querySelectorAll("dialog[id]:modal")].map(({ id }) => id);
  let focus = waiting ? kept.focus : null;
  for (const [name, field] of fields()) {
    if (content(field) !== untouched(field)) {
      drafts[name] = { content: content(field), secret: field.type === "password" };
    }
    if (field === document.activeElement) focus = name;
  }
  kept = {
    path: window.location.pathname,
    drafts,
    focus,
    dialogs: waiting ? [...new Set([...kept.dialogs, ...dialogs])] : dialogs,
    scroll: waiting ? kept.scroll : window.scrollY,
  };
};

const putBack = () => {
  if (kept.path !== window.location.pathname) return;
  const found = fields();
  for (const [name, draft] of Object.entries(kept.drafts)) {
    const field = found.get(name);
    if (field && content(field) !== draft.content && content(field) === untouched(field)) {
      fill(field, draft.content);
    }
  }
  if (!handsOff) return;
  for (const id of kept.dialogs) {
    const dialog = document.getElementById(id);
    if (dialog && !dialog.open) dialog.showModal();
  }
  if (document.activeElement === document.body) found.get(kept.focus)?.focus();
  if (window.scrollY !== kept.scroll) window.scrollTo({ top: kept.scroll, behavior: "instant" });
};

const keepPuttingBack = () => {
  until = performance.now() + PATIENCE;
  handsOff = true;
  drawing.observe(document, { childList: true, subtree: true });
  putBack();
};

const keepForTheReload = () => {
  remember();
  const open = Object.entries(kept.drafts).filter(([, draft]) => !draft.secret);
  const stored = { ...kept, drafts: Object.fromEntries(open) };
  window.sessionStorage.setItem(KEPT, JSON.stringify(stored));
};

// A page that failed would stay so, also when an edit put right what made it fail.
const afterUpdate = () => {
  if (hasFailed()) {
    keepForTheReload();
    window.location.reload();
  } else keepPuttingBack();
};

// What is done by hand after the edit is not undone.
const byHand = ({ type, isTrusted, target }) => {
  if (!isTrusted || !kept) return;
  if (type !== "input") handsOff = false;
  else for (const [name, field] of fields()) if (field === target) delete kept.drafts[name];
};

const start = (hot) => {
  drawing = new MutationObserver(() => {
    if (performance.now() < until) putBack();
    else drawing.disconnect();
  });
  for (const hand of HANDS) document.addEventListener(hand, byHand, true);
  hot.on("vite:beforeUpdate", remember);
  hot.on("vite:afterUpdate", afterUpdate);
  hot.on("vite:beforeFullReload", keepForTheReload);
  kept = JSON.parse(window.sessionStorage.getItem(KEPT));
  window.sessionStorage.removeItem(KEPT);
  if (kept) keepPuttingBack();
};

// The page server draws pages too, without a document.
if (import.meta.hot && typeof document !== "undefined") start(import.meta.hot);
