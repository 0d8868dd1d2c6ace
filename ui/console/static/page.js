// The parts of the page, and what is said on it.
import { announce } from "../page/base.js";

export const byId = (id) => document.getElementById(id);
export const [box, place, text, results, pane] = ["question", "place", "document", "results", "clause"].map(byId);
export const words = document.body.dataset;

export function tell(said) {
  byId("told").textContent = said;
  if (said) announce(said);
}

export function toBox() {
  document.body.classList.remove("opened");
  box.focus();
  box.select();
}

// Focus that stood in what is replaced goes to the box: it is never lost.
export function put(where, content = "") {
  const held = where.contains(document.activeElement);
  if (typeof content === "string") where.innerHTML = content; // rendered and escaped by the server
  else where.replaceChildren(content);
  if (held) toBox();
}

export const copyOf = (template) => byId(template).content.cloneNode(true);
