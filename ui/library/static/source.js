// The text as it was read, line by line; rows of a table as a table. Each clause and part begins with a button to it.
import { announce } from "../page/base.js";
import { byId, inLanguage, make, say } from "./dom.js";
import { rove, startRoving } from "./roving.js";

const STOP = ".go";
const HEADINGS = ["title", "number", "section", "heading", "table_head", "attachment"]; // in no clause, and rightly so
const source = byId("source");
let lines = [];
let names = new Map(); // of clauses and parts, by id
let unplaced = []; // the lines that should be in a clause and are in none
let visited = -1;

export const unplacedLines = () => unplaced.length;
const lineElement = (number) => source.querySelector(`[data-line="${number}"]`);

export function showSource(seen, onChoose) {
  const top = source.scrollTop;
  const stop = source.contains(document.activeElement) ? document.activeElement.closest("[data-line]")?.dataset.line : null;
  lines = seen.lines;
  names = new Map();
  const begins = new Map(); // line → the innermost that begins there
  for (const entry of flat(seen.clauses)) {
    names.set(entry.id, [entry.number, entry.title].filter(Boolean).join(" "));
    begins.set(entry.first, entry.id);
  }
  unplaced = lines.flatMap((line, i) => (line.unplaced ? [i + 1] : []));
  visited = -1;
  source.replaceChildren(...blocks(begins, faultsByLine(seen.faults)));
  startRoving(source, STOP);
  source.onclick = (event) => choose(event, onChoose);
  source.scrollTop = top;
  if (stop) lineElement(stop)?.querySelector(STOP)?.focus();
}

function choose(event, onChoose) {
  const line = event.target.closest("[data-line]");
  if (!line || String(getSelection()).length) return; // words are being selected to be copied
  const holder = event.target.closest(STOP)?.dataset.holder ?? line.dataset.holder;
  if (!holder) return announce(say("outside"));
  mark([Number(line.dataset.line)]);
  onChoose(holder);
  announce(say("shown_in_outline", { name: names.get(holder) }));
}

export function markInSource(entry) {
  mark(range(entry.first, entry.last));
  lineElement(entry.first)?.scrollIntoView({ block: "center" });
  const stop = lineElement(entry.first)?.querySelector(STOP);
  if (stop) rove(source, STOP, stop);
  announce(say("shown_in_source", { name: names.get(entry.id) }));
}

// To a line, with the focus: from a fault, or from the words a fact was read from.
export function toLine(number) {
  const line = lineElement(number);
  if (!line) return;
  mark([number]);
  line.scrollIntoView({ block: "center" });
  line.tabIndex = -1;
  line.focus({ preventScroll: true });
}

export function nextUnplaced() {
  // Lines that stand together are one place.
  const places = unplaced.filter((number, i) => i === 0 || lines.slice(unplaced[i - 1], number - 1).some((line) => line.holder));
  visited += 1;
  if (visited >= places.length) {
    visited = -1;
    announce(say("no_more_unplaced"));
    return;
  }
  toLine(places[visited]);
}

function mark(numbers) {
  for (const shown of source.querySelectorAll(".shown")) shown.classList.remove("shown");
  for (const number of numbers) lineElement(number)?.classList.add("shown");
}

function faultsByLine(faults) {
  const found = new Map();
  for (const fault of faults.filter(({ line }) => line)) found.set(fault.line, [...(found.get(fault.line) ?? []), fault]);
  return found;
}

function* blocks(begins, faults) {
  let page = null;
  for (let i = 0; i < lines.length;) {
    const line = lines[i];
    if (line.page && line.page !== page) {
      page = line.page;
      yield make("p", { class: "anchor", id: `page-${page}`, lang: document.documentElement.lang }, say("page", { page }));
    }
    let end = i + 1;
    if (line.kind === "row") {
      while (end < lines.length && lines[end].kind === "row" && lines[end].table === line.table && lines[end].page === line.page) end += 1;
      yield table(i, end, begins, faults);
    } else if (line.text.trim()) {
      yield paragraph(i, begins, faults);
    }
    i = end;
  }
}

function attributesOf(i, faults) {
  const line = lines[i];
  const severities = (faults.get(i + 1) ?? []).map(({ severity }) => severity);
  const place = line.holder ? "" : HEADINGS.includes(line.role) ? "heading-of" : "outside";
  const kinds = [place, line.unplaced ? "unplaced" : "", line.doubtful ? "doubted" : "", ...severities];
  return { class: ["line", ...new Set(kinds)].filter(Boolean).join(" "), "data-line": i + 1, "data-holder": line.holder, id: `line-${i + 1}` };
}

// The button of the clause or part that begins on this line.
function go(i, begins) {
  const id = begins.get(i + 1);
  return id ? make("button", { type: "button", class: "go", "data-holder": id, "aria-label": say("to_outline", { name: names.get(id) }), lang: document.documentElement.lang }, "›") : null;
}

function notes(i, faults) {
  const own = { lang: document.documentElement.lang };
  const said = (faults.get(i + 1) ?? []).map(({ severity, message }) => make("span", { class: `note ${severity}`, ...own }, `${say(severity)}：${inLanguage(message)}`));
  if (lines[i].doubtful) said.push(make("span", { class: "note doubt", ...own }, say("doubtful")));
  return said;
}

// What a line outside the clauses is, where the parser has made that out.
function role(i) {
  const line = lines[i];
  if (!line.unplaced && (line.holder || !line.role)) return null;
  return make("span", { class: "role", lang: document.documentElement.lang }, say(`role_${line.unplaced ? "unplaced" : line.role}`));
}

function paragraph(i, begins, faults) {
  const heading = lines[i].kind === "heading" ? { role: "heading", "aria-level": Math.min(lines[i].level + 2, 6) } : {};
  return make("div", attributesOf(i, faults), go(i, begins), make("span", { class: "words", ...heading }, lines[i].text), role(i), ...notes(i, faults));
}

function table(first, end, begins, faults) {
  const rows = [];
  for (let i = first; i < end; i += 1) rows.push(lines[i].text.split("\t"));
  const width = Math.max(...rows.map((cells) => cells.length));
  const body = make("tbody");
  rows.forEach((cells, k) => {
    const i = first + k;
    const row = make("tr", attributesOf(i, faults), make("td", { class: "gutter" }, go(i, begins)));
    cells.forEach((cell, n) => row.append(make("td", n === cells.length - 1 && cells.length < width ? { colspan: width - n } : {}, cell)));
    const said = notes(i, faults);
    body.append(row);
    if (said.length) body.append(make("tr", { class: "notes" }, make("td", { colspan: width + 1 }, ...said)));
  });
  const caption = lines[first].table ? make("caption", { class: "anchor", lang: document.documentElement.lang }, say("table", lines[first])) : null;
  return make("div", { class: "scroll" }, make("table", {}, caption, body));
}

function* flat(entries) {
  for (const entry of entries) {
    yield entry;
    yield* flat(entry.parts);
  }
}

const range = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
