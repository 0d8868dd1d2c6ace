// Looking up while somebody types: the verdicts and rows, and beside them the clause of one.
import { announce } from "../page/base.js";
import { call, keep, replaces } from "./call-session.js";
import { noteLookup } from "./call-list.js";
import { latestRequest } from "./latest-request.js";
import { showMarks } from "./marks.js";
import { box, byId, copyOf, pane, place, put, results, tell, text, toBox, words } from "./page.js";

const PAUSE = 40; // ms without a key before a look-up

const lookup = latestRequest();
const opening = latestRequest();
const line = byId("line");
let pausing; // the timer of a look-up to come
let looking = Promise.resolve(); // the latest look-up, and the clause that it shows
let showing = Promise.resolve();
let asked; // what the rows on the page answer, and the question as the server read it; undefined where there are none
let chosen = {}; // a clause whose name was chosen, and that name
let lost; // what to do again once the line is back; undefined while it holds

export const query = () => {
  const q = box.value.trim();
  return { q, place: place.value, document: text.value, clause: chosen.name === q ? chosen.clause : "" };
};
export const answeredQuery = () => asked;
export const rows = () => [...results.querySelectorAll("[role=option]")];
export const isLost = () => Boolean(lost);
const current = () => results.querySelector("[aria-selected=true]");
const sent = ({ q, need, place: where, document: only, clause }) => ({ q, need, place: where, document: only, clause, lang: words.lang });

export function look() {
  return lookUp(0);
}

// One question of the story that was typed.
export function showNeed(need) {
  return lookUp(need);
}

function lookUp(need) {
  clearTimeout(pausing);
  pausing = undefined;
  looking = ask(need);
  return looking;
}

export function lookSoon() {
  clearTimeout(pausing);
  pausing = setTimeout(look, PAUSE);
}

// Put a question, or the name of a clause, into the box and look it up.
export function typeIn(words_, clause = "") {
  box.value = words_;
  chosen = { name: words_.trim(), clause };
  look();
  toBox();
}

async function ask(need) {
  const wanted = { ...query(), need };
  if (asked && replaces(wanted.q, asked.q)) note();
  keep({ question: box.value, place: place.value, document: text.value, clause: wanted.clause });
  tell("");
  if (!wanted.q) {
    lookup.drop();
    return putStart();
  }
  let found;
  try {
    found = await lookup.ask("/agent/rows", sent(wanted));
  } catch {
    return lineLost(look);
  }
  if (found === undefined) return;
  lineHolds();
  asked = { ...wanted, question: found.question, proof: found.proof };
  put(results, found.rows); // the first of them is chosen
  results.scrollTop = 0;
  openPane(found.clause);
  announce(byId("verdict")?.textContent ?? "");
}

// ---- when the line drops, what is being read stays, and the keys go on acting upon it

function lineLost(again) {
  lost = again;
  line.hidden = false;
  announce(words.lost);
}

function lineHolds() {
  lost = undefined;
  const held = line.contains(document.activeElement);
  line.hidden = true;
  if (held) toBox();
}

export function retry() {
  return (lost ?? look)();
}

// Nothing is asked: what callers ask about, and the keys. There is nothing then that a key could act upon.
function putStart() {
  asked = undefined;
  lineHolds();
  put(results, copyOf("start"));
  openPane(copyOf("hint"));
}

function openPane(content) {
  opening.drop();
  showing = Promise.resolve();
  put(pane, content);
  pane.scrollTop = 0;
  showMarks(asked);
}

// What the call asked before is forgotten; what stands in the box is looked up anew.
export function startOver() {
  [box.value, place.value, text.value] = [call.question, call.place, call.document];
  chosen = { name: call.question, clause: call.clause };
  asked = undefined;
  return look();
}

// Everything that was typed is looked up, and its first clause shown; on a dropped line, what was before stays.
export async function settled() {
  if (pausing || (!asked && !lost && box.value.trim())) look();
  let latest;
  do { latest = looking; await latest; } while (latest !== looking);
  await showing;
}

export function choose(row) {
  if (!row || row === current()) return;
  select(row);
  showing = show(row.dataset.id);
}

function select(row) {
  for (const other of rows()) {
    other.tabIndex = other === row ? 0 : -1;
    other.setAttribute("aria-selected", other === row);
  }
}

async function show(id) {
  try {
    const opened = await opening.ask("/agent/clause", { ...sent(asked), id });
    if (opened === undefined) return;
    lineHolds();
    put(pane, opened.clause);
    pane.scrollTop = 0;
    showMarks(asked);
  } catch {
    select(rows().find((row) => row.dataset.id === pane.querySelector("article")?.dataset.id)); // the one still shown
    lineLost(() => choose(rows().find((row) => row.dataset.id === id)));
  }
}

export function note() {
  noteLookup(asked);
}

// ---- where the focus goes

export function moveTo(at) {
  const all = rows();
  if (at < 0) toBox();
  else all[Math.min(at, all.length - 1)].focus();
}

export async function enter() {
  await settled();
  note();
  (current() ?? rows()[0] ?? results.querySelector("button"))?.focus();
}

export async function open(row) {
  await settled();
  choose(row);
  await showing;
  if (!pane.querySelector("article")) return;
  note();
  document.body.classList.add("opened");
  byId("clause-name").focus();
}

export function toRow() {
  document.body.classList.remove("opened");
  const row = current() ?? rows()[0];
  if (row) row.focus();
  else toBox();
}
