// <button data-copies="text" data-copied="Gekopieerd."> copies, shows a tick and says so.

import { announce } from "./announce.js";

const SHOWN = 2000;

const copy = async (button) => {
  try {
    await navigator.clipboard.writeText(button.dataset.copies);
  } catch {
    // No permission, or no secure context: the code stands on screen to be selected.
    return;
  }
  button.dataset.done = "";
  announce(button.dataset.copied);
  setTimeout(() => delete button.dataset.done, SHOWN);
};

export const startCopying = () => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copies]");
    if (button) copy(button);
  });
};
