// What is copied out of the page: what was said, and the quote.
import { copy } from "../page/base.js";
import { openDialog } from "./dialogs.js";
import { byId, pane, results, tell, words } from "./page.js";

// The clause or card beside the rows holds it, or else the verdict: what is near and does not answer has no script.
function source(what) {
  const beside = pane.querySelector("article");
  const verdict = results.querySelector(".verdict");
  return [beside, verdict].find((one) => one && one.dataset[what]);
}

// Where the browser lets no page copy, as one without https may not, the text is shown, selected, to be copied by hand.
export async function copyOut(what, byHand) {
  const from = source(what);
  if (!from) return tell(words.nothing);
  const text = from.dataset[what];
  if (!await copy(text)) {
    tell(words.byHand);
    const field = byHand.querySelector("textarea");
    field.value = text;
    openDialog(byHand);
    field.select();
  } else if (what === "script" && !from.dataset.id) {
    tell(words.reply);
  } else {
    tell(words[what] + (from.dataset.id ? byId("clause-name").textContent.trim().replace(/\s+/g, " ") : ""));
  }
}
