// <form data-passkey="create" or "get" data-options="/address"> asks the browser for a passkey
// before it is sent. What the portal asks comes from that address; the answer goes along in the
// field `answer`, or why there is none in `failure`: the server words it, in the form's own place.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

const described = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

const forBrowser = (asked) => ({
  ...asked,
  challenge: bytes(asked.challenge),
  ...(asked.user && { user: { ...asked.user, id: bytes(asked.user.id) } }),
  ...(asked.excludeCredentials && { excludeCredentials: described(asked.excludeCredentials) }),
  ...(asked.allowCredentials && { allowCredentials: described(asked.allowCredentials) }),
});

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

const forServer = ({ id, rawId, type, response }) => ({
  id,
  rawId: text(rawId),
  type,
  response: Object.fromEntries(
    PARTS.filter((part) => response[part]).map((part) => [part, text(response[part])]),
  ),
});

const ask = async (address) => {
  const answer = await fetch(address, {
    method: "POST",
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  return answer.json();
};

const fetchPasskey = async (form) => {
  if (!window.PublicKeyCredential) return { failure: "unsupported" };
  try {
    const { go, data } = await ask(form.dataset.options);
    if (go) return window.location.assign(go);
    if (!data?.options) return { failure: "not_offered" };
    const publicKey = forBrowser(JSON.parse(data.options));
    const made = await navigator.credentials[form.dataset.passkey]({ publicKey });
    return { answer: JSON.stringify(forServer(made)) };
  } catch (error) {
    return { failure: error.name === "InvalidStateError" ? "known" : "cancelled" };
  }
};

const fill = async (form) => {
  const found = await fetchPasskey(form);
  if (!found) return; // on the way to another page
  for (const field of ["answer", "failure"]) form.elements[field].value = found[field] ?? "";
  form.dataset.filled = "";
  form.requestSubmit();
};

export const startPasskeys = () => {
  // Before React hears of it: the form is sent once there is something to send.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!form.dataset.passkey) return;
      if (form.dataset.filled !== undefined) {
        delete form.dataset.filled;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (form.dataset.asking !== undefined) return;
      form.dataset.asking = "";
      fill(form).finally(() => delete form.dataset.asking);
    },
    true,
  );
};
