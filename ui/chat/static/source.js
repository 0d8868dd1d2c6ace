// A clause beside the conversation: the article of its page, in a column on a desktop, in a sheet on a phone.
import { announce } from "../page/base.js";

const WIDE = matchMedia("(min-width: 64rem)");
const SHEET = "policyqa-sheet"; // in the history's state, so that "back" closes the sheet
const panel = document.getElementById("pq-source");
const words = document.getElementById("pq-words").dataset;
let opener = null;

async function read(address) {
  const response = await fetch(address);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return document.importNode(page.getElementById("clause"), true);
}

function show() {
  if (panel.open) return;
  document.documentElement.classList.toggle("pq-beside", WIDE.matches);
  if (WIDE.matches) {
    panel.show();
  } else {
    panel.showModal();
    history.pushState(SHEET, "");
  }
}

async function open(link) {
  if (!panel.contains(link)) {
    if (opener) opener.removeAttribute("aria-current");
    opener = link;
    opener.setAttribute("aria-current", "true");
  }
  const place = document.getElementById("pq-clause");
  document.getElementById("pq-whole").href = link.href;
  try {
    place.replaceChildren(await read(link.href));
    show();
    place.querySelector("#clause-name").focus({ preventScroll: true });
    panel.scrollTop = 0;
    const marked = place.querySelector("mark");
    if (marked) marked.scrollIntoView({ block: "nearest" });
  } catch {
    place.replaceChildren(words.unopened);
    show();
    announce(words.unopened);
  }
}

export function closeSource() {
  if (panel.open) panel.close();
}

function closed() {
  document.documentElement.classList.remove("pq-beside");
  if (history.state === SHEET) history.back();
  if (opener) opener.removeAttribute("aria-current");
  (opener && opener.isConnected ? opener : document.querySelector("#pq-question textarea")).focus();
}

export function startSource() {
  if (!panel.showModal) return; // an older browser goes to the page of the clause
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href*="/clause/"]');
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || elsewhere || link.matches(".permanent, #pq-whole")) return;
    event.preventDefault();
    open(link);
  });
  document.getElementById("pq-close").addEventListener("click", closeSource);
  panel.addEventListener("close", closed);
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") closeSource(); }); // a column has no Esc of its own
  addEventListener("popstate", closeSource);
}
