// <button data-unfolds="id"> shows and hides the extra search fields on phones.

export const startFolding = () => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-unfolds]");
    const folded = button && document.getElementById(button.dataset.unfolds);
    if (!folded) return;
    const opens = folded.dataset.more !== "open";
    folded.dataset.more = opens ? "open" : "closed";
    button.setAttribute("aria-expanded", String(opens));
  });
};
