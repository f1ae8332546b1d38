// A form sent while the connection is gone is answered at once: not yet sent.

export const startConnection = () => {
  document.addEventListener(
    "submit",
    () => {
      const answer = document.querySelector("[data-connection-lost] [data-not-sent]");
      if (answer) answer.hidden = false;
    },
    true,
  );
};
