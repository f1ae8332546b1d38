// <button data-reveals="id"> shows and hides a password; a hint tells when Caps Lock is on.

const toggle = (button) => {
  const field = document.getElementById(button.dataset.reveals);
  if (!field) return;
  const shows = field.type === "password";
  field.type = shows ? "text" : "password";
  if (shows) button.dataset.shown = "";
  else delete button.dataset.shown;
};

const hide = (form) =>
  form.querySelectorAll?.("[data-reveals][data-shown]").forEach((button) => toggle(button));

const tellCapsLock = (event) => {
  const hint = event.target.matches?.("[data-password]")
    ? document.getElementById(`${event.target.id}-caps`)
    : null;
  if (hint && event.getModifierState) hint.hidden = !event.getModifierState("CapsLock");
};

export const startPasswords = () => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-reveals]");
    if (button) toggle(button);
  });
  // A browser only offers to keep what is sent from a password field.
  document.addEventListener("submit", (event) => hide(event.target), true);
  document.addEventListener("keydown", tellCapsLock);
  document.addEventListener("keyup", tellCapsLock);
};
