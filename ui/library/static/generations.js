// What has been published, and going back to it.
import { button, byId, cell, make, say, titlesOf } from "./dom.js";
import { begin } from "./publication.js";
import { ask } from "./server.js";
import { agree } from "./telling.js";

const time = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });

export async function showGenerations() {
  let generations = [];
  let problem = null;
  try {
    ({ generations } = await ask("GET", "generations"));
  } catch (found) {
    problem = found.message;
  }
  byId("generations").tBodies[0].replaceChildren(...generations.map(row));
  byId("generations").hidden = generations.length === 0;
  byId("no-generations").hidden = generations.length > 0;
  byId("no-generations").textContent = problem ?? say("no_generations");
}

function row(one) {
  const place = (...given) => cell(byId("generations"), ...given);
  const { asked, right } = one.examined;
  const back = one.current ? null : button(say("roll_back"), () => goBack(one), { "aria-label": say("roll_back_to", one) });
  return make("tr", { "data-number": one.number },
    make("th", { scope: "row", class: "number" }, String(one.number), one.current ? make("span", { class: "mark good" }, say("current")) : null),
    place("created", time.format(new Date(one.created))), place("cause", say(`cause_${one.cause}`)),
    place("who", one.by ?? "—"), place("reason", one.reason ?? "—"),
    place("changes", changes(one).map((line) => make("div", {}, line))),
    place("questions", asked ? say("questions_right", { right, asked }) : "—"),
    make("td", { class: "act" }, back));
}

function changes(one) {
  const lines = ["added", "changed", "removed"].filter((kind) => one[kind].length).map((kind) => say(`was_${kind}`, { titles: titlesOf(one[kind]) }));
  return lines.length ? lines : [say("was_same")];
}

async function goBack(one) {
  const lines = ["returning", "leaving", "changing"].filter((kind) => one.going_back[kind].length)
    .map((kind) => say(`back_${kind}`, { titles: titlesOf(one.going_back[kind]) }));
  const because = [...(lines.length ? lines : [say("back_same")]), say("back_library")];
  if (await agree({ question: say("ask_roll_back", one), because, yes: say("roll_back") })) await begin("rollback", { generation: one.number });
}
