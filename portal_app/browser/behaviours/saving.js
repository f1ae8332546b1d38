// <button data-saves="text" data-file="name.txt"> saves a text that the page shows as a file,
// without asking the server for what only this page knows.

const save = ({ saves, file }) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([saves], { type: "text/plain;charset=utf-8" }));
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

export const startSaving = () => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-saves]");
    if (button) save(button.dataset);
  });
};
