// <button data-switches="insights"> turns a way of showing on and off, for good: the style
// sheet looks at <html data-insights="on">.

const NAMES = ["insights", "step-words"];

const kept = () => {
  try {
    return JSON.parse(localStorage.getItem("switches")) ?? {};
  } catch {
    return {};
  }
};

const keep = (name, value) => {
  try {
    localStorage.setItem("switches", JSON.stringify({ ...kept(), [name]: value }));
  } catch {
    // Storage is closed to us: the choice lasts as long as the page.
  }
};

// What a switch is before anybody pressed it may depend on the width: the style sheet tells.
const isOn = (button) => getComputedStyle(button).getPropertyValue("--is-on").trim() === "1";

const restore = () => {
  const values = kept();
  for (const name of NAMES)
    if (["on", "off"].includes(values[name]))
      document.documentElement.setAttribute(`data-${name}`, values[name]);
};

/** Show in one way or the other from now on. */
export const turn = (name, value) => {
  document.documentElement.setAttribute(`data-${name}`, value);
  keep(name, value);
};

export const startSwitches = () => {
  restore();
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-switches]");
    if (!button) return;
    const name = button.dataset.switches;
    turn(name, isOn(button) ? "off" : "on");
  });
};
