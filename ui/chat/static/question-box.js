// The question box: Enter sends, Shift+Enter breaks the line, a question is sent once and kept until it is answered.
// Gradio sends on Shift+Enter as well and during input-method composition, so keys are read before it sees them.
const box = () => document.querySelector("#pq-question textarea");
const button = () => document.querySelector("#pq-send");

let sent = null; // the question under way
let waits = false; // whether another one was sent meanwhile; it stands in the box
let draft = ""; // what stood in the box before a ready-made question took its place

function write(text) {
  const value = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
  value.set.call(box(), text);
  box().dispatchEvent(new Event("input", { bubbles: true }));
}

function onKey(event) {
  if (event.key !== "Enter" || event.target !== box()) return;
  event.stopImmediatePropagation();
  if (event.shiftKey || event.isComposing || event.keyCode === 229) return; // a line break; or the input method's own
  event.preventDefault();
  if (event.type === "keydown") button().click();
}

// How much is written, near the limit: where 2,000 characters end nobody can see.
const SOON = 0.8; // of the limit
export function startCounting(words) {
  const counter = document.createElement("p");
  counter.id = "pq-count";
  counter.hidden = true;
  document.addEventListener("input", (event) => {
    if (event.target !== box()) return;
    const length = [...box().value].length; // characters, as the server counts them
    const most = Number(words.most);
    counter.hidden = length < SOON * most;
    counter.textContent = words.counted.replace("{length}", length).replace("{most}", most);
    counter.classList.toggle("over", length > most);
  });
  return counter;
}

// A click on the button reaches Gradio only with a question, and only when none is under way.
function onSend(event, status, words) {
  if (!(event.target instanceof Element) || !event.target.closest("#pq-send")) return;
  const text = box().value;
  const length = [...text].length; // characters, as the server counts them
  if (text.trim() && sent === null && length <= Number(words.most)) {
    sent = text;
    status.clear();
    return;
  }
  event.stopImmediatePropagation();
  event.preventDefault();
  if (length > Number(words.most)) {
    status.say(words.tooLong.replace("{most}", words.most).replace("{length}", length));
    return;
  }
  waits = sent !== null && text.trim() !== "" && text !== sent;
  if (sent === null && event.detail < 2) { // the second tap of two finds the box already emptied
    status.show("empty");
    box().focus();
  }
}

export function startAsking(status, words) {
  for (const type of ["keydown", "keypress"]) window.addEventListener(type, onKey, true);
  window.addEventListener("click", (event) => onSend(event, status, words), true);
}

// Ask a ready-made question in place. False when one is under way or the box is not there yet.
export function ask(question) {
  if (sent !== null || !box()) return false;
  draft = box().value === question ? draft : box().value;
  write(question);
  button().click();
  return true;
}

// What was sent while another question was under way goes now.
export function sendNext() {
  if (waits) setTimeout(() => button().click());
  waits = false;
}

export const underWay = () => sent;

// The question under way was answered: the box is emptied, unless something else has been typed meanwhile.
export function answered() {
  if (sent !== null && box().value === sent) {
    write(draft);
    draft = "";
  }
  sent = null;
}

// It was not: it stays in the box.
export function refused() {
  if (sent !== null && !box().value.trim()) write(sent);
  sent = null;
}
