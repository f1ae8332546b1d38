// The reader's language in the browser: the same sentences, rules and dates as
// portal_app/languages.py, without a word to the server. What says a text imports its pack
// (portal_app/browser/languages.py). Pages are prerendered in the first language, so its
// sentences come along with the packs; the others are fetched when they are read. Mistakes are
// told once somebody did something, so their sentences are fetched at the first touch of a page.

import { Fragment, createContext, createElement, use, useSyncExternalStore } from "react";
import { FIRST, LOCALES, fetchAfterwards, fetchAll } from "$/utils/texts/index.js";

const COOKIE = "language";
const A_YEAR = 60 * 60 * 24 * 365;
const PLACE = /\{(\w+)\}/g;

const sentences = Object.fromEntries(LOCALES.map((locale) => [locale, {}]));
const packs = [];
const afterwards = { fetch: fetchAfterwards, taken: new Set() };
const whole = { fetch: fetchAll, taken: new Set() };

const reader = (locale) => {
  const numbers = new Intl.NumberFormat(locale);
  const plurals = new Intl.PluralRules(locale);
  const number = (value) => (typeof value === "number" ? numbers.format(value) : "");
  const sentence = (key, values) => {
    const forms = sentences[locale][key] ?? sentences[FIRST][key] ?? late(locale, key);
    if (typeof forms === "string") return forms;
    return forms[plurals.select(values.n) === "one" ? 0 : 1];
  };
  const told = (value) => {
    if (typeof value === "number") return number(value);
    if (Array.isArray(value)) return value.map(told).join(", ");
    if (value?.key) return say(value.key, value.values);
    return String(value ?? "");
  };
  const say = (key, values) => {
    if (!key) return "";
    const given = values ?? {};
    return sentence(key, given).replace(PLACE, (place, name) =>
      Object.hasOwn(given, name) ? told(given[name]) : place,
    );
  };
  const pieces = (key, values, parts) =>
    sentence(key, values)
      .split(PLACE)
      .map((piece, index) => {
        if (index % 2 === 0) return piece;
        if (Object.hasOwn(parts, piece)) {
          return createElement(Fragment, { key: index }, parts[piece]);
        }
        return told(values[piece]);
      });
  return { locale, number, pieces, say, told };
};

const first = reader(FIRST);
const listeners = new Set();
let current = first;
let latest = 0;
let coming = null;
let catchingUp = null;

const asked = () => new URLSearchParams(window.location.search).get("lang");

const kept = () => document.cookie.match(/(?:^|; )language=(\w+)/)?.[1];

const wanted = () =>
  [asked(), kept(), ...navigator.languages]
    .map((tag) => tag?.toLowerCase().split("-")[0])
    .find((locale) => LOCALES.includes(locale)) ?? FIRST;

