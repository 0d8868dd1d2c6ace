// The code that a caller reads out, and the conversation behind it. HTML comes from the server.
import { closeDialog, openDialog } from "./dialogs.js";
import { byId, pane, tell, words } from "./page.js";

export const dialog = byId("handover"); // there is none where nothing is kept
const place = byId("handed");
const form = dialog && dialog.querySelector("form");
const box = form && form.querySelector("input");

function refuse(said) {
  form.querySelector("[role=status]").textContent = said;
  box.focus();
  box.select();
}

export function openHandover() {
  if (!dialog) return;
  box.value = "";
  form.querySelector("[role=status]").textContent = "";
  openDialog(dialog);
}

export const closeHandover = () => closeDialog(dialog);

export function putAway() {
  if (!place) return;
  place.hidden = true;
  pane.removeAttribute("tabindex");
  place.textContent = "";
}

// The conversation that is shown, as a look-up: its first question, in its place; nothing where none is.
export function handedQuery() {
  const { question, place: where } = place?.querySelector("article")?.dataset ?? {};
  return question ? { q: question, place: where } : undefined;
}

const REFUSED = { 401: "local", 403: "local", 404: "wrong", 429: "locked" };

async function read(code) {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ code, lang: words.lang });
  const response = await fetch(new URL("../../agent/handover", import.meta.url), { method: "POST", headers, body }).catch(() => null);
  if (!response || !response.ok) return refuse(dialog.dataset[(response && REFUSED[response.status]) || "failed"]);
  place.innerHTML = (await response.json()).handover; // rendered and escaped by the server
  place.hidden = false;
  place.scrollTop = 0;
  pane.tabIndex = 0; // it has less room now: what it holds may have to be scrolled by key
  closeDialog(dialog);
  byId("handed-name").focus();
  tell(dialog.dataset.opened);
}

export function startHandover() {
  if (!dialog) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = box.value.normalize("NFKC").replace(/\D/g, "");
    if (code.length === 6) read(code);
    else refuse(dialog.dataset.six);
  });
}
