// What a new password must be like, checked while somebody types it.
//
// portal_app/password_rules.py holds the same rules, and decides; tests/unit/password_vectors.json
// keeps the two alike. Whether a password is a common one, only the server knows.

export const RULES = Object.freeze({ shortest: 8, longest: 128, classesNeededBelow: 15 });

const INFIXES = new Set([
  "van", "von", "den", "der", "des", "ter", "ten", "het", "del", "dos", "las", "los", "les",
]);

const CLASSES = {
  capital: /\p{Lu}/u,
  small: /\p{Ll}/u,
  digit: /\p{Nd}/u,
  symbol: /[^\p{L}\p{N}\p{M}\p{C}]/u,
};

// Letters that Unicode does not take apart into a base letter and an accent.
const WITHOUT_PARTS = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ŧ: "t", ŋ: "n",
  ı: "i", ĸ: "k", ĳ: "ij", ς: "σ", "\u2018": "'", "\u2019": "'", "\u2010": "-", "\u2011": "-",
  "\u2013": "-",
};
const PARTLESS = new RegExp(`[${Object.keys(WITHOUT_PARTS).join("")}]`, "gu");

/** Tell for every rule whether `password` keeps it; `words` are those of `forbiddenWords`. */
export function check(password, words) {
  const text = password.normalize("NFKC");
  const length = [...text].length; // characters as people count them, not UTF-16 halves
  const classesNeeded = length < RULES.classesNeededBelow;
  const spelled = folded(text);
  const kept = {
    shortest: length >= RULES.shortest,
    longest: length <= RULES.longest,
    words: !words.some((word) => spelled.includes(word)),
  };
  for (const [name, pattern] of Object.entries(CLASSES)) {
    kept[name] = !classesNeeded || pattern.test(text);
  }
  return kept;
}

/** List the words that the password of somebody with these names and this login must not hold. */
export function forbiddenWords(names, login = "") {
  const typed = [...names, login.split("@", 1)[0]];
  const found = typed.flatMap((text) => folded(text).match(/\p{L}{3,}/gu) ?? []);
  return [...new Set(found)].filter((word) => !INFIXES.has(word));
}

function folded(text) {
  const once = unaccented(text.toLowerCase()).toLowerCase();
  return unaccented(once).split(/\s+/u).filter(Boolean).join(" ");
}

function unaccented(text) {
  const spelled = text.replace(PARTLESS, (letter) => WITHOUT_PARTS[letter]);
  const bare = spelled.normalize("NFKD").replace(/\p{Mn}/gu, "");
  return bare.replace(PARTLESS, (letter) => WITHOUT_PARTS[letter]).normalize("NFC");
}
