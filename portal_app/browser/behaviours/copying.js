// <button data-copies="text" data-copied="Gekopieerd."> copies, shows a tick and says so.
//
// <button data-copies-from="/address" data-failed="..."> copies what that address answers: the
// server writes down that it was given out. The clipboard gets a promise, because some browsers
// take nothing that comes a moment after the click.

import { announce } from "./announce.js";

const SHOWN = 2000;

const fetched = async (address) => {
  const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
  if (!answer.ok) throw new Error(answer.statusText);
  return new Blob([await answer.text()], { type: "text/plain" });
};

const write = ({ copies, copiesFrom }) =>
  copiesFrom
    ? navigator.clipboard.write([new ClipboardItem({ "text/plain": fetched(copiesFrom) })])
    : navigator.clipboard.writeText(copies);

const copy = async (button) => {
  try {
    await write(button.dataset);
  } catch {
    // No permission, or no secure context: a code stands on screen to be selected.
    announce(button.dataset.failed ?? "");
    return;
  }
  button.dataset.done = "";
  announce(button.dataset.copied);
  setTimeout(() => delete button.dataset.done, SHOWN);
};

export const startCopying = () => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copies], [data-copies-from]");
    if (button) copy(button);
  });
};
