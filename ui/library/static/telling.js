// What is said on the page, what is asked in a dialog, and what the next page has to say.
import { announce } from "../page/base.js";
import { byId, make } from "./dom.js";

const LATER = "policyqa-library-told";

export function tell(words, bad = false) {
  byId("told").replaceChildren(make("p", { class: bad ? "told bad" : "told" }, words));
  byId("told").hidden = !words;
  if (words) announce(words);
}

export function tellLater(words) {
  try { sessionStorage.setItem(LATER, words); } catch { /* then it is not said */ }
}

export function tellNow() {
  try {
    const words = sessionStorage.getItem(LATER);
    sessionStorage.removeItem(LATER);
    if (words) tell(words);
  } catch { /* storage may be forbidden */ }
}

byId("no").addEventListener("click", () => byId("ask").close("no"));

// Whether the clerk agrees. `because` are the lines that tell what will happen, and fields.
export function agree({ question, because = [], yes, danger = false }) {
  const dialog = byId("ask");
  const chief = dialog.querySelector("[value=yes]");
  byId("ask-name").textContent = question;
  dialog.querySelector(".why").replaceChildren(...because.map((line) => make("p", {}, line)));
  chief.textContent = yes;
  chief.classList.toggle("danger", danger);
  dialog.returnValue = "no";
  dialog.showModal();
  (dialog.querySelector(".why [required]") ?? byId("no")).focus(); // Enter does nothing that was not meant
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
