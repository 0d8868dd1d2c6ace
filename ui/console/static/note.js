// The work-order note: it is opened, edited, copied, sent, and its way shown.
import { copy } from "../page/base.js";
import { closeDialog, isOpen, openDialog } from "./dialogs.js";
import { post } from "./latest-request.js";
import { byId, pane, tell, words } from "./page.js";

const AGAIN = 3000; // ms between two looks at what was sent, while one is on its way and the note is open
const dialog = byId("note");
const form = dialog.querySelector("form");
const sent = byId("sent");
let looking;

const fields = () => [...form.querySelectorAll("[name]")];
const lines = (text) => text.split("\n").filter((line) => line.trim());

function said(text) {
  byId("note-told").textContent = text;
}

function fill(note) {
  for (const field of fields()) {
    const value = note[field.name];
    field.value = Array.isArray(value) ? value.join("\n") : value;
  }
}

function edited() {
  const note = Object.fromEntries(fields().map(({ name, value }) => [name, value]));
  return { ...note, quotes: lines(note.quotes) };
}

function asText() {
  return fields().map((field) => `${field.closest("label").firstChild.textContent.trim()}${words.colon}${field.value}`).join("\n");
}

// `query` is what the rows on the page answer; the clause beside them goes along.
export async function openNote(query) {
  if (!query) return tell(words.noQuestion);
  const { q: question, need, place, document: only, clause } = query;
  const id = pane.querySelector("article")?.dataset.id ?? "";
  try {
    const made = await post("/agent/note", { question, need, place, document: only, clause, id, lang: words.lang });
    fill(made.note);
  } catch {
    return tell(words.noteFailed);
  }
  said("");
  tell(words.note);
  openDialog(dialog);
  look();
}

// Where the browser lets no page copy, the text is shown, selected, to be copied by hand.
export async function copyNote(byHand) {
  const text = asText();
  if (await copy(text, form.querySelector("[data-act=copyNote]"))) return said(words.noteCopied);
  closeNote();
  tell(words.byHand);
  const field = byHand.querySelector("textarea");
  field.value = text;
  openDialog(byHand);
  field.select();
}

export async function sendNote() {
  try {
    await post("/agent/note/send", { note: edited() });
  } catch (error) {
    return said(error.status === 403 ? words.noteLocal : words.noteFailed);
  }
  said(words.noteSent);
  look();
}

export function closeNote() {
  clearTimeout(looking);
  closeDialog(dialog);
}

async function again(id) {
  try {
    await post("/agent/note/again", { id });
  } catch {
    said(words.noteFailed);
  }
  look();
}

// What became of the last notes; nothing where none can be sent.
async function look() {
  clearTimeout(looking);
  if (!sent) return;
  let found;
  try {
    const response = await fetch(new URL("../../agent/note/sent", import.meta.url));
    found = response.ok ? await response.json() : [];
  } catch {
    found = [];
  }
  if (!isOpen(dialog)) return;
  sent.replaceChildren(...found.map(line));
  sent.closest("section").hidden = found.length === 0;
  if (found.some((one) => one.state === "waiting")) looking = setTimeout(look, AGAIN);
}

function line({ id, state, created, tries, problem }) {
  const item = document.createElement("li");
  item.className = state;
  const time = document.createElement("time");
  time.dateTime = created;
  time.textContent = new Date(created).toLocaleTimeString(document.documentElement.lang);
  const name = state === "waiting" && tries === 0 ? "sending" : state;
  item.append(time, ` ${sent.dataset[name]}${problem && state !== "delivered" ? ` · ${problem}` : ""} `);
  if (state === "failed") {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sent.dataset.again;
    button.addEventListener("click", () => again(id));
    item.append(button);
  }
  return item;
}
