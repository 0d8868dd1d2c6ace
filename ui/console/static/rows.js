// Looking up while somebody types: the rows, and beside them the clause of one.
import { announce } from "../page/base.js";
import { call, keep, replaces } from "./call-session.js";
import { noteLookup } from "./call-list.js";
import { latestRequest } from "./latest-request.js";
import { showMarks } from "./marks.js";
import { box, byId, copyOf, pane, place, put, results, tell, text, toBox, words } from "./page.js";

const PAUSE = 40; // ms without a key before a look-up

const lookup = latestRequest();
const opening = latestRequest();
let pausing; // the timer of a look-up to come
let looking = Promise.resolve(); // the latest look-up, and the clause that it shows
let showing = Promise.resolve();
let asked; // what the rows on the page answer; undefined where they answer nothing

export const query = () => ({ q: box.value.trim(), place: place.value, document: text.value });
export const answeredQuery = () => asked;
export const rows = () => [...results.querySelectorAll("[role=option]")];
export const article = () => pane.querySelector("article");
const current = () => results.querySelector("[aria-selected=true]");

export function look() {
  clearTimeout(pausing);
  pausing = undefined;
  looking = lookUp();
  return looking;
}

export function lookSoon() {
  clearTimeout(pausing);
  pausing = setTimeout(look, PAUSE);
}

async function lookUp() {
  const wanted = query();
  if (asked && replaces(wanted.q, asked.q)) note();
  keep({ question: box.value, place: place.value, document: text.value });
  tell("");
  if (!wanted.q) {
    lookup.drop();
    return putInstead("start");
  }
  let found;
  try {
    found = await lookup.ask("/agent/lookup", { ...wanted, lang: words.lang });
  } catch {
    putInstead("lost");
    return announce(words.lost);
  }
  if (found === undefined) return;
  asked = wanted;
  put(results, found.rows); // the first of them is chosen
  openPane(found.clause);
  announce(byId("verdict")?.textContent ?? "");
}

// In place of rows; there is nothing then that a key could act upon.
function putInstead(template) {
  asked = undefined;
  put(results, copyOf(template));
  openPane("");
}

function openPane(html) {
  opening.drop();
  showing = Promise.resolve();
  put(pane, html);
  pane.scrollTop = 0;
  showMarks(asked);
}

// What the call asked before is forgotten; what stands in the box is looked up anew.
export function startOver() {
  [box.value, place.value, text.value] = [call.question, call.place, call.document];
  asked = undefined;
  return look();
}

// Everything that was typed is looked up, and its first clause shown.
export async function settled() {
  if (pausing || !asked) look();
  let latest;
  do { latest = looking; await latest; } while (latest !== looking);
  await showing;
}

export function choose(row) {
  if (!row || row === current()) return;
  for (const other of rows()) {
    other.tabIndex = other === row ? 0 : -1;
    other.setAttribute("aria-selected", other === row);
  }
  showing = show(row.dataset.id);
}

async function show(id) {
  try {
    const opened = await opening.ask("/agent/clause", { ...asked, lang: words.lang, id });
    if (opened === undefined) return;
    put(pane, opened.clause);
    pane.scrollTop = 0;
    showMarks(asked);
  } catch {
    put(pane, copyOf("lost"));
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
  current()?.focus();
}

export async function open() {
  await settled();
  if (!article()) return;
  note();
  document.body.classList.add("opened");
  byId("clause-name").focus();
}

export function toRow() {
  document.body.classList.remove("opened");
  if (current()) current().focus();
  else toBox();
}
