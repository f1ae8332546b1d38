// What a browser remembers of how somebody likes the pages: rows, words beside icons, keys.
//
// <select data-preference="rows"> keeps its choice and puts it on <html data-rows="…">, where the
// style sheet finds it; <select data-language-choice> reads on in another language.

import { chooseLanguage } from "$/utils/languages";

import { turn } from "./switches.js";

const NAMES = ["rows", "labels", "keys"];

const kept = (name) => {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
};

const keep = (name, value) => {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Storage is closed to us: the choice lasts as long as the page.
  }
};

const apply = (name, value) => {
  if (value) document.documentElement.dataset[name] = value;
};

const show = (select) => {
  const value = kept(select.dataset.preference);
  if (value && select.value !== value) select.value = value;
};

const showAll = () => document.querySelectorAll("[data-preference]").forEach(show);

export const startPreferences = () => {
  NAMES.forEach((name) => apply(name, kept(name)));
  document.addEventListener("change", ({ target }) => {
    if (target.matches?.("[data-language-choice]")) chooseLanguage(target.value);
    if (!target.matches?.("[data-preference]")) return;
    keep(target.dataset.preference, target.value);
    apply(target.dataset.preference, target.value);
    if (target.dataset.preference === "labels") turn("step-words", target.value);
  });
  // The page may come after us: by a link, without being loaded.
  new MutationObserver(showAll).observe(document.documentElement, { childList: true, subtree: true });
};
