// Applies the person's choice of light or dark before anything is painted. Loaded as a
// blocking script in <head>, from a file, because the content policy allows no inline code.
// Without a choice the style sheet follows the system by itself.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed to us (a private window, a policy): the system's choice stands.
}
