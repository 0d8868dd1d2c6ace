// What came of a publication, of going back or of a removal. The first of the elements says it in one line.
import { button, inLanguage, isChinese, list, make, placeOf, say } from "./dom.js";

export function outcomeOf({ task, state, outcome, reason }, force) {
  if (state === "failed") return [told("bad", say("work_failed", { reason: reason.split("\n").map(inLanguage).join("\n") }))];
  if (state === "refused") return refusal(outcome.refused, force);
  return task === "remove" ? proof(outcome) : [inService(task, outcome)];
}

const together = (sentences) => sentences.join(isChinese ? "" : " ");
const told = (kind, words) => make("p", { class: `told ${kind}` }, words);

function inService(task, outcome) {
  const words = [say(task === "publish" ? "published" : "rolled_back", outcome)];
  if (outcome.servers > outcome.late.length) words.push(say("switched", { seconds: outcome.seconds.toFixed(1) }));
  if (outcome.late.length) words.push(say("late", { count: outcome.late.length }));
  return told(outcome.late.length ? "notice" : "", together(words));
}

function refusal({ allowed, broken, known, set_aside: aside }, force) {
  const count = broken.length;
  const asked = broken.map(({ id, question, before, now, gone }) => make("li", {},
    make("strong", { lang: "zh-CN" }, question), make("small", {}, id),
    make("p", {}, `${say("before")} `, answer(before)), make("p", {}, `${say("now")} `, answer(now)),
    gone.length ? make("p", {}, say("clauses_gone", { clauses: list(gone) })) : null));
  return [
    told("bad", say("gate", { count, allowed })),
    make("ul", { class: "broken" }, ...asked),
    known + aside.length ? make("p", { class: "quiet" }, say("gate_others", { known, set_aside: aside.length })) : "",
    make("p", { class: "acts" }, say("gate_next"), make("a", { class: "button", href: placeOf("questions") }, say("questions")), button(say("force"), () => force(count), { class: "danger" })),
  ];
}

function answer({ status, said, cited }) {
  return make("q", { class: `answer ${status}` }, say(`outcome_${status}`, { quote: said, cited: list(cited) }));
}

function proof(outcome) {
  const { title, generation, asked, found, traces, kept_in: kept } = outcome;
  const heads = ["where", "asked", "found"].map((column) => make("th", { scope: "col" }, say(`proof_${column}`)));
  const rows = traces.map((trace) => make("tr", {},
    make("th", { scope: "row" }, say(`where_${trace.where}`)), make("td", {}, trace.asked),
    make("td", { class: trace.count ? "bad" : "" }, trace.count, trace.found.length ? make("ul", {}, ...trace.found.map((one) => make("li", {}, one))) : null)));
  return [
    told(found ? "bad" : "", together([say(found ? "proof_left" : "proof", { title, asked, found }), generation ? say("proof_generation", { generation }) : ""])),
    make("table", { class: "proof" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows)),
    kept.length ? make("p", { class: "told notice" }, say("proof_kept", { numbers: list(kept) })) : "",
  ];
}
