// The agents' console: what its buttons and keys do. All HTML comes from the server.
import { copy, startReading } from "../page/base.js";
import { forget } from "./call-session.js";
import { noteLookup, startCallList } from "./call-list.js";
import { startKeys } from "./keys.js";
import { sendMark } from "./marks.js";
import { box, byId, place, results, tell, text, toBox, words } from "./page.js";
import { answeredQuery, article, choose, look, lookSoon, note, open, query, settled, startOver, toRow } from "./rows.js";

const keys = byId("keys");

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
  note();
  await sendMark(answeredQuery(), verdict);
}

async function newCall() {
  forget();
  noteLookup();
  const started = startOver();
  toBox();
  await started;
  tell(words.newCall);
}

const ACTS = {
  box: toBox, back: toRow, newCall, retry: look,
  script: () => copyOut("script"), quote: () => copyOut("quote"),
  wrong: () => mark("wrong"), outdated: () => mark("outdated"), missing: () => mark("missing"),
  keys: () => { if (!keys.open) keys.showModal(); },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  const row = event.target.closest("[role=option]");
  if (button) ACTS[button.dataset.act]();
  else if (row) open();
});
results.addEventListener("focusin", (event) => choose(event.target.closest("[role=option]")));

box.addEventListener("input", (event) => { if (!event.isComposing) lookSoon(); }); // while composing, not yet words
box.addEventListener("compositionend", look);
box.addEventListener("change", () => { if (answeredQuery()?.q === query().q) note(); });
place.addEventListener("change", look);
text.addEventListener("change", look);
addEventListener("online", () => { if (!answeredQuery() && box.value) look(); });

startReading();
startCallList(look);
startKeys(ACTS, keys);
noteLookup();
startOver();
box.focus();
