// Keys for people who work through lists: / search, j and k down and up, Enter open,
// x select, c copy, Escape let go, ? this list. Off while typing, off when the person has
// switched them off (WCAG 2.1.4: localStorage `keys` is `off`).
//
// A list takes part by marking: rows [data-row], the link of a row [data-row-opens], the
// search field [data-key-search], the list of keys <dialog id="keys-help">. On the record of one
// row j and k follow the links to its neighbours, [data-way].

const TYPING = "input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]";

const rows = () => [...document.querySelectorAll("[data-row]")];

const currentRow = () => document.activeElement?.closest("[data-row]");

const goTo = (row) => {
  if (!row) return;
  row.tabIndex = -1;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
};

const step = (by) => {
  const all = rows();
  const at = all.indexOf(currentRow());
  goTo(at < 0 ? all[0] : all[Math.min(Math.max(at + by, 0), all.length - 1)]);
};

const turn = (way) => document.querySelector(`[data-way="${way}"]`)?.click();

const press = (selector) => currentRow()?.querySelector(selector)?.click();

const search = () => {
  const field = document.querySelector("[data-key-search]");
  field?.focus();
  field?.select();
};

const ACTIONS = {
  "/": search,
  j: () => (rows().length ? step(1) : turn("right")),
  k: () => (rows().length ? step(-1) : turn("left")),
  x: () => press("input[type=checkbox]"),
  c: () => press("[data-copies]"),
  "?": () => {
    const help = document.getElementById("keys-help");
    if (help && !help.open) help.showModal();
  },
};

const letGo = () => {
  const field = document.activeElement;
  if (field?.matches("[data-key-search]") || field?.matches("[data-row]")) field.blur();
};

const isOff = () => {
  try {
    return localStorage.getItem("keys") === "off";
  } catch {
    return false;
  }
};

const onKeyDown = (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isOff() || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return letGo();
  if (event.target.closest?.(TYPING)) return;
  // Enter on the row itself; on a link or button inside it, Enter is theirs.
  const opens = event.key === "Enter" && event.target.matches?.("[data-row]");
  const action = opens ? () => press("[data-row-opens]") : ACTIONS[event.key];
  if (!action) return;
  if ("xc".includes(event.key) && !rows().length) return;
  event.preventDefault();
  action();
};

export const startKeys = () => document.addEventListener("keydown", onKeyDown);
