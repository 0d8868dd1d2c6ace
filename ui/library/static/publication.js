// What is not in service yet, publishing it, and how far that is.
import { announce } from "../page/base.js";
import { clerk, startClerk } from "./clerk.js";
import { byId, inLanguage, make, say, titlesOf } from "./dom.js";
import { outcomeOf } from "./outcome.js";
import { ask } from "./server.js";
import { agree, tell } from "./telling.js";

const EVERY = 500; // ms between two looks at what is being done
let refresh = async () => {};

export function showPending({ documents, removed, words, elsewhere }) {
  const of = (state) => documents.filter((one) => one.state === state);
  const pending = [["added", of("waiting")], ["changed", of("changed")], ["removed", removed]].filter(([, found]) => found.length);
  const lines = pending.map(([kind, found]) => say(`pending_${kind}`, { titles: titlesOf(found) }));
  if (words) lines.push(say("pending_words"));
  byId("pending").replaceChildren(...(lines.length ? lines : [say("pending_none")]).map((line) => make("li", {}, line)));
  byId("pending").hidden = elsewhere !== null;
  byId("publish").classList.toggle("chief", lines.length > 0);
}

// What the server answers, with what follows from it on the page.
export async function begin(path, body) {
  try {
    await follow(await ask("POST", path, { ...body, by: clerk() }));
  } catch (problem) {
    tell(problem.message, true);
  }
}

export async function follow(progress) {
  byId("publication-name").focus();
  await watch(progress);
}

async function watch(begun) {
  let progress = begun;
  show(progress);
  while (progress.state === "running") {
    await new Promise((resolve) => { setTimeout(resolve, EVERY); });
    try {
      progress = await ask("GET", "publication");
    } catch {
      continue; // it is answered again later
    }
    show(progress);
  }
  await refresh();
}

let told = "";

function show(progress) {
  const running = progress.state === "running";
  byId("publish").disabled = running;
  byId("doing").hidden = !running;
  byId("doing").replaceChildren();
  if (running) {
    const steps = progress.steps.map((step) => make("li", {}, inLanguage(step)));
    byId("doing").append(make("strong", {}, say(`running_${progress.task}`)), make("ol", {}, ...steps));
  }
  const parts = progress.state === "idle" || running ? [] : outcomeOf(progress, force);
  byId("outcome").replaceChildren(...parts);
  const words = (running ? byId("doing").querySelector("li:last-child") ?? byId("doing").firstChild : parts[0])?.textContent ?? "";
  if (words && words !== told) announce(words);
  told = words;
}

async function force(count) {
  const reason = make("input", { required: true, pattern: ".*\\S.*", maxlength: 200, autocomplete: "off" });
  const because = [say("ask_force_text", { count }), make("label", { class: "field" }, say("force_reason"), reason)];
  if (await agree({ question: say("ask_force"), because, yes: say("force"), danger: true })) await begin("publish", { reason: reason.value });
}

export async function startPublication(refreshing) {
  refresh = refreshing;
  startClerk();
  byId("publication").addEventListener("submit", (event) => {
    event.preventDefault();
    begin("publish", {});
  });
  try {
    const progress = await ask("GET", "publication");
    if (progress.state === "running") await watch(progress);
    else show(progress);
  } catch (problem) {
    tell(problem.message, true);
  }
}
