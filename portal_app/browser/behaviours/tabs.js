// The arrow keys go from tab to tab; Enter follows the link, because a tab has an address.

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

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
};
