// The agents' console: what its buttons and keys do. All HTML comes from the server.
import { startReading } from "../page/base.js";
import { forget } from "./call-session.js";
import { noteLookup, startCallList } from "./call-list.js";
import { copyOut } from "./copying.js";
import { closeDialog, openDialog } from "./dialogs.js";
import { closeHandover, dialog as handover, handedQuery, openHandover, putAway, startHandover } from "./handover.js";
import { startKeys } from "./keys.js";
import { takeBackLast, toggleMark } from "./marks.js";
import { box, byId, place, results, tell, text, toBox, words } from "./page.js";
import { closeNote, copyNote, openNote, sendNote } from "./note.js";
import { startScores, toggleScores } from "./scores.js";
import { answeredQuery, choose, isLost, look, lookSoon, note, open, query, retry, settled, showNeed, startOver, toRow, typeIn } from "./rows.js";

const keys = byId("keys");
const byHand = byId("by-hand");
const orderNote = byId("note");

async function mark(verdict) {
  await settled();
  note();
  await toggleMark(answeredQuery(), verdict);
}

async function newCall() {
  forget();
  putAway();
  noteLookup();
  const started = startOver();
  toBox();
  await started;
  tell(words.newCall);
}

// A question of the caller's story, a choice of a question back, a word that the letters typed stand for.
async function pick(number) {
  await settled();
  const button = results.querySelectorAll("[data-pick]")[number - 1];
  if (button) picked(button);
}

function picked(button) {
  note();
  if (button.dataset.need) showNeed(Number(button.dataset.need));
  else typeIn(button.dataset.ask);
}

async function copied(what) {
  await settled();
  note();
  await copyOut(what, byHand);
}

async function noted() {
  await settled();
  note();
  await openNote(answeredQuery() ?? handedQuery());
}

const ACTS = {
  box: toBox, back: toRow, newCall, retry, pick,
  script: () => copied("script"), quote: () => copied("quote"), order: noted,
  copyNote: () => copyNote(byHand), sendNote, closeNote,
  wrong: () => mark("wrong"), outdated: () => mark("outdated"), missing: () => mark("missing"),
  takeBack: () => takeBackLast(answeredQuery()), scores: toggleScores,
  keys: () => openDialog(keys), closeKeys: () => closeDialog(keys), closeByHand: () => closeDialog(byHand),
  handover: openHandover, closeHandover, putAway: () => { putAway(); toBox(); },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  const choice = event.target.closest("[data-pick]");
  const matter = event.target.closest("[data-matter]");
  const row = event.target.closest("[role=option]");
  if (button) ACTS[button.dataset.act]();
  else if (choice) picked(choice);
  else if (matter) typeIn(matter.dataset.name, matter.dataset.matter);
  else if (row) open(row);
});
results.addEventListener("focusin", (event) => choose(event.target.closest("[role=option]")));

box.addEventListener("input", (event) => { if (!event.isComposing) lookSoon(); }); // while composing, not yet words
box.addEventListener("compositionend", look);
box.addEventListener("change", () => { if (answeredQuery()?.q === query().q) note(); });
place.addEventListener("change", look);
text.addEventListener("change", look);
addEventListener("online", () => { if (isLost()) retry(); });

startReading();
startScores();
startCallList(typeIn);
startHandover();
startKeys(ACTS, [keys, byHand, orderNote, handover].filter(Boolean));
noteLookup();
startOver();
box.focus();
