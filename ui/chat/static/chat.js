// The citizens' page: wires up what the other files do, and names for a screen reader what Gradio leaves unnamed.
import "./root.js";
import { announce, startReading } from "../page/base.js";
import { answered, ask, refused, sendNext, startAsking, startCounting, underWay } from "./question-box.js";
import { watchConnection } from "./connection.js";
import { startCopying } from "../page/copy-buttons.js";
import { startHandingOver, toPerson } from "./handing-over.js";
import { startPassingOn } from "./passing-on.js";
import { closeSource, startSource } from "./source.js";
import { close as closeSuggestions, startSuggesting } from "./suggestions.js";
import { startVerdicts } from "./verdict.js";

const words = document.getElementById("pq-words").dataset;
const find = (selector) => document.querySelector(selector);
const box = () => find("#pq-question textarea");
const title = find("#pq-title").textContent;

// What is happening to the question, above its box.
const line = document.createElement("div");
line.id = "pq-status";
line.innerHTML = '<span role="status"></span> <button type="button" hidden></button>';
const [said, again] = line.children;
again.textContent = words.again;
const status = {
  say(text, retry) {
    said.textContent = text;
    line.classList.toggle("pq-says", text !== "");
    again.hidden = !retry;
    again.onclick = retry;
  },
  show(name, retry) { status.say(words[name], retry); },
  clear() { status.say(""); },
};

const counter = startCounting(words);
const suggestions = startSuggesting({ box, announce, choose: (name) => { fromLink = ask(name); } });
const places = () => [...document.querySelectorAll("#pq-places input")];

// Each place is a group of its own to Gradio, so the browser's arrow keys find no other; these do, round and round.
function onArrow(event) {
  const all = places();
  const at = all.indexOf(event.target);
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (at < 0 || !step) return;
  event.preventDefault();
  const next = all[(at + step + all.length) % all.length];
  next.focus();
  next.click();
}

function setAddress(name, value) {
  const address = new URL(location.href);
  address.searchParams.delete(name);
  if (value) address.searchParams.set(name, value);
  history.replaceState(history.state, "", address);
}

// The word before the places, the line of the question's fate, the count and the suggestions stand in Gradio's panel.
function furnish(panel) {
  panel.prepend(line);
  const place = document.createElement("span");
  place.id = "pq-place-word";
  place.textContent = words.place;
  find("#pq-places").prepend(place);
  find("#pq-places").after(...toPerson);
  find("#pq-typing").after(counter, suggestions);
  if (!newest && !new URLSearchParams(location.search).has("q")) box().focus({ preventScroll: true });
}

// Gradio labels each message with its markup, page and log in the browser's language, and gives every place a group of its own.
function nameThings() {
  if (document.documentElement.lang !== words.lang) document.documentElement.lang = words.lang;
  const panel = find("#pq-ask");
  if (panel && box() && find("#pq-places") && !line.isConnected) furnish(panel);
  for (const message of document.querySelectorAll("#pq-log [data-testid][aria-label]")) message.removeAttribute("aria-label");
  places().forEach((radio, at, all) => {
    radio.setAttribute("aria-posinset", at + 1);
    radio.setAttribute("aria-setsize", all.length);
  });
  const names = [["#pq-log [role=log]", words.conversation], ["fieldset#pq-places", words.place]];
  for (const [selector, name] of names) {
    const element = find(selector);
    if (element && element.getAttribute("aria-label") !== name) element.setAttribute("aria-label", name);
  }
}

let newest;
let fromLink = false; // a ready-made question was chosen, and where it stood may be gone now

function showNewest() {
  const all = document.querySelectorAll("#pq-log .pq-asked");
  const asked = all[all.length - 1];
  if (asked === newest) return;
  newest = asked;
  document.documentElement.classList.toggle("pq-talks", Boolean(asked)); // the opening makes room
  if (box()) box().dispatchEvent(new Event("input", { bubbles: true })); // Gradio fits the box to its new place
  document.title = asked ? `${asked.lastChild.textContent} · ${title}` : title;
  const shown = asked || find("#pq-title"); // nothing asked any more: the conversation was cleared
  shown.scrollIntoView({ block: "start" });
  if (!asked && box()) box().focus({ preventScroll: true });
  if (asked && fromLink) shown.focus({ preventScroll: true });
  fromLink = false;
}

watchConnection({
  leaving: () => underWay() !== null,
  waiting(asks, how) {
    if (asks || new URLSearchParams(location.search).has("q")) status.show(how);
  },
  arrived(asks, kept) {
    closeSuggestions();
    // The page's first word clears no more than its own.
    if (asks || said.textContent === words.slow || said.textContent === words.long) status.clear();
    if (!asks) return;
    if (kept) {
      refused();
    } else {
      answered();
      setAddress("q", ""); // what the address asked has been asked
    }
    sendNext();
  },
  failed(asks, how) {
    if (!asks) return status.show("unreached", () => location.reload());
    refused();
    status.show(how, how === "unreadable" ? undefined : () => find("#pq-send").click());
  },
});

startReading();
startCopying();
startPassingOn();
startAsking(status, words);
startHandingOver();
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
