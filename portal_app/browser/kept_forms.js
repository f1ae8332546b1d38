// What was typed in a form, while the person proves elsewhere who they are.
//
// It waits in this tab alone, for less long than anybody may sit idle, and is gone once it is back
// in its form. Secrets are typed anew.

const WITHIN = 10 * 60 * 1000; // milliseconds

const keyOf = (name) => `kept-form-${name}`;

const here = () => window.location.pathname + window.location.search;

const isTyped = (control) =>
  control.name && !["hidden", "password", "submit", "button"].includes(control.type) &&
  control.dataset.secret === undefined;

export const keepForm = (name, form) => {
  const typed = [...form.elements]
    .filter(isTyped)
    .map(({ name, type, value, checked }) => ({ name, type, value, checked }));
  const kept = { at: Date.now(), page: here(), typed };
  window.sessionStorage.setItem(keyOf(name), JSON.stringify(kept));
};

// The server knows which form was sent, only we on which address it stood.
export const andBack = (page) => {
  const address = new URL(page, window.location.origin);
  address.searchParams.set("terug", here());
  return address.pathname + address.search;
};

const put = (control, { type, value, checked }) => {
  if (type === "checkbox" || type === "radio") {
    if (control.value === value) control.checked = checked;
  } else control.value = value;
};

// Returns the names of the fields that were filled.
export const restoreForm = (name, form) => {
  const kept = JSON.parse(window.sessionStorage.getItem(keyOf(name)));
  if (!kept || kept.page !== here()) return [];
  window.sessionStorage.removeItem(keyOf(name));
  if (Date.now() - kept.at > WITHIN) return [];
  for (const one of kept.typed) {
    const same = [...form.elements].filter((control) => control.name === one.name);
    same.forEach((control) => put(control, one));
  }
  form.dispatchEvent(new Event("input", { bubbles: true })); // for what follows a form's changes
  return kept.typed.map((one) => one.name);
};
