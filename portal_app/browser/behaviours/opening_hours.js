// Whether the helpdesk answers now, by the clock of Brussels: a hook for the contact card.

import { useEffect, useState } from "react";

const OFTEN = 30_000; // milliseconds
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

const clock = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Brussels",
  weekday: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

const minutes = (time) => {
  const [hour, minute] = time.split(".").map(Number);
  return hour * 60 + minute;
};

/** Tell whether one of these hours holds a moment. */
export const isOpen = (hours, moment) => {
  const part = Object.fromEntries(clock.formatToParts(moment).map(({ type, value }) => [type, value]));
  const day = DAYS.indexOf(part.weekday) || 7; // 1 is Monday
  const now = Number(part.hour) * 60 + Number(part.minute);
  return hours.some(
    ({ days, opens, closes }) => days.includes(day) && minutes(opens) <= now && now < minutes(closes),
  );
};

/** Follow it: "open" or "closed"; nothing before the page runs. */
export const useOpen = (hours) => {
  const [standing, setStanding] = useState("");
  useEffect(() => {
    const look = () => setStanding(isOpen(hours, new Date()) ? "open" : "closed");
    look();
    const timer = setInterval(look, OFTEN);
    return () => clearInterval(timer);
  }, []);
  return standing;
};
