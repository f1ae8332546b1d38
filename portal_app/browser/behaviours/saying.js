// What the page says after something was pressed ([data-said]) may stand far above it, out of sight.
// It then floats in view for a while. Focus that went with what disappeared goes to it.

const LASTS = 10_000;

let last = null; // what had the focus last
let sinking = 0;

const isInSight = ({ top, bottom }) => top >= 0 && bottom <= innerHeight;

const sink = () => {
  for (const said of document.querySelectorAll("[data-floats]")) delete said.dataset.floats;
};

const show = (said) => {
  if (!said.firstElementChild) return;
  if (document.activeElement === document.body && last && !last.isConnected) {
    said.focus({ preventScroll: true });
  }
  if (isInSight(said.getBoundingClientRect())) return;
  sink();
  clearTimeout(sinking);
  said.dataset.floats = "";
  sinking = setTimeout(sink, LASTS);
};

const saidIn = ({ target }) => (target.closest ? target : target.parentElement)?.closest("[data-said]");

export const startSaying = () => {
  document.addEventListener("focusin", ({ target }) => (last = target));
  new MutationObserver((changes) => new Set(changes.map(saidIn)).forEach((said) => said && show(said))).observe(
    document.body,
    { childList: true, characterData: true, subtree: true },
  );
};
