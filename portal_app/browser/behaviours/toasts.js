// A toast (data-toast) goes by itself after ten seconds, by pressing its own close button.
// The time stands still while the pointer or the focus is in it (WCAG 2.2.1).

const LASTS = 10_000;
const TICK = 250;

let shown = null;
let left = 0;
let ticking = 0;

const isHeld = (toast) => toast.matches(":hover") || toast.contains(document.activeElement);

const tick = () => {
  if (!shown?.isConnected) return stop();
  if (!isHeld(shown)) left -= TICK;
  if (left > 0) return;
  shown.querySelector("[data-dismisses]")?.click();
  stop();
};

const stop = () => {
  clearInterval(ticking);
  shown = null;
};

const start = (toast) => {
  stop();
  shown = toast;
  left = LASTS;
  ticking = setInterval(tick, TICK);
};

export const startToasts = () => {
  new MutationObserver(() => {
    const toast = document.querySelector("[data-toast]");
    if (toast && toast !== shown) start(toast);
  }).observe(document.body, { childList: true, subtree: true });
};
