// One floating tip for every [data-tip]: on hover, focus and touch; it can be pointed at,
// stays until one leaves, and Escape closes it (WCAG 1.4.13). While it shows, it describes
// its element.

const HOVER_DELAY = 120;
const LEAVE_DELAY = 180;
const GAP = 8;

let shownFor = null;
let timer = 0;

const tip = () => document.getElementById("tip");

const place = (box, element) => {
  const target = element.getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const room = document.documentElement.clientWidth - size.width - GAP;
  const left = target.left + target.width / 2 - size.width / 2;
  const above = target.top - size.height - GAP;
  box.style.left = `${Math.max(GAP, Math.min(left, room))}px`;
  box.style.top = `${above > GAP ? above : target.bottom + GAP}px`;
};

// A date that is torn at the end of a line is misread.
const DATE = /(\d\d-\d\d-\d{4})/;

const whole = (part, at) => {
  if (at % 2 === 0) return part;
  const date = document.createElement("span");
  date.className = "day";
  date.textContent = part;
  return date;
};

const fill = (box, element) => {
  const title = document.createElement("b");
  title.textContent = element.dataset.tipTitle ?? "";
  const words = element.dataset.tip.split(DATE).map(whole);
  box.replaceChildren(...(title.textContent ? [title] : []), ...words);
};

const hide = () => {
  clearTimeout(timer);
  if (!shownFor) return;
  shownFor.removeAttribute("aria-describedby");
  shownFor = null;
  const box = tip();
  if (box?.matches(":popover-open")) box.hidePopover();
};

const show = (element) => {
  clearTimeout(timer);
  const box = tip();
  if (!box || shownFor === element) return;
  hide();
  fill(box, element);
  box.showPopover();
  place(box, element);
  element.setAttribute("aria-describedby", box.id);
  shownFor = element;
};

const follow = () => {
  if (!shownFor) return;
  const { top, bottom } = shownFor.getBoundingClientRect();
  if (bottom < 0 || top > innerHeight) hide();
  else place(tip(), shownFor);
};

const later = (action, delay) => {
  clearTimeout(timer);
  timer = setTimeout(action, delay);
};

const tipped = (event) => event.target.closest?.("[data-tip]");

const onPointerOver = (event) => {
  if (event.pointerType !== "mouse") return;
  const element = tipped(event);
  if (element) later(() => show(element), HOVER_DELAY);
  else if (event.target.closest?.("#tip")) clearTimeout(timer);
  else if (shownFor && shownFor !== document.activeElement) later(hide, LEAVE_DELAY);
  else clearTimeout(timer);
};

export const startTips = () => {
  document.addEventListener("pointerover", onPointerOver);
  document.addEventListener("focusin", (event) => {
    const element = tipped(event);
    if (element?.matches(":focus-visible")) show(element);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === shownFor) hide();
  });
  document.addEventListener("click", (event) => {
    const element = tipped(event);
    const acts = element?.matches(".icon-button"); // what it does says more than its name
    if (element && !acts) show(element);
    else if (acts || !event.target.closest?.("#tip")) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shownFor) hide();
  });
  addEventListener("scroll", follow, { passive: true, capture: true });
};
