// The clauses as a tree: headings, clauses, parts, with their lengths. Arrows walk through it, Enter shows the text.
import { byId, list, make, say } from "./dom.js";
import { rove, startRoving } from "./roving.js";

const STOP = ".entry";
const tree = byId("tree");

export function showOutline(seen, onChoose) {
  const entries = new Map();
  const top = tree.parentElement.scrollTop;
  const stop = tree.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  const root = make("ul");
  let above = []; // the headings that are open, each with its list
  for (const clause of seen.clauses) {
    const shared = above.findIndex(({ heading }, depth) => heading !== clause.path[depth]);
    above = shared < 0 ? above.slice(0, clause.path.length) : above.slice(0, shared);
    for (const heading of clause.path.slice(above.length)) {
      const inside = make("ul");
      (above.at(-1)?.inside ?? root).append(make("li", {}, make("p", { class: "heading", lang: "zh-CN" }, heading), inside));
      above.push({ heading, inside });
    }
    (above.at(-1)?.inside ?? root).append(item(clause, entries, ownPlaces(clause, seen)));
  }
  tree.replaceChildren(root);
  startRoving(tree, STOP);
  tree.onclick = (event) => {
    const entry = event.target.closest(STOP);
    if (!entry) return;
    markInOutline(entry.dataset.id, false);
    onChoose(entries.get(entry.dataset.id));
  };
  tree.parentElement.scrollTop = top;
  if (stop) find(stop)?.focus();
}

// Where a clause applies, if that is not where the document does.
function ownPlaces(clause, seen) {
  const document_ = seen.facts.find(({ key, used }) => key === "jurisdiction" && used)?.value ?? [];
  return String(clause.jurisdiction) === String(document_) ? null : make("span", { class: "place" }, say("only_places", { places: list(clause.jurisdiction) }));
}

function item(entry, entries, place = null) {
  entries.set(entry.id, entry);
  const name = make("span", { class: "label", lang: "zh-CN" }, make("b", {}, entry.number), " ", entry.title);
  const size = make("span", { class: "size" }, say("length", { count: entry.length }));
  const button = make("button", { type: "button", class: "entry", "data-id": entry.id }, name, place, size);
  const parts = entry.parts.length ? make("ul", { class: "parts" }, ...entry.parts.map((part) => item(part, entries))) : null;
  return make("li", {}, button, parts);
}

const find = (id) => tree.querySelector(`[data-id="${CSS.escape(id)}"]`);

export function markInOutline(id, scroll = true) {
  for (const shown of tree.querySelectorAll("[aria-current]")) shown.removeAttribute("aria-current");
  const entry = find(id);
  if (!entry) return;
  entry.setAttribute("aria-current", "true");
  rove(tree, STOP, entry);
  if (scroll) entry.scrollIntoView({ block: "center" });
}
