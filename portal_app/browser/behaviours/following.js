// What a page shows that the server decides after the page stands: the value of a field that
// the person may also type in (data-follows), and where the focus goes (data-leads-focus on
// any element, with the id). React sets the attribute; this carries it out once it changed.

const show = (field) => {
  if (field.type === "checkbox") field.checked = field.dataset.follows === "on";
  else if (field.value !== field.dataset.follows) field.value = field.dataset.follows;
};

const lead = ({ dataset }) => {
  if (!dataset.leadsFocus) return;
  // The element may come with the same change, and a dialog gives the focus back first.
  setTimeout(() => document.getElementById(dataset.leadsFocus)?.focus(), 60);
};

const obey = (element, attribute) => (attribute === "data-follows" ? show(element) : lead(element));

export const startFollowing = () => {
  document.querySelectorAll("[data-follows]").forEach(show);
  new MutationObserver((changes) => {
    for (const { target, attributeName } of changes) obey(target, attributeName);
  }).observe(document.body, {
    attributes: true,
    attributeFilter: ["data-follows", "data-leads-focus"],
    subtree: true,
  });
};
