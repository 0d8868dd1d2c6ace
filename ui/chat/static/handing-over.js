// To a person: what was said in this tab goes behind six digits, which are read out to 12345.
import { history } from "./kept.js";

const NAME = "policyqa-handover"; // the code of this tab, its ticket, and till when a number is kept; never a number
const panel = document.getElementById("pq-person"); // there is none where the server keeps nothing
const language = document.getElementById("pq-words").dataset.lang;
const find = (selector) => panel.querySelector(selector);
let opener = null;

// Stands by the box to ask in.
export const toPerson = [];

const isToCome = (moment) => Boolean(moment) && new Date(moment) > new Date();

// A number outlives the code, and can be withdrawn as long as it is kept.
function drawn() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(NAME));
    return kept && (isToCome(kept.expires) || isToCome(kept.deleted)) ? kept : null;
  } catch { return null; } // storage may be forbidden
}

function keep(drawing) {
  try { sessionStorage.setItem(NAME, JSON.stringify(drawing)); } catch { /* the next one has a code of its own, then */ }
}

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => values[name]);
const day = (date) => new Date(`${date.slice(0, 10)}T12:00:00+08:00`).toLocaleDateString(language, { month: "long", day: "numeric", timeZone: "Asia/Shanghai" });
const time = (moment) => new Date(moment).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });

function tell(words) {
  find("#pq-person-told").textContent = words;
}

function show(drawing) {
  const [code, say, until] = find("#pq-code").querySelectorAll("strong, span, .quiet");
  const isGood = Boolean(drawing) && isToCome(drawing.expires);
  find("#pq-code").hidden = !isGood;
  find("#pq-person-about").hidden = isGood;
  find("#pq-person-name").setAttribute("aria-describedby", isGood ? "pq-code" : "pq-person-about"); // read out with the focus
  find("[type=submit]").textContent = isGood ? panel.dataset.update : panel.dataset.draw;
  find("#pq-withdraw").hidden = !(drawing && drawing.deleted);
  if (!isGood) return;
  code.textContent = `${drawing.code.slice(0, 3)} ${drawing.code.slice(3)}`;
  say.textContent = fill(panel.dataset.say, { code: drawing.code.split("").join(" ") });
  until.textContent = fill(panel.dataset.until, { day: day(drawing.expires), time: time(drawing.expires) });
}

async function why(response) {
  if (response.status === 429) return panel.dataset.often;
  const { type, errors } = await response.json().catch(() => ({}));
  const field = errors && errors.length ? errors[0].field : "";
  if (field === "phone") return panel.dataset.phoneWrong;
  if (field === "history") return panel.dataset.empty;
  return /handover-off$/.test(type) ? panel.dataset.off : /no-call-back$/.test(type) ? panel.dataset.noCall : panel.dataset.lost;
}

function told(drawing, phone, before) {
  if (drawing.phone && phone) return fill(panel.dataset.called, { phone: drawing.phone, day: day(drawing.call_back), deleted: day(drawing.deleted) });
  if (phone === "") return panel.dataset.withdrawn;
  return before && before.code === drawing.code ? panel.dataset.updated : "";
}

// `phone`: a number to call back, "" to withdraw the one that was left, null for neither.
async function draw(phone) {
  const before = drawn();
  const place = document.querySelector("#pq-places input:checked");
  const asked = {
    history: JSON.parse(history("")), place: (place && place.value) || null,
    wanted: find("[name=wanted]").value.trim() || null, phone, ticket: before && before.ticket,
  };
  tell(panel.dataset.drawing);
  const body = JSON.stringify(asked);
  const response = await fetch(new URL("../../v1/handover", import.meta.url), { method: "POST", headers: { "Content-Type": "application/json" }, body }).catch(() => null);
  if (!response) return tell(panel.dataset.lost);
  if (!response.ok) {
    tell(await why(response));
    return find(response.status === 422 && phone ? "[name=phone]" : "[type=submit]").focus();
  }
  const drawing = await response.json();
  const { code, expires, ticket, deleted } = drawing;
  const kept = { code, expires, ticket, deleted: deleted && `${deleted}T00:00:00+08:00` };
  keep(kept);
  if (phone !== null) find("[name=phone]").value = "";
  show(kept);
  tell(told(drawing, phone, before));
  find("#pq-person-name").focus();
  panel.scrollTop = 0;
}

function open(button) {
  opener = button;
  panel.hidden = false;
  tell("");
  show(drawn());
  find("#pq-person-name").focus();
}

function close() {
  if (panel.hidden) return;
  panel.hidden = true;
  (opener && opener.isConnected ? opener : document.querySelector("#pq-question textarea")).focus();
}

function button() {
  const one = document.createElement("button");
  one.type = "button";
  one.id = "pq-to-person";
  one.dataset.person = "";
  one.textContent = find("#pq-person-name").textContent;
  return one;
}

export function startHandingOver() {
  if (!panel) return;
  document.documentElement.classList.add("pq-hands-over");
  document.addEventListener("click", (event) => {
    const asking = event.target.closest("[data-person]");
    if (asking) {
      open(asking);
      if (asking.dataset.person === "draw") draw(null);
    }
    if (event.target.closest("#pq-clear")) { // another conversation gets a code of its own
      keep(null);
      panel.hidden = true;
    }
  });
  find("#pq-person-close").addEventListener("click", close);
  find("#pq-withdraw").addEventListener("click", () => draw(""));
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    draw(find("[name=phone]").value.trim() || null);
  });
}

if (panel) toPerson.push(button());
