// Native dialogs, opened by a button (data-opens-dialog="id") or by the server, which sets
// data-wanted="open" on the dialog itself. Escape, a press beside it and any element with
// data-closes-dialog close it; the browser then gives focus back, and React hears `close`.

const open = (dialog) => {
  if (dialog.open) return;
  dialog.showModal();
  // The safe answer has the focus, not the one that cannot be undone.
  dialog.querySelector("[data-focus-first]")?.focus();
};

const obey = (dialog) => {
  if (dialog.dataset.wanted === "open") open(dialog);
  else if (dialog.dataset.wanted === "closed" && dialog.open) dialog.close();
};

const isBeside = (dialog, { clientX, clientY }) => {
  const box = dialog.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
};

const onClick = (event) => {
  const opener = event.target.closest?.("[data-opens-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opensDialog);
    if (dialog) open(dialog);
    return;
  }
  const dialog = event.target.closest?.("dialog[open]");
  if (!dialog) return;
  const pressedBeside = event.target === dialog && event.detail > 0 && isBeside(dialog, event);
  if (pressedBeside || event.target.closest("[data-closes-dialog]")) dialog.close();
};

export const startDialogs = () => {
  document.addEventListener("click", onClick);
  document.querySelectorAll("dialog[data-wanted]").forEach(obey);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") obey(target);
      else
        for (const node of addedNodes) {
          if (node.matches?.("dialog[data-wanted]")) obey(node);
          node.querySelectorAll?.("dialog[data-wanted]").forEach(obey);
        }
    }
  }).observe(document.body, {
    attributes: true,
    attributeFilter: ["data-wanted"],
    childList: true,
    subtree: true,
  });
};
