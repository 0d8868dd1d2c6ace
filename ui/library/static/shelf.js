// The library: a place to drop files, what waits to be added, and what is held.
import { startReading } from "../page/base.js";
import { button, byId, inLanguage, list, make, pageOf, say } from "./dom.js";
import { showDocuments } from "./documents.js";
import { showGenerations } from "./generations.js";
import { startPublication } from "./publication.js";
import { dismiss, enqueue, isBusy, retry, waiting } from "./queue.js";
import { ask } from "./server.js";
import { agree, tell, tellNow } from "./telling.js";

const drop = byId("drop");
const files = byId("files");
let drafts = [];

// What waits

function changed(draft) {
  if (draft) {
    if (drafts.some((other) => other.draft === draft.draft)) tell(say("waits_already", { name: draft.file }));
    drafts = [...drafts.filter((other) => other.draft !== draft.draft), draft];
  }
  showDrafts();
}

function showDrafts() {
  const held = byId("drafts").contains(document.activeElement) ? document.activeElement.dataset.of : null;
  byId("drafts").replaceChildren(...drafts.map(draftRow), ...waiting.map(waitingRow));
  if (held) (byId("drafts").querySelector(`[data-of="${CSS.escape(held)}"]`) ?? byId("drafts-name")).focus();
  byId("no-drafts").textContent = say("no_drafts");
  byId("no-drafts").hidden = drafts.length + waiting.length > 0;
  byId("add-good").hidden = drafts.filter(isGood).length < 2;
}

const hasTwin = (draft) => drafts.some((other) => other !== draft && other.id === draft.id);
const isGood = (draft) => !draft.failure && draft.errors === 0 && !draft.exists && draft.clauses > 0 && !hasTwin(draft);

function draftRow(draft) {
  const name = make("div", { class: "name" },
    draft.failure ? draft.file : make("a", { href: pageOf("drafts", draft.draft), lang: "zh-CN", "data-of": `open-${draft.draft}` }, draft.title),
    make("small", { class: "quiet", lang: "zh-CN" }, draft.file));
  const marks = make("p", { class: "marks" }, ...(draft.failure ? [mark("bad", inLanguage(draft.failure))] : draftMarks(draft)));
  const look = draft.failure ? null : make("a", { class: "button", href: pageOf("drafts", draft.draft), "aria-label": `${say("look")} ${draft.title}` }, say("look"));
  const away = button(say("put_aside"), () => putAside(draft), { "data-of": `away-${draft.draft}`, "aria-label": `${say("put_aside")} ${draft.file}` });
  return make("li", {}, name, marks, make("p", { class: "acts" }, look, away));
}

function draftMarks(draft) {
  const others = draft.warnings - draft.missing.length - (draft.unplaced ? 1 : 0); // what has no mark of its own
  return [
    mark(draft.errors ? "bad" : "good", draft.errors ? say("errors", { count: draft.errors }) : say("no_faults")),
    draft.missing.length ? mark("notice", say("missing", { facts: list(draft.missing.map((key) => say(`missing_${key}`))) })) : null,
    others ? mark("notice", say("warnings", { count: others })) : null,
    make("span", {}, `${byWord("clauses")} ${say("clauses", { count: draft.clauses })}`),
    draft.unplaced ? mark("notice", say("unplaced", { count: draft.unplaced })) : null,
    hasTwin(draft) ? mark("notice", say("waits_twice")) : null,
    draft.exists ? mark("notice", say("replaces_one")) : null,
    draft.versions && !draft.exists ? mark("notice", say("has_versions")) : null,
  ];
}

const byWord = (column) => document.querySelector(`th.${column}`).textContent;
const mark = (kind, words) => make("span", { class: `mark ${kind}` }, words);

function waitingRow(one, position) {
  const first = waiting.findIndex(({ failure }) => failure === null);
  const state = one.failure
    ? mark("bad", say("failed", { reason: one.failure }))
    : mark("plain", say(position === first ? "reading" : "waiting"));
  const acts = one.failure ? make("p", { class: "acts" },
    button(say("retry"), () => retry(one, changed), { "aria-label": `${say("retry")} ${one.file.name}` }),
    button(say("dismiss"), () => dismiss(one, changed), { "aria-label": `${say("dismiss")} ${one.file.name}` })) : null;
  return make("li", {}, make("div", { class: "name", lang: "zh-CN" }, one.file.name), make("p", { class: "marks" }, state), acts);
}

async function putAside(draft) {
  const sure = await agree({ question: say("ask_discard", { name: draft.file }), because: [say("ask_discard_text")], yes: say("discard"), danger: true });
  if (!sure) return;
  try {
    await ask("DELETE", `drafts/${draft.draft}`);
    tell(say("put_aside_done", { name: draft.file }));
  } catch (problem) {
    if (problem.status !== 404) return tell(problem.message, true);
  }
  drafts = drafts.filter((other) => other !== draft);
  showDrafts();
}

async function addGood() {
  const good = drafts.filter(isGood);
  const lacking = good.filter(({ missing }) => missing.length).length;
  const because = [say("ask_add_good_text"), ...(lacking ? [say("ask_add_missing", { count: lacking })] : [])];
  const sure = await agree({ question: say("ask_add_good", { count: good.length }), because, yes: say("take_in") });
  if (!sure) return;
  let failed = 0;
  byId("add-good").disabled = true;
  for (const draft of good) {
    try {
      await ask("POST", `drafts/${draft.draft}/publish`, {});
      drafts = drafts.filter((other) => other !== draft);
    } catch (problem) {
      failed += 1;
      draft.failure = problem.message;
    }
    showDrafts();
  }
  byId("add-good").disabled = false;
  const count = good.length - failed;
  tell(failed ? say("added_some", { count, failed }) : say("added_many", { count }), failed > 0);
  byId("held-name").focus();
  await showDocuments();
}

// Dropping and choosing

function take(list) {
  const chosen = [...list];
  if (chosen.length) enqueue(chosen, changed);
}

files.addEventListener("change", () => { take(files.files); files.value = ""; });
for (const type of ["dragenter", "dragover"]) {
  addEventListener(type, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault(); // anywhere on the page: a browser would open the file instead
    drop.classList.add("over");
  });
}
addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  take(event.dataTransfer.files);
});
addEventListener("beforeunload", (event) => { if (isBusy()) event.preventDefault(); });
byId("add-good").addEventListener("click", addGood);

const showAll = () => Promise.all([showDocuments(), showGenerations()]);

async function start() {
  startReading();
  tellNow();
  await Promise.all([showAll(), startPublication(showAll), (async () => {
    try {
      const waited = (await ask("GET", "drafts")).drafts; // what was dropped meanwhile may be among them
      drafts = [...waited, ...drafts.filter(({ draft }) => waited.every((other) => other.draft !== draft))];
    } catch (problem) {
      tell(problem.message, true);
    }
    showDrafts();
  })()]);
}

start();
