// Menus are native popovers: opening, Escape, a press elsewhere and the place of focus are
// the browser's work. This adds the arrow keys, and closes a menu once a choice is made.

const ITEMS = "a[href], button:not([disabled])";

const neighbours = { ArrowDown: 1, ArrowUp: -1 };

const move = (event, menu) => {
  const items = [...menu.querySelectorAll(ITEMS)].filter((item) => item.offsetParent);
  const at = items.indexOf(document.activeElement);
  const ends = { Home: 0, End: items.length - 1 };
  const to = ends[event.key] ?? (at + neighbours[event.key] + items.length) % items.length;
  items[to]?.focus();
  event.preventDefault();
};

const enter = (event, button) => {
  const menu = document.getElementById(button.getAttribute("popovertarget"));
  if (!menu || event.key !== "ArrowDown") return;
  menu.showPopover({ source: button });
  menu.querySelector(ITEMS)?.focus();
  event.preventDefault();
};

export const startMenus = () => {
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.("[data-menu]:popover-open");
    if (menu && (event.key in neighbours || event.key === "Home" || event.key === "End")) {
      return move(event, menu);
    }
    const button = event.target.closest?.("[popovertarget][data-menu-button]");
    if (button) enter(event, button);
  });
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest?.("[data-menu] :is(a, button)");
    chosen?.closest("[data-menu]:popover-open")?.hidePopover();
  });
};