const keep = (locale) => {
  const secure = window.location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${COOKIE}=${locale}; path=/; max-age=${A_YEAR}; samesite=lax${secure}`;
};

// The page's own language is set once React has taken the page over: it would see a
// mismatch before.
const mark = () => {
  document.documentElement.lang = current.locale;
};

const take = async ({ fetch, taken }, locale) => {
  Object.assign(sentences[locale], (await fetch[locale]()).default);
  taken.add(locale);
};

const show = (locale) => {
  current = reader(locale);
  if (listeners.size) mark();
  listeners.forEach((listener) => listener());
};

// Of every pack that the pages so far have brought.
const fetched = async (locale) => {
  const missing = packs.filter(({ taken }) => !taken.has(locale));
  if (!missing.length) return true;
  const ends = await Promise.allSettled(missing.map((pack) => take(pack, locale)));
  return ends.every(({ status }) => status === "fulfilled") && fetched(locale);
};

// Without a connection the page stays in its language; the kept choice brings the other one
// with the next page.
const read = async (locale) => {
  const mine = ++latest;
  await null; // until what the page imports has brought its packs
  if (!(await fetched(locale)) || mine !== latest || current.locale === locale) return;
  show(locale);
};

// The server may tell a text that the page itself never says: what went wrong, as a rule. It is
// silent until it is there.
const late = (locale, key) => {
  if (typeof document === "undefined") return ""; // as the browser will draw it at first
  if (whole.taken.has(locale)) return key;
  const next = afterwards.taken.has(locale) ? whole : afterwards;
  if (!packs.includes(next)) {
    if (next === whole) console.error(`No pack of this page has ${key}`);
    packs.push(next);
  }
  catchingUp ??= fetched(locale).then((here) => {
    catchingUp = null;
    if (here) show(current.locale);
  });
  return "";
};

/** Have the sentences of a pack: in the first language, and how to fetch those of the others. */
export const bring = (inFirst, fetch) => {
  Object.assign(sentences[FIRST], inFirst);
  packs.push({ fetch, taken: new Set([FIRST]) });
  const { locale } = current;
  if (locale === FIRST) return;
  const mine = fetched(locale).then(() => {
    if (coming === mine) coming = null;
  });
  coming = mine;
};

const subscribe = (listener) => {
  listeners.add(listener);
  if (listeners.size === 1) mark();
  return () => listeners.delete(listener);
};

const touched = () => {
  if (packs.includes(afterwards)) return;
  packs.push(afterwards);
  fetched(current.locale);
};

if (typeof document !== "undefined") {
  for (const touch of ["keydown", "pointerdown"]) {
    document.addEventListener(touch, touched, { capture: true, once: true, passive: true });
  }
  const locale = wanted();
  if (locale === asked()) keep(locale);
  read(locale);
}

/** Read the portal in another language from now on; the choice is kept for a year. */
export const chooseLanguage = (locale) => {
  keep(locale);
  if (asked()) {
    const address = new URL(window.location.href);
    address.searchParams.delete("lang");
    window.history.replaceState(window.history.state, "", address);
  }
  return read(locale);
};

/** Say sentences as they were edited, while developing; a build leaves this out. */
export const readAnew = (locale, edited) => {
  Object.assign(sentences[locale], edited);
  show(current.locale);
};

const Language = createContext(first);

/** Draw the portal in the language being read, and again when that changes. */
export const LanguageProvider = ({ children }) => {
  const reading = useSyncExternalStore(
    subscribe,
    () => current,
    () => first,
  );
  return createElement(Language, { value: reading }, children);
};

// What a page says, while it is drawn. `use`, unlike other hooks, may stand in conditions and
// loops, so a text needs no component of its own: Reflex makes one around every other hook.
// The page one goes to waits for its packs in the language being read; the one before stays.
const reading = (key) => {
  const language = use(Language);
  if (coming && key in sentences[FIRST] && !(key in sentences[language.locale])) use(coming);
  return language;
};

/** The language in which the page is drawn. */
export const locale = () => use(Language).locale;

/** The sentence under a key, with its values in place. */
export const say = (key, values) => reading(key).say(key, values);

/** What the server said: a key with its values, or words. */
export const told = (value) => use(Language).told(value);

const WHOLE = /([^\s@]+@\S+|\d\d-\d\d-\d{4}|\b[A-Z\d]{1,5}-[A-Z\d]{5,6}\b|\b[Ee]-[Mm]ail)/;
// Without looking behind, which phones of some years ago cannot.
const AFTER_A_PART = /[@.](?=.)/g;
const GOES_ON = "\u0000";
const INSIDE_ADDRESS = /\u0000|(-[^@.])/;
const LONG_ADDRESS = 44;

const onOneLine = (words, key) => createElement("span", { key, className: "day" }, words);

// An address that is too long for a line of its own goes on after its @ or a dot, not after a
// hyphen.
const address = (words, key) => {
  const parts = words
    .replace(AFTER_A_PART, `$&${GOES_ON}`)
    .split(INSIDE_ADDRESS)
    .map((part, at) => (at % 2 === 0 ? part : part ? onOneLine(part) : createElement("wbr")));
  const className = words.length > LONG_ADDRESS ? "address is-long" : "address";
  return createElement("span", { key, className }, ...parts);
};

const inOnePiece = (part, at) => {
  if (at % 2 === 0) return part;
  return part.includes("@") ? address(part, at) : onOneLine(part, at);
};

/** Words whose dates, codes, addresses and 'e-mail' stay whole at the end of a line; anything
 * else as it is. */
export const unbroken = (words) =>
  typeof words === "string" ? words.split(WHOLE).map(inOnePiece) : words;

/** A number with its thousands grouped. */
export const number = (value) => use(Language).number(value);

/** Say something outside any page, once, in the language being read. */
export const tellNow = (key, values) => current.say(key, values);

/** A sentence with elements in its places: child number i goes to the place names[i]. */
export const Sentence = ({ text, names, values, children }) => {
  const slots = names.length === 1 ? [children] : children;
  const parts = Object.fromEntries(names.map((name, index) => [name, slots[index]]));
  return reading(text).pieces(text, values, parts);
};

const clock = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Brussels",
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** dd-mm-jjjj uu:mm by the clock of Brussels, of a moment in ISO 8601 with its offset. */
export const moment = (iso) => {
  const instant = new Date(iso || NaN);
  if (Number.isNaN(instant.valueOf())) return "";
  const part = Object.fromEntries(
    clock.formatToParts(instant).map(({ type, value }) => [type, value]),
  );
  return `${part.day}-${part.month}-${part.year} ${part.hour}:${part.minute}`;
};

/** dd-mm-jjjj of a date; a moment counts as the day it is in Brussels. */
export const day = (iso) => {
  const date = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso ?? "");
  return date ? `${date[3]}-${date[2]}-${date[1]}` : moment(iso).slice(0, 10);
};
