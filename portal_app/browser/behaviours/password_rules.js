// <ul data-rules-for="id of the password" data-names="ids" data-login="id" data-words="…">
// marks, while somebody types, which rules the new password keeps; after a pause it says
// once what is still needed. The server decides; this only helps.

import { tellNow } from "$/utils/languages";
import { check, forbiddenWords } from "$/utils/password_rules";

import { announce } from "./announce.js";

const PAUSE = 1000; // milliseconds without typing
const CLASSES = ["capital", "small", "digit", "symbol"];

let pause = 0;

const typed = (ids) =>
  (ids ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.value)
    .filter(Boolean);

const judge = (list) => {
  const password = document.getElementById(list.dataset.rulesFor)?.value ?? "";
  const known = (list.dataset.words ?? "").split(" ").filter(Boolean);
  const [login] = typed(list.dataset.login);
  const words = forbiddenWords([...typed(list.dataset.names), ...known], login);
  const kept = check(password, words);
  return password ? kept : Object.fromEntries(Object.keys(kept).map((rule) => [rule, false]));
};

const mark = (list) => {
  const kept = judge(list);
  for (const line of list.querySelectorAll("[data-rule]")) {
    const met = kept[line.dataset.rule] ? "yes" : "no";
    if (line.dataset.met !== met) line.dataset.met = met;
  }
  return kept;
};

const sayWhatIsNeeded = (list) => {
  const kept = judge(list);
  const missing = CLASSES.filter((rule) => !kept[rule]).map((rule) => ({ key: `errors.lacks_${rule}` }));
  if (!document.getElementById(list.dataset.rulesFor)?.value) return;
  announce(
    missing.length
      ? tellNow("passwords.still_needed", { missing })
      : kept.shortest && kept.words
        ? tellNow("passwords.all_kept")
        : "",
  );
};

const listsAbout = (id) =>
  [...document.querySelectorAll("[data-rules-for]")].filter((list) =>
    [list.dataset.rulesFor, list.dataset.login, ...(list.dataset.names ?? "").split(" ")].includes(id),
  );

export const startPasswordRules = () => {
  document.addEventListener("input", (event) => {
    const lists = listsAbout(event.target.id);
    lists.forEach(mark);
    clearTimeout(pause);
    const asked = lists.find((list) => list.dataset.rulesFor === event.target.id);
    if (asked) pause = setTimeout(() => sayWhatIsNeeded(asked), PAUSE);
  });
};
