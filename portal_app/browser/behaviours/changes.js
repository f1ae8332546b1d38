// What depends on whether a form was changed.
//
// <div data-asked-when-changed="ids" hidden> shows itself while one of these fields holds
// something else than the page gave it. <form data-guards-changes="id of a dialog"> asks in that
// dialog before a link leads away from what was typed; [data-leaves] in it goes on after all.

let going = "";

const differs = (field) => field && field.value !== field.defaultValue;

const unfold = () => {
  for (const asked of document.querySelectorAll("[data-asked-when-changed]")) {
    const fields = asked.dataset.askedWhenChanged.split(" ");
    asked.hidden = !fields.some((id) => differs(document.getElementById(id)));
  }
};

const onInput = ({ target }) => {
  const form = target.closest?.("[data-guards-changes]");
  if (form) form.dataset.changed = "yes";
  if (form || document.querySelector("[data-asked-when-changed]")) unfold();
};

const addressOf = ({ pathname, search }) => pathname + search; // what follows # stays on the page

const leadsAway = (link) =>
  link.href && !link.target && link.origin === location.origin && addressOf(link) !== addressOf(location);

const onClick = (event) => {
  if (event.target.closest?.("[data-leaves]")) {
    location.assign(going);
    return;
  }
  const link = event.target.closest?.("a[href]");
  const form = document.querySelector("[data-guards-changes][data-changed]");
  if (!link || !form || !leadsAway(link) || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  going = link.href;
  document.getElementById(form.dataset.guardsChanges)?.showModal();
};

export const startChanges = () => {
  document.addEventListener("input", onInput);
  document.addEventListener("click", onClick, true);
};
