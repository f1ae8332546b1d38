// Says something to a screen reader, through the one status region that every page has.

export const announce = (text) => {
  const region = document.getElementById("announcer");
  if (!region || !text) return;
  // The same words twice are only said twice when the region was empty in between.
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 50);
};
