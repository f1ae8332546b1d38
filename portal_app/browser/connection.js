// Whether the portal can be reached, told calmly: a blink is not worth a word, a lost
// connection is, and so is its return.

import { useEffect, useState } from "react";

const A_BLINK = 1000;
const TOLD_LONG_ENOUGH = 8000;

const following = (phase, failing) => {
  if (failing) return phase === "lost" ? null : { phase: "lost", after: A_BLINK };
  if (phase === "lost") return { phase: "back", after: 0 };
  if (phase === "back") return { phase: "steady", after: TOLD_LONG_ENOUGH };
  return null;
};

/** Follow the connection: "steady", "lost" while it fails, "back" shortly after. */
export const useConnection = (failing) => {
  const [phase, setPhase] = useState("steady");
  useEffect(() => {
    const next = following(phase, failing);
    if (!next) return undefined;
    const timer = setTimeout(() => setPhase(next.phase), next.after);
    return () => clearTimeout(timer);
  }, [phase, failing]);
  return phase;
};
