// One gap: its state is changed, something is written for it, and what that changes is shown before it is kept.
const words = new Map([...document.getElementById("words").content.querySelectorAll("[data-key]")]
  .map((one) => [one.dataset.key, one.textContent]));
const say = (key, values = {}) => words.get(key).replace(/\{(\w+)\}/g, (_, name) => values[name]);
const byId = (id) => document.getElementById(id);
const gap = byId("gap").dataset.id;
const who = byId("who");
const LINES = ["ask", "ask_en", "keywords", "not_ask", "other"];

if (!who.readOnly) who.value = localStorage.getItem("policyqa-who") ?? "";
who.addEventListener("change", () => localStorage.setItem("policyqa-who", who.value));

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function tell(message, bad = false) {
  const [, chinese, english] = /^([^]*?[。；;])\s*([A-Za-z0-9][^]*)$/.exec(message) ?? [];
  const own = english ? (document.body.dataset.lang === "zh" ? chinese : english) : message;
  const told = byId("told");
  told.textContent = own;
  told.classList.toggle("bad", bad);
  told.hidden = false;
  told.scrollIntoView({ block: "nearest" });
}

async function ask(method, path, body) {
  const headers = body ? { "Content-Type": "application/json" } : {};
  const address = new URL(`../../v1/gaps/${gap}/${path}`, import.meta.url);
  const response = await fetch(address, { method, headers, body: body && JSON.stringify(body) }).catch(() => null);
  if (!response) throw new Error(say("lost"));
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.detail ?? response.statusText);
  return answer;
}

// While it works the buttons wait; what is refused is told in words.
async function work(act) {
  const buttons = [...document.querySelectorAll("main button")];
  buttons.forEach((one) => { one.disabled = true; });
  tell(say("working"));
  try {
    await act();
  } catch (error) {
    tell(error.message, true);
  }
  buttons.forEach((one) => { one.disabled = false; });
}

const signed = (body) => ({ ...body, who: who.value, note: byId("note").value });

for (const button of document.querySelectorAll("[data-state]")) {
  button.addEventListener("click", () => work(async () => {
    await ask("POST", "state", signed({ state: button.dataset.state }));
    location.reload();
  }));
}

for (const button of document.querySelectorAll("[data-question]")) {
  button.addEventListener("click", () => work(async () => {
    await ask("POST", "take-out", { key: button.dataset.question, who: who.value });
    location.reload();
  }));
}

byId("merge")?.addEventListener("submit", (event) => {
  event.preventDefault();
  work(async () => {
    await ask("POST", "merge", { other: event.target.elements.other.value, who: who.value });
    location.reload();
  });
});

byId("retest")?.addEventListener("click", () => work(async () => {
  const found = await ask("POST", "retest", { who: who.value });
  tell(say("retested", { share: Math.round(100 * found.share), left: found.unanswered.length }));
  setTimeout(() => location.reload(), 1500);
}));

function written(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    fields[name] = LINES.includes(name) ? value.split("\n").map((line) => line.trim()).filter(Boolean) : value;
  }
  return { [form.getAttribute("id")]: fields }; // form.id is its field of that name
}

function said(one) {
  const status = make("strong", {}, say(`status_${one.status}`));
  return make("td", {}, status, one.label ? ` ${one.label}` : "", make("small", {}, one.line));
}

function show(found) {
  const effect = byId("effect");
  const rows = found.questions.map((one) => make("tr", one.changed ? { class: "changed" } : {},
    make("th", { scope: "row" }, one.question, ...(one.follows ? [make("small", {}, `${say("follows")} ${one.follows}`)] : [])),
    said(one.before), said(one.after)));
  const head = make("tr", {}, ...["question", "before", "after"].map((key) => make("th", { scope: "col" }, say(key))));
  const parts = [
    make("h3", {}, say("effect", { before: found.answered_before, after: found.answered_after, all: found.questions.length })),
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("question") },
      make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows))),
  ];
  if (found.saved) {
    parts.push(make("p", {}, say("saved", { asked: found.saved.asked, lost: found.saved.lost.length, won: found.saved.won.length })));
    parts.push(make("ul", { class: "plain" }, ...found.saved.lost.map((one) => make("li", { class: "bad" }, one))));
  }
  effect.replaceChildren(...parts);
  effect.hidden = false;
  effect.focus();
}

for (const form of document.querySelectorAll("form:not(#merge)")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const act = event.submitter?.value ?? "draft";
    work(async () => {
      const answer = await ask("POST", act, act === "keep" ? signed(written(form)) : written(form));
      if (act === "keep") location.reload();
      else {
        show(answer);
        byId("told").hidden = true;
      }
    });
  });
}

for (const button of document.querySelectorAll("[data-clause]")) {
  button.addEventListener("click", () => work(async () => {
    const form = byId("record");
    const found = await ask("GET", `suggested?clause=${encodeURIComponent(button.dataset.clause)}`);
    form.elements.id.value = button.dataset.clause;
    for (const name of ["name", "plain", "title_en", "gist_en"]) {
      form.elements[name].value = found[name] ?? "";
      form.elements[name].placeholder = found.is_new ? say("needed") : say("kept");
    }
    for (const name of ["ask", "ask_en", "keywords"]) form.elements[name].value = (found[name] ?? []).join("\n");
    tell(found.is_new ? say("new_record") : say("old_record"));
  }));
}
