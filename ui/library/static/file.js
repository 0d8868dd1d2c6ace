// One file: its text left, its clauses and facts right, its faults above, and what to do with it below.
import { startReading } from "../page/base.js";
import { startFacts, showFacts, savedFacts, uncheckedFacts } from "./facts.js";
import { byId, home, inLanguage, make, pageOf, say } from "./dom.js";
import { showOutline, markInOutline } from "./outline.js";
import { removeDocument } from "./removal.js";
import { ask } from "./server.js";
import { markInSource, nextUnplaced, showSource, toLine, unplacedLines } from "./source.js";
import { startTabs, openTab } from "./tabs.js";
import { agree, tell, tellLater, tellNow } from "./telling.js";

const place = byId("file");
const path = place.dataset.draft ? `drafts/${place.dataset.draft}` : `documents/${encodeURIComponent(place.dataset.document)}`;
let file;

function show(seen) {
  file = seen;
  byId("title").replaceChildren(make("span", { lang: "zh-CN" }, seen.title));
  document.title = `${seen.title} · ${document.title.split(" · ").at(-1)}`;
  byId("about").textContent = say("file", { file: seen.file, format: say(`format_${seen.format}`) });
  showFaults(seen.faults);
  showSource(seen, (holder) => { openTab("outline"); markInOutline(holder); });
  showOutline(seen, (entry) => markInSource(entry));
  const counts = { clauses: seen.clauses.length, parts: seen.parts, lines: unplacedLines() };
  byId("counts").textContent = say(unplacedLines() ? "counts_unplaced" : "counts", counts);
  byId("next-unplaced").hidden = unplacedLines() === 0;
  showVersions(seen.versions);
}

function showFaults(faults) {
  byId("faults").hidden = faults.length === 0;
  byId("faults").querySelector("ul").replaceChildren(...faults.map((fault) => {
    const words = [make("strong", { class: fault.severity }, say(fault.severity)), " "];
    if (fault.line) {
      const link = make("a", { href: `#line-${fault.line}` }, say("line", fault));
      link.addEventListener("click", (event) => { event.preventDefault(); toLine(fault.line); });
      words.push(link, " ");
    }
    if (fault.fact) {
      const link = make("a", { href: `#fact-${fault.fact}` }, say(`missing_${fault.fact}`));
      link.addEventListener("click", (event) => { event.preventDefault(); openTab("facts"); byId(`fact-${fault.fact}`).focus(); });
      words.push(link, " ");
    }
    return make("li", {}, ...words, inLanguage(fault.message));
  }));
}

function showVersions(versions) {
  const own = ({ id }) => id !== file.id;
  byId("versions").replaceChildren(...versions.flatMap((one) => {
    const links = one.documents.filter(own).map(({ id, title }) => make("a", { href: pageOf("documents", id), lang: "zh-CN" }, `《${title}》`));
    const [before, after] = say(`versions_${one.likeness}`, { titles: "\n" }).split("\n");
    return [make("span", { class: "told notice" }, before, ...links, after, " ", say("versions_hint"))];
  }));
}

// What to do with it

async function takeIn() {
  await savedFacts();
  const errors = file.faults.filter(({ severity }) => severity === "error").length;
  const unchecked = uncheckedFacts();
  const because = [
    file.exists ? say("ask_replace") : "",
    errors ? say("ask_go_on", { count: errors }) : "",
    unchecked ? say("ask_unchecked", { count: unchecked }) : "",
  ].filter(Boolean);
  const yes = errors ? "take_in_go_on" : file.exists ? "take_in_replace" : "take_in";
  const question = { question: say("ask_take_in", { title: file.title }), because, yes: say(yes), danger: errors > 0 || file.exists };
  if (because.length && !await agree(question)) return;
  byId("take-in").disabled = true;
  try {
    const taken = await ask("POST", `${path}/publish`, { replace: file.exists, go_on: errors > 0 });
    tellLater(say("added", taken));
    location.assign(home);
  } catch (problem) {
    byId("take-in").disabled = false;
    if (problem.errors.length) openTab("facts");
    tell(problem.message, true);
    if (problem.status === 409) file.exists = true; // somebody else was first: ask next time
  }
}

async function discard() {
  const sure = await agree({ question: say("ask_discard", { name: file.file }), because: [say("ask_discard_text")], yes: say("discard"), danger: true });
  if (!sure) return;
  try {
    await ask("DELETE", path);
    tellLater(say("put_aside_done", { name: file.file }));
    location.assign(home);
  } catch (problem) {
    tell(problem.message, true);
  }
}

async function remove() {
  try {
    if (!await removeDocument(file)) return;
    if (!file.published) tellLater(say("removed", { title: file.title }));
    location.assign(home);
  } catch (problem) {
    tell(problem.message, true);
  }
}

async function correct() {
  try {
    location.assign(pageOf("drafts", (await ask("POST", `${path}/draft`)).draft));
  } catch (problem) {
    tell(problem.message, true);
  }
}

for (const [id, act] of Object.entries({ "take-in": takeIn, discard, remove, correct, "next-unplaced": nextUnplaced })) {
  byId(id)?.addEventListener("click", act);
}

async function start() {
  startReading();
  startTabs();
  tellNow();
  try {
    show(await ask("GET", path));
  } catch (problem) {
    byId("title").textContent = "—";
    tell(problem.message, true);
    return;
  }
  showFacts(file.form);
  startFacts(path, Boolean(place.dataset.draft), show);
  document.querySelector(".panes").hidden = false;
  document.querySelector("footer").hidden = false;
}

start();
