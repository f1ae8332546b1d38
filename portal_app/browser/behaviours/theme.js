// <select data-theme-choice> keeps light, dark or system; assets/theme.js applies the choice
// at the next load before anything is painted.

const KEY = "theme";

const kept = () => {
  try {
    return localStorage.getItem(KEY) ?? "system";
  } catch {
    return "system";
  }
};

const apply = (theme) => {
  const root = document.documentElement;
  const chosen = theme === "light" || theme === "dark";
  if (chosen) root.dataset.theme = theme;
  else delete root.dataset.theme;
  // Reflex writes the scheme that it found at the start here, where it outweighs the sheet.
  root.style.colorScheme = chosen ? theme : "light dark";
};

const show = (select) => {
  select.value = kept();
};

export const startTheme = () => {
  apply(kept());
  document.querySelectorAll("[data-theme-choice]").forEach(show);
  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("[data-theme-choice]")) show(event.target);
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("[data-theme-choice]")) return;
    apply(event.target.value);
    try {
      localStorage.setItem(KEY, event.target.value);
    } catch {
      // Storage is closed to us: the choice lasts as long as the page.
    }
  });
};
