// The citizens' page: wires up what the other files do, and names for a screen reader what Gradio leaves unnamed.
import "./root.js";
import { startReading } from "../page/base.js";
import { answered, ask, refused, sendNext, startAsking, underWay } from "./question-box.js";
import { watchConnection } from "./connection.js";
import { startCopying } from "../page/copy-buttons.js";
import { closeSource, startSource } from "./source.js";
import { startVerdicts } from "./verdict.js";

const words = document.getElementById("pq-words").dataset;
const find = (selector) => document.querySelector(selector);

// What is happening to the question, above its box.
const line = document.createElement("div");
line.id = "pq-status";
line.innerHTML = '<span role="status"></span> <button type="button" hidden></button>';
const [said, again] = line.children;
again.textContent = words.again;
const status = {
  say(text, retry) {
    said.textContent = text;
    again.hidden = !retry;
    again.onclick = retry;
  },
  show(name, retry) { status.say(words[name], retry); },
  clear() { status.say(""); },
};

const places = () => [...document.querySelectorAll("#pq-places input")];

// Each place is a group of its own to Gradio, so the browser's arrow keys find no other; these do, round and round.
function onArrow(event) {
  const at = places().indexOf(event.target);
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (at < 0 || !step) return;
  event.preventDefault();
  const next = places().at((at + step) % places().length);
  next.focus();
  next.click();
}

function setAddress(name, value) {
  const address = new URL(location.href);
  address.searchParams.delete(name);
  if (value) address.searchParams.set(name, value);
  history.replaceState(history.state, "", address);
}

// Gradio labels each message with its markup, page and log in the browser's language, and gives every place a group of its own.
function nameThings() {
  if (document.documentElement.lang !== words.lang) document.documentElement.lang = words.lang;
  const ask = find("#pq-ask");
  if (ask && !line.isConnected) ask.prepend(line);
  for (const message of document.querySelectorAll("#pq-log [data-testid][aria-label]")) message.removeAttribute("aria-label");
  places().forEach((radio, at, all) => {
    radio.ariaPosInSet = at + 1;
    radio.ariaSetSize = all.length;
  });
  const names = [["#pq-log [role=log]", words.conversation], ["fieldset#pq-places", words.place]];
  for (const [selector, name] of names) {
    const element = find(selector);
    if (element && element.ariaLabel !== name) element.ariaLabel = name;
  }
}

let newest;
let fromLink = false; // a ready-made question was chosen, and where it stood may be gone now

function showNewest() {
  const asked = [...document.querySelectorAll("#pq-log .pq-asked")].at(-1);
  if (asked === newest) return;
  newest = asked;
  const shown = asked ?? find("#pq-can"); // nothing asked any more: the conversation was cleared
  shown.scrollIntoView({ block: asked ? "start" : "end" });
  if (!asked || fromLink) shown.focus({ preventScroll: true });
  fromLink = false;
}

watchConnection({
  leaving: () => underWay() !== null,
  waiting(asks) {
    if (asks || new URLSearchParams(location.search).has("q")) status.show("slow");
  },
  arrived(asks, kept) {
    if (asks || said.textContent === words.slow) status.clear(); // the page's first word clears no more than its own
    if (!asks) return;
    if (kept) {
      refused();
    } else {
      answered();
      setAddress("q", ""); // what the address asked has been asked
    }
    sendNext();
  },
  lost(asks) {
    if (!asks) return status.show("unreached", () => location.reload());
    refused();
    status.show("lost", () => find("#pq-send").click());
  },
  unreadable() {
    refused();
    status.show("unreadable");
  },
});

startReading();
startCopying();
startAsking(status, words);
startSource();
startVerdicts();
new MutationObserver(nameThings).observe(document.documentElement, { attributeFilter: ["lang"] });
new MutationObserver(() => { nameThings(); showNewest(); }).observe(document.body, { childList: true, subtree: true });

document.addEventListener("click", (event) => {
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey);
  const link = event.target.closest("[data-ask]");
  if (link && plain && find("#pq-send")) {
    event.preventDefault();
    fromLink = ask(link.dataset.ask);
  }
  if (event.target.closest("#pq-clear")) {
    closeSource();
    setAddress("q", "");
  }
  const other = event.target.closest("[data-switch]");
  if (other) other.search = location.search;
});
document.addEventListener("keydown", onArrow);
document.addEventListener("change", (event) => {
  if (event.target.closest("#pq-places")) setAddress("place", event.target.value);
});
