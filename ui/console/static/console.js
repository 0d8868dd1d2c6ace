// The agents' console: when to ask, what has the focus, and what the keys do. All HTML comes from the server.
import { copy, say, startReading } from "../page/base.js";
import { call, forget, keep, remember, replaces } from "./call-session.js";
import { channel } from "./latest-request.js";
import { letter } from "./key-letter.js";

const PAUSE = 40; // ms without a key before a look-up

const byId = (id) => document.getElementById(id);
const [box, place, text, results, pane, lookups, keys] =
  ["question", "place", "document", "results", "clause", "lookups", "keys"].map(byId);
const words = JSON.parse(document.body.dataset.words);
const lang = document.documentElement.lang === "en" ? "en" : "zh";

// ---- looking up

const rowsAsked = channel();
const clauseAsked = channel();
let pausing; // the timer of a look-up to come
let looking = Promise.resolve(); // the latest look-up, and the clause that it shows
let showing = Promise.resolve();
let asked; // what the rows on the page answer; undefined where they answer nothing

const query = () => ({ q: box.value.trim(), place: place.value, document: text.value });

function look() {
  clearTimeout(pausing);
  pausing = undefined;
  looking = lookUp();
  return looking;
}

async function lookUp() {
  const wanted = query();
  if (asked && replaces(wanted.q, asked.q)) note();
  keep({ question: box.value, place: place.value, document: text.value });
  tell("");
  if (!wanted.q) {
    rowsAsked.drop();
    return putInstead("start");
  }
  let html;
  try {
    html = await rowsAsked.ask("/agent/rows", { ...wanted, lang });
  } catch {
    putInstead("lost");
    return say(words.lost);
  }
  if (html === undefined) return;
  asked = wanted;
  put(results, html);
  showMarks();
  say(byId("verdict")?.textContent ?? "");
  choose(rows()[0]);
}

// In place of rows; there is nothing then that a key could act upon.
function putInstead(template) {
  asked = undefined;
  clauseAsked.drop();
  put(results, byId(template).content.cloneNode(true));
  put(pane);
}

// Everything that was typed is looked up, and its first clause shown.
async function settled() {
  if (pausing || !asked) look();
  let latest;
  do { latest = looking; await latest; } while (latest !== looking);
  await showing;
}

// Focus that stood in what is replaced goes to the box: it is never lost.
function put(where, content = "") {
  const held = where.contains(document.activeElement);
  if (typeof content === "string") where.innerHTML = content; // rendered and escaped by the server
  else where.replaceChildren(content);
  if (held) toBox();
}

// ---- rows and the clause beside them

const rows = () => [...results.querySelectorAll("[role=option]")];
const current = () => results.querySelector("[aria-selected=true]");
const article = () => pane.querySelector("article");

function choose(row) {
  if (row && row === current()) return;
  for (const other of rows()) {
    other.tabIndex = other === row ? 0 : -1;
    other.setAttribute("aria-selected", other === row);
  }
  showing = row ? show(row.dataset.id) : Promise.resolve(put(pane));
}

async function show(id) {
  try {
    const html = await clauseAsked.ask(`/agent/clause/${encodeURIComponent(id)}`, { ...asked, lang });
    if (html === undefined) return;
    put(pane, html);
    pane.scrollTop = 0;
    showMarks();
  } catch {
    put(pane, byId("lost").content.cloneNode(true));
  }
}

function moveTo(at) {
  const all = rows();
  if (at < 0) toBox();
  else all[Math.min(at, all.length - 1)].focus();
}

async function enter() {
  await settled();
  note();
  current()?.focus();
}

async function open() {
  await settled();
  if (!article()) return;
  note();
  document.body.classList.add("opened");
  byId("clause-name").focus();
}

function toRow() {
  document.body.classList.remove("opened");
  if (current()) current().focus();
  else toBox();
}

function toBox() {
  document.body.classList.remove("opened");
  box.focus();
  box.select();
}

// ---- what the keys do

function tell(said) {
  byId("told").textContent = said;
  if (said) say(said);
}

async function copyOut(what) {
  await settled();
  const from = article();
  const reply = results.querySelector(".reply");
  if (from) {
    await copy(from.dataset[what]);
    tell(words[what] + byId("clause-name").textContent.trim().replace(/\s+/g, " "));
  } else if (reply) {
    await copy(reply.textContent);
    tell(words.reply);
  } else {
    tell(words.nothing);
  }
  note();
}

