// <button data-looks-again hidden> is pressed once a minute while somebody looks at the page, and
// when they come back to it: the server then tells what changed meanwhile. That is no activity of
// theirs, so it does not keep a session alive.

const EVERY = 60_000;

const look = () => {
  if (document.visibilityState === "visible")
    document.querySelector("[data-looks-again]")?.click();
};

export const startLookingAgain = () => {
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
};
