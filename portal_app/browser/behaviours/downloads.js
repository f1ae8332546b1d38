// <a data-downloads> fetches a file and says how far it is in #download-status, because a
// large workbook only begins to arrive once its last row is in. Without this the link simply
// downloads. The sentences stand in the status element's own data attributes.

const ASK_EVERY = 700;

const tell = (text) => {
  const status = document.getElementById("download-status");
  if (status) status.textContent = text;
};

const words = (name) => document.getElementById("download-status")?.dataset[name] ?? "";

const follow = (address) => {
  const ask = async () => {
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok) return;
    const { rows, total } = await answer.json();
    if (rows) tell(words("progress").replace("{rows}", rows).replace("{total}", total));
  };
  return setInterval(ask, ASK_EVERY);
};

const nameOf = (answer) =>
  /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "";

const save = (file, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

const download = async (link) => {
  const address = new URL(link.href);
  const ticket = crypto.randomUUID();
  address.searchParams.set("bon", ticket);
  tell(words("busy"));
  const asking = follow(`/downloads/voortgang?bon=${ticket}`);
  try {
    const answer = await fetch(address);
    // Sent elsewhere: the session ended. The page itself then goes to the sign-in page.
    if (answer.redirected) return window.location.assign(answer.url);
    if (!answer.ok) throw new Error(answer.status);
    save(await answer.blob(), nameOf(answer));
    tell(words("done"));
  } catch {
    tell(words("failed"));
  } finally {
    clearInterval(asking);
  }
};

export const startDownloads = () => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-downloads]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!link.dataset.busy) {
      link.dataset.busy = "yes";
      download(link).finally(() => delete link.dataset.busy);
    }
  });
};