async function mark(verdict) {
  await settled();
  const clause = verdict === "missing" ? null : article()?.dataset.id;
  if (!asked) return tell(words.noQuestion);
  if (clause === undefined) return tell(words.nothing);
  const said = JSON.stringify([asked.q, clause, verdict]);
  if (call.marks.includes(said)) return tell(words.marked[verdict] + words.again);
  note();
  try {
    const body = JSON.stringify({ question: asked.q, clause_id: clause, verdict });
    const response = await fetch("/agent/mark", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    if (!response.ok) throw new Error(response.statusText);
    if (!(await response.json()).kept) return tell(words.off);
  } catch {
    return tell(words.unmarked);
  }
  keep({ marks: [...call.marks, said] });
  showMarks();
  tell(words.marked[verdict]);
}

// Rows and buttons say what has been marked in this call.
function showMarks() {
  const marked = (clause, verdict) => call.marks.includes(JSON.stringify([asked?.q, clause, verdict]));
  for (const row of rows()) {
    const said = ["wrong", "outdated"].filter((verdict) => marked(row.dataset.id, verdict));
    row.querySelector(".marks").textContent = said.map((verdict) => words.marked[verdict]).join(" ");
  }
  for (const verdict of ["wrong", "outdated", "missing"]) {
    const clause = verdict === "missing" ? null : article()?.dataset.id;
    for (const button of document.querySelectorAll(`[data-act=${verdict}]`)) button.setAttribute("aria-pressed", marked(clause, verdict));
  }
}

function newCall() {
  forget();
  restore();
  toBox();
  looking.then(() => tell(words.new));
}

const ACTS = {
  box: toBox, back: toRow, new: newCall, retry: look,
  script: () => copyOut("script"), quote: () => copyOut("quote"),
  wrong: () => mark("wrong"), outdated: () => mark("outdated"), missing: () => mark("missing"),
  keys: () => { if (!keys.open) keys.showModal(); },
};
const LETTERS = { "/": "box", "?": "keys", c: "script", q: "quote", w: "wrong", o: "outdated", m: "missing" };

function act(event) {
  const { key, target } = event;
  if (!event.altKey) {
    if (target === box && key === "ArrowDown") return enter;
    if (target === box && key === "Enter") return open;
    if (target.matches("[role=option]")) {
      const at = rows().indexOf(target);
      const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: Infinity };
      if (key in moves) return () => moveTo(moves[key]);
      if (key === "Enter" || key === " ") return open;
    }
    if (key === "Escape") return pane.contains(target) ? toRow : toBox;
    if (target.matches("input, textarea") || (target.matches("select") && !"/?".includes(key))) return undefined;
  }
  const name = letter(event);
  return name === "n" && event.altKey ? newCall : ACTS[LETTERS[name]];
}

document.addEventListener("keydown", (event) => {
  const composing = event.isComposing || event.keyCode === 229; // the input method's own keys
  if (composing || event.ctrlKey || event.metaKey || keys.open) return;
  const what = act(event);
  if (!what) return;
  event.preventDefault();
  what();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  const row = event.target.closest("[role=option]");
  if (button) ACTS[button.dataset.act]();
  else if (row) open();
});

results.addEventListener("focusin", (event) => {
  const row = event.target.closest("[role=option]");
  if (row) choose(row);
});

// ---- typing

box.addEventListener("input", (event) => {
  if (event.isComposing) return; // not yet words
  clearTimeout(pausing);
  pausing = setTimeout(look, PAUSE);
});
box.addEventListener("compositionend", look);
box.addEventListener("change", () => { if (asked?.q === query().q) note(); });
place.addEventListener("change", look);
text.addEventListener("change", look);
addEventListener("online", () => { if (!asked && box.value) look(); });

// ---- the look-ups of this call

function note() {
  if (asked) remember(asked);
  listLookups();
}

function listLookups() {
  lookups.hidden = !call.lookups.length;
  lookups.querySelector("ol").replaceChildren(...call.lookups.map((lookup) => {
    const button = document.createElement("button");
    button.type = "button";
    const filters = [[place, lookup.place], [text, lookup.document]].filter(([, value]) => value);
    const names = filters.map(([select, value]) => [...select.options].find((option) => option.value === value)?.text);
    button.textContent = [lookup.q, ...names].join(" · ");
    button.addEventListener("click", () => {
      [box.value, place.value, text.value] = [lookup.q, lookup.place, lookup.document];
      look();
      toBox();
    });
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
}

function restore() {
  [box.value, place.value, text.value] = [call.question, call.place, call.document];
  listLookups();
  asked = undefined;
  look();
}

startReading();
restore();
box.focus();
