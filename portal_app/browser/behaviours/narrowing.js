// <input type="search" data-narrows="id"> leaves of the list with that id what holds every
// word that is typed, in any case and with or without accents.

const plain = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

export const startNarrowing = () => {
  document.addEventListener("input", (event) => {
    const list = document.getElementById(event.target.dataset?.narrows ?? "");
    if (!list) return;
    const words = plain(event.target.value).split(/\s+/);
    for (const item of list.children) {
      const held = plain(item.textContent);
      item.hidden = !words.every((word) => held.includes(word));
    }
  });
};
