// The arrow keys go from tab to tab; Enter follows the link, because a tab has an address. Where
// the tabs do not fit beside each other, the one that is chosen is brought into view.

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

let shown;

const bringIntoView = () => {
  const chosen = document.querySelector('[role=tab][aria-selected="true"]');
  if (!chosen || chosen === shown) return;
  shown = chosen;
  const list = chosen.closest("[role=tablist]");
  list.scrollLeft = chosen.offsetLeft - (list.clientWidth - chosen.offsetWidth) / 2;
};

export const startTabs = () => {
  document.addEventListener("keydown", (event) => {
    const list = event.target.closest?.("[role=tablist]");
    if (!list) return;
    const tabs = [...list.querySelectorAll("[role=tab]")];
    const ends = { Home: 0, End: tabs.length - 1 };
    if (!(event.key in STEPS) && !(event.key in ends)) return;
    const at = tabs.indexOf(document.activeElement);
    const to = ends[event.key] ?? (at + STEPS[event.key] + tabs.length) % tabs.length;
    tabs[to]?.focus();
    event.preventDefault();
  });
  new MutationObserver(bringIntoView).observe(document.body, {
    attributes: true,
    attributeFilter: ["aria-selected"],
    childList: true,
    subtree: true,
  });
};
