// Which key does what.
import { keyLetter } from "./key-letter.js";
import { closeDialog, isOpen } from "./dialogs.js";
import { box, pane, toBox } from "./page.js";
import { enter, moveTo, open, rows, toRow } from "./rows.js";

const LETTERS = {
  "/": "box", "?": "keys", c: "script", q: "quote", g: "order", w: "wrong", o: "outdated", m: "missing", u: "takeBack", j: "handover", s: "scores",
};

function actOf(event, acts) {
  const { key, target } = event;
  if (!event.altKey) {
    if (target === box && key === "ArrowDown") return enter;
    if (target === box && key === "Enter") return () => open();
    if (target.matches("[role=option]")) {
      const at = rows().indexOf(target);
      const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: Infinity };
      if (key in moves) return () => moveTo(moves[key]);
      if (key === "Enter" || key === " ") return () => open(target);
    }
    if (key === "Escape") return pane.contains(target) ? toRow : toBox;
    if (target.matches("input, textarea") || (target.matches("select") && !"/?".includes(key))) return undefined;
  }
  const letter = keyLetter(event);
  if (/^[1-9]$/.test(letter)) return () => acts.pick(Number(letter));
  return letter === "n" && event.altKey ? acts.newCall : acts[LETTERS[letter]];
}

// `acts` are functions by name; while a dialog is open, its keys are its own.
export function startKeys(acts, dialogs) {
  document.addEventListener("keydown", (event) => {
    const composing = event.isComposing || event.keyCode === 229; // the input method's own keys
    if (composing || event.ctrlKey || event.metaKey) return;
    const opened = dialogs.find(isOpen);
    const act = opened ? event.key === "Escape" && (() => closeDialog(opened)) : actOf(event, acts);
    if (!act) return;
    event.preventDefault();
    act();
  });
}
