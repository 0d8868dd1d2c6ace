// What the library holds, how it stands to what is in service, and removing a document.
import { button, byId, cell, inLanguage, list, make, pageOf, say, titlesOf } from "./dom.js";
import { follow, showPending } from "./publication.js";
import { removeDocument } from "./removal.js";
import { ask } from "./server.js";
import { tell } from "./telling.js";

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
  showPending(held);
}

function showNotes(held) {
  byId("service").replaceChildren(held.elsewhere === null ? "" : make("p", { class: "told notice" }, say("elsewhere", { folder: held.elsewhere })));
  byId("notes").replaceChildren(
    ...held.failures.map((reason) => make("p", { class: "told bad" }, say("unread", { reason: inLanguage(reason) }))),
    ...held.versions.map((one) => make("p", { class: "told" }, `${say(`versions_${one.likeness}`, { titles: titlesOf(one.documents) })} — ${say("versions_hint")}`)),
  );
}

function row(one) {
  const open = make("a", { href: pageOf("documents", one.id) }, one.title);
  const remove = button(say("remove"), () => removeOne(one), { "aria-label": `${say("remove")} ${one.title}` });
  const chinese = { lang: "zh-CN" };
  const place = (...given) => cell(byId("documents"), ...given);
  return make("tr", { "data-id": one.id },
    make("th", { scope: "row", class: "title", ...chinese }, open, make("small", { class: "quiet" }, one.file ?? one.id)),
    place("number", one.number, chinese), place("issuer", one.issuer, chinese),
    place("places", list(one.jurisdiction), chinese), place("issued", one.issued),
    place("clauses", say("clauses", { count: one.clauses })),
    place("unplaced", one.unplaced ? say("lines", { count: one.unplaced }) : "—"),
    place("state", one.state ? make("span", { class: one.state === "in_service" ? "" : "mark notice" }, say(`state_${one.state}`)) : "—"),
    make("td", { class: "act" }, remove));
}

async function removeOne(one) {
  try {
    const removed = await removeDocument(one);
    if (!removed) return;
    if (removed.publication) {
      await follow(removed.publication);
      return;
    }
    tell(say("removed", { title: one.title }));
  } catch (problem) {
    tell(problem.message, true);
  }
  await showDocuments();
  byId("held-name").focus();
}
