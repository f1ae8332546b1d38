// What pages do by themselves, without React and without a word to the server: one listener
// per kind of event on the document, which looks at data attributes. Nothing is bound to an
// element, so a thousand rows cost as much as one.

import { startCalendar } from "./calendar.js";
import { startChanges } from "./changes.js";
import { startConnection } from "./connection.js";
import { startCopying } from "./copying.js";
import { startDialogs } from "./dialogs.js";
import { startDownloads } from "./downloads.js";
import { startFolding } from "./folding.js";
import { startFollowing } from "./following.js";
import { startKeys } from "./keys.js";
import { startLookingAgain } from "./looking_again.js";
import { startMenus } from "./menus.js";
import { startNarrowing } from "./narrowing.js";
import { startPasskeys } from "./passkeys.js";
import { startPasswordRules } from "./password_rules.js";
import { startPasswords } from "./passwords.js";
import { startPressing } from "./pressing.js";
import { startSaving } from "./saving.js";
import { startSaying } from "./saying.js";
import { startSwitches } from "./switches.js";
import { startPreferences } from "./preferences.js";
import { startTabs } from "./tabs.js";
import { startTips } from "./tips.js";
import { startToasts } from "./toasts.js";

const start = () => {
  startCalendar();
  startChanges();
  startConnection();
  startCopying();
  startDialogs();
  startDownloads();
  startFolding();
  startFollowing();
  startKeys();
  startLookingAgain();
  startMenus();
  startNarrowing();
  startPasskeys();
  startPasswordRules();
  startPasswords();
  startPressing();
  startSaving();
  startSaying();
  startSwitches();
  startPreferences();
  startTabs();
  startTips();
  startToasts();
};

// At once, not when React is done: what is prerendered can be pressed before that. While
// the pages are being prerendered there is no document.
if (typeof document !== "undefined") start();
