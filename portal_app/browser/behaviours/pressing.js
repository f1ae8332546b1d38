// <button data-presses-itself> is pressed every two seconds while somebody looks at the page.

const EVERY = 2000;

const press = () => {
  if (document.hidden) return;
  for (const button of document.querySelectorAll("[data-presses-itself]")) button.click();
};

export const startPressing = () => {
  setInterval(press, EVERY);
};
