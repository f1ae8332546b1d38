// <button data-picks="id"> opens the browser's own calendar for a date that is typed in the field
// with that id. The calendar belongs to an <input type="date"> beside it that nobody else meets:
// it gives its day to the field, as dd-mm-jjjj, and nothing of it is sent.

const NATIVE = "input[type=date]";

// The server reads more ways of writing a day; the calendar only has to open at the right one.
const isoOf = (typed) => {
  const parts = typed.trim().split(/[-/. ]+/);
  if (parts[2]?.length === 4) parts.reverse();
  const [year, month, day] = parts;
  return `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
};

const pick = (button) => {
  const field = document.getElementById(button.dataset.picks);
  const calendar = button.parentElement.querySelector(NATIVE);
  calendar.value = isoOf(field.value); // what is no day leaves it empty
  try {
    calendar.showPicker();
  } catch {
    field.focus(); // a browser without a calendar to show: type the day
  }
};

const take = (calendar) => {
  const field = document.getElementById(calendar.dataset.gives);
  if (!calendar.value) return;
  field.value = calendar.value.split("-").reverse().join("-");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
};

export const startCalendar = () => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-picks]");
    if (button) pick(button);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches?.("[data-gives]")) take(target);
  });
};
