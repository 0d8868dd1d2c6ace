// What the library holds, how far it is in service, and removing a document.
import { button, byId, inLanguage, list, make, pageOf, say } from "./dom.js";
import { ask } from "./server.js";
import { agree, tell } from "./telling.js";

const EVERY = 2000; // ms between two looks at an index that is being built
let watching = false;

export async function showDocuments() {
  let held;
  try {
    held = await ask("GET", "documents");
  } catch (problem) {
    byId("no-documents").textContent = problem.message;
    return;
  }
  byId("documents").tBodies[0].replaceChildren(...held.documents.map(row));
  byId("documents").hidden = held.documents.length === 0;
  byId("no-documents").hidden = held.documents.length > 0;
  byId("no-documents").textContent = say("no_documents");
  showNotes(held);
  showIndex(held.index);
}

function showNotes(held) {
  const titles = (documents) => list(documents.map(({ title }) => `《${title}》`));
  const notes = [
    ...held.failures.map((reason) => make("p", { class: "told bad" }, say("unread", { reason: inLanguage(reason) }))),
    ...held.versions.map((one) => make("p", { class: "told" }, `${say(`versions_${one.likeness}`, { titles: titles(one.documents) })} — ${say("versions_hint")}`)),
  ];
  if (held.removed.length) notes.push(make("p", { class: "told" }, say("removed_later", { titles: titles(held.removed) })));
  byId("notes").replaceChildren(...notes);
}

function row(one) {
  const open = make("a", { href: pageOf("documents", one.id) }, one.title);
  const remove = button(say("remove"), () => removeOne(one), { "aria-label": `${say("remove")} ${one.title}` });
  const chinese = { lang: "zh-CN" };
  return make("tr", { "data-id": one.id },
    make("th", { scope: "row", class: "title", ...chinese }, open, make("small", { class: "quiet" }, one.file ?? one.id)),
    cell("number", one.number, chinese), cell("issuer", one.issuer, chinese),
    cell("places", list(one.jurisdiction), chinese), cell("issued", one.issued),
    cell("clauses", say("clauses", { count: one.clauses })),
    cell("unplaced", one.unplaced ? say("lines", { count: one.unplaced }) : "—"),
    cell("state", one.state ? say(`state_${one.state}`) : "—"),
    make("td", { class: "act" }, remove));
}

function cell(column, words, attributes = {}) {
  const label = document.querySelector(`th.${column}`).textContent;
  return words
    ? make("td", { class: column, "data-label": label, ...attributes }, words)
    : make("td", { class: `${column} quiet`, "data-label": label }, say("unstated"));
}

async function removeOne(one) {
  const sure = await agree({ question: say("ask_remove", { title: one.title }), because: [say("ask_remove_text")], yes: say("remove"), danger: true });
  if (!sure) return;
  try {
    await ask("DELETE", `documents/${encodeURIComponent(one.id)}`);
    tell(say("removed", { title: one.title }));
  } catch (problem) {
    tell(problem.message, true);
  }
  await showDocuments();
  byId("held-name").focus();
}

// The index

function showIndex(index) {
  const lines = [];
  if (index.served !== null) lines.push(["told notice", say("elsewhere", { folder: index.served })]);
  if (index.state === "building") lines.push(["told busy", say("building")]);
  if (index.state === "built") lines.push(["told notice", say("built")]);
  if (index.state === "failed") lines.push(["told bad", `${say("build_failed", { reason: inLanguage(index.reason) })}\n${say("build_failed_next")}`]);
  byId("service").replaceChildren(...lines.map(([kind, words]) => make("p", { class: kind }, words)));
  if (index.state === "building" && !watching) watch();
}

async function watch() {
  watching = true;
  for (let state = "building"; state === "building";) {
    await new Promise((resolve) => { setTimeout(resolve, EVERY); });
    try {
      const index = await ask("GET", "index");
      state = index.state;
      if (state !== "building") showIndex(index);
    } catch { /* the server is being restarted */ }
  }
  watching = false;
}
