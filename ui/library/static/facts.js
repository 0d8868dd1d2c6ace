// The facts: as read, with the words they were read from; as confirmed or corrected. Saved as they are typed.
import { byId, button, make, say } from "./dom.js";
import { ask } from "./server.js";
import { toLine } from "./source.js";

const PAUSE = 800; // ms without a key until what was typed is saved
const form = byId("form");
const rows = [...form.querySelectorAll(".fact")];
let isDraft = false;
let timer;
let saving = Promise.resolve();
let save = () => {};

const input = (row) => row.querySelector("textarea, select, input:not([type=checkbox])");
const check = (row) => row.querySelector("[type=checkbox]");
const stated = new Map();

export const uncheckedFacts = () => rows.filter((row) => stated.get(row.dataset.key) && !check(row).checked).length;
export const savedFacts = async () => { if (timer) save(); await saving; };

// Puts the facts into the form; what is being typed there stays.
export function showFacts(facts, typed = new Map()) {
  for (const fact of facts) {
    const row = form.querySelector(`[data-key="${fact.key}"]`);
    stated.set(fact.key, fact.stated);
    if (!typed.has(fact.key)) {
      if (input(row).tagName === "SELECT" && ![...input(row).options].some(({ value }) => value === fact.value)) {
        input(row).append(make("option", { value: fact.value }, fact.value));
      }
      input(row).value = fact.value;
      check(row).checked = fact.checked;
    }
    row.querySelector(".stated").replaceChildren(...about(row, fact));
    input(row).toggleAttribute("aria-invalid", Boolean(fact.mistake));
    fit(input(row));
  }
  count();
}

function about(row, fact) {
  const said = [];
  if (fact.mistake) said.push(make("p", { class: "told bad" }, say(`mistake_${fact.mistake}`)));
  if (!fact.stated) return said;
  const { value, evidence, confidence, sure, line } = fact.stated;
  if (fact.value.trim() === "" && sure) said.push(make("p", { class: "told notice" }, say("cleared", { value })));
  if (fact.value !== value && !(fact.value.trim() === "" && sure)) {
    const take = button(say("take"), () => { input(row).value = value; check(row).checked = true; changed(row); input(row).focus(); });
    said.push(make("p", { class: "offer" }, say(fact.value ? "differs" : "suggested", { value }), " ", take));
  }
  const quote = make("q", { lang: "zh-CN" }, evidence.replace(/\s+/g, " "));
  const where = line
    ? [button(say("line", { line }), () => toLine(line), { class: "link" })]
    : [make("span", {}, say("not_in_text"))];
  said.push(make("p", { class: "quiet" }, `${say("read_from")} `, quote, " ", ...where, " · ", say("confidence", { percent: Math.round(confidence * 100) })));
  return said;
}

function count() {
  if (!isDraft) return;
  const left = uncheckedFacts();
  if (![...stated.values()].some(Boolean)) byId("tab-facts").textContent = say("none_read");
  else byId("tab-facts").textContent = left ? say("unchecked", { count: left }) : say("all_checked");
}

const typedNow = () => JSON.stringify(rows.map((row) => [input(row).value, check(row).checked]));

export function startFacts(path, mayChange, show) {
  isDraft = mayChange;
  for (const row of rows) for (const field of [input(row), check(row)]) field.disabled = !isDraft;
  byId("check-all").hidden = !isDraft;
  if (!isDraft) {
    byId("form").querySelectorAll(".check").forEach((label) => { label.hidden = true; });
    return;
  }
  count();
  save = () => {
    clearTimeout(timer);
    timer = undefined;
    saving = saving.then(() => send(path, show));
  };
  form.addEventListener("input", (event) => {
    const row = event.target.closest(".fact");
    if (!row) return;
    if (event.target !== check(row)) check(row).checked = input(row).value.trim() !== "" || !stated.get(row.dataset.key);
    changed(row);
  });
  form.addEventListener("change", () => { if (timer) save(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("check-all").addEventListener("click", () => {
    for (const row of rows) if (stated.get(row.dataset.key)) check(row).checked = true;
    changed(rows[0]);
  });
  addEventListener("pagehide", () => { if (timer) save(); });
}

function changed(row) {
  fit(input(row));
  count();
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
}

async function send(path, show) {
  const before = typedNow();
  const values = Object.fromEntries(rows.map((row) => [row.dataset.key, input(row).value]));
  const checked = rows.filter((row) => check(row).checked).map((row) => row.dataset.key);
  byId("saving").textContent = say("saving");
  try {
    const seen = await ask("PUT", `${path}/facts`, { values, checked });
    const typed = before === typedNow() ? new Map() : new Map(rows.map((row) => [row.dataset.key, true]));
    show(seen);
    showFacts(seen.form, typed);
    byId("saving").textContent = say("saved");
  } catch (problem) {
    byId("saving").textContent = say("unsaved", { reason: problem.message });
  }
}

// As high as what it holds.
function fit(field) {
  if (field.tagName === "TEXTAREA") field.rows = Math.min(6, Math.max(1, ...[field.value.split("\n").length, Math.ceil(field.value.length / 26)]));
}
