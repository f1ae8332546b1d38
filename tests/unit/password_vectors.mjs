// Print, for every vector on standard input, what the rules in the browser make of it.
import { check, forbiddenWords, RULES } from "../../portal_app/browser/password_rules.js";

const vectors = JSON.parse(await Bun.stdin.text());
const kept = vectors.map(({ password, names = [], login = "" }) =>
  check(password, forbiddenWords(names, login)),
);
console.log(JSON.stringify({ rules: RULES, kept }));
