// Forms whose contents are nobody's business but the server's route: passwords and codes
// never travel over the event socket. A form posts itself, shows in place what the server
// refuses, and keeps all that was typed. Without this module the browser posts the form
// as it is, and the server answers with a page.

import { createElement, useEffect, useRef, useSyncExternalStore } from "react";

import { andBack, keepForm, restoreForm } from "./kept_forms";

const NOTHING = { mistakes: [], busy: false, answer: {} };
const NOT_SENT = { field: "", key: "components.form_not_sent", values: {} };
const FAILED = { field: "", key: "components.form_failed", values: {} };
const VALUES_WITHIN = 8000; // milliseconds that what was submitted waits for the fields' values
const DRAFT_PAUSE = 500; // milliseconds without typing
const DRAFT_AGAIN = 2000; // milliseconds after one that did not arrive

const forms = new Map();
const listeners = new Set();

const standing = (name) => forms.get(name) ?? NOTHING;

const publish = (name, change) => {
  forms.set(name, { ...standing(name), ...change });
  listeners.forEach((listener) => listener());
};

const subscribe = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const reading = (name) => {
  const { busy, answer } = standing(name);
  // In a summary a mistake leads to its control, whose id is the field's name.
  const mistakes = standing(name).mistakes.map((mistake) => ({ ...mistake, control: mistake.field }));
  const first = (field) => mistakes.find((mistake) => mistake.field === field);
  return { mistakes, busy, answer, mistakeOf: first };
};

const cache = new Map();
const snapshot = (name) => () => {
  const now = standing(name);
  if (cache.get(name)?.of !== now) cache.set(name, { of: now, read: reading(name) });
  return cache.get(name).read;
};

const nothing = reading("");

export const usePostedForm = (name) =>
  useSyncExternalStore(subscribe, snapshot(name), () => nothing);

const focusOn = (id, tries = 40) => {
  // After React has drawn what the answer changed; what the state tells of it comes later.
  setTimeout(() => {
    const control = document.getElementById(id);
    if (control && !control.readOnly) {
      control.focus();
      control.select?.();
    } else if (tries) focusOn(id, tries - 1);
  }, 60);
};

// A field may be filled from the page's own address, so that what it says holds at once,
// before anything has been heard from the server.
const fillFromAddress = (form) => {
  const asked = new URLSearchParams(window.location.search);
  form.querySelectorAll("[data-from-address]").forEach((control) => {
    control.value = asked.get(control.dataset.fromAddress) ?? "";
  });
};

const contents = (form, submitter) => {
  fillFromAddress(form);
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  return new URLSearchParams(data);
};

const ask = async (url, body) => {
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
    });
  } catch {
    return { mistakes: [NOT_SENT] };
  }
  try {
    return await response.json();
  } catch {
    return { mistakes: [FAILED] };
  }
};

// The server tells mistakes as it found them; the summary lists them as one meets the fields.
const inOrderOf = (form, mistakes) => {
  const controls = [...form.elements];
  const place = ({ field }) => controls.findIndex(({ id, name }) => field && [id, name].includes(field));
  return [...mistakes].sort((one, other) => place(one) - place(other));
};

const post = async (name, form, submitter, summary, answered) => {
  if (standing(name).busy) return;
  publish(name, { busy: true });
  const url = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  const answer = await ask(url, contents(form, submitter));
  const mistakes = inOrderOf(form, answer.mistakes ?? []);
  publish(name, { busy: false, mistakes, answer: answer.data ?? {} });
  if (answer.go) {
    if (answer.keeps) keepForm(name, form);
    publish(name, { busy: true }); // until the next page is there
    window.location.assign(answer.keeps ? andBack(answer.go) : answer.go);
    return;
  }
  (answer.clear ?? []).forEach((field) => {
    const control = form.elements.namedItem(field);
    if (control) control.value = "";
  });
  if (!mistakes.length) delete form.dataset.changed;
  if (mistakes.length) focusOn(summary);
  else if (answer.focus) focusOn(answer.focus);
  answered?.(answer.data ?? {});
};

const isSecret = (control) => control.type === "password" || control.dataset.secret !== undefined;

const draftOf = (form) => {
  const kept = new URLSearchParams();
  for (const control of form.elements) {
    if (control.name && !isSecret(control)) kept.append(control.name, control.value);
  }
  return kept;
};

// What the server kept comes after the page: it fills only what nobody touched since.
const fill = (form, values, touched) => {
  for (const [field, value] of Object.entries(values ?? {})) {
    const control = form.elements.namedItem(field);
    if (control && value && !touched.has(field)) control.value = value;
  }
};

export const PostedForm = ({
  name,
  summary,
  draftAction,
  values,
  ready = true,
  onAnswered,
  children,
  ...rest
}) => {
  const form = useRef(null);
  const waiting = useRef(null); // what was submitted before the fields had their values
  const touched = useRef(new Set());
  const pause = useRef(0);

  const keepDraft = async () => {
    clearTimeout(pause.current);
    pause.current = 0;
    if (!form.current) return;
    const body = draftOf(form.current);
    try {
      // Kept alive: it is sent also when the page goes.
      await fetch(draftAction, { method: "POST", body, keepalive: true, redirect: "manual" });
    } catch {
      if (form.current) pause.current ||= setTimeout(keepDraft, DRAFT_AGAIN);
    }
  };

  useEffect(() => {
    restoreForm(name, form.current).forEach((field) => touched.current.add(field));
  }, []);

  useEffect(() => {
    if (form.current) fill(form.current, values, touched.current);
  }, [JSON.stringify(values ?? {})]);

  const submit = (submitter) => post(name, form.current, submitter, summary, onAnswered);

  useEffect(() => {
    if (!ready || !waiting.current) return;
    const { submitter, patience } = waiting.current;
    clearTimeout(patience);
    waiting.current = null;
    publish(name, { busy: false });
    submit(submitter);
  }, [ready]);

  const wait = (submitter) => {
    const giveUp = () => {
      waiting.current = null;
      publish(name, { busy: false, mistakes: [NOT_SENT] });
      focusOn(summary);
    };
    waiting.current = { submitter, patience: setTimeout(giveUp, VALUES_WITHIN) };
    publish(name, { busy: true });
  };

  useEffect(() => {
    const leave = () => pause.current && keepDraft();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      clearTimeout(pause.current);
      clearTimeout(waiting.current?.patience);
      publish(name, NOTHING);
    };
  }, []);

  return createElement(
    "form",
    {
      ...rest,
      ref: form,
      method: "post",
      noValidate: true,
      onSubmit: (event) => {
        event.preventDefault();
        const { submitter } = event.nativeEvent;
        if (ready) submit(submitter);
        else if (!waiting.current) wait(submitter);
      },
      onKeyDown: (event) => {
        // Enter does what belongs to the field: its part's own button, else the form's.
        if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
        const own = event.target.closest("[data-part]")?.querySelector("[data-default]");
        const button = own ?? form.current.querySelector("button[type=submit]:not([formaction])");
        if (!button) return;
        event.preventDefault();
        form.current.requestSubmit(button);
      },
      onInput: (event) => {
        if (event.target.name) touched.current.add(event.target.name);
        if (!draftAction) return;
        clearTimeout(pause.current);
        pause.current = setTimeout(keepDraft, DRAFT_PAUSE);
      },
    },
    children,
  );
};
