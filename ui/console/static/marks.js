// What agents say of clauses in this call: wrong, outdated, or that one is missing; and taking it back.
import { call, keep } from "./call-session.js";
import { post } from "./latest-request.js";
import { pane, results, tell, words } from "./page.js";

const VERDICTS = ["wrong", "outdated", "missing"];
const keyOf = (query, clause, verdict) => JSON.stringify([query?.question, clause, verdict]);
const openClause = () => pane.querySelector("article")?.dataset.id;

// Send a mark, or take back the one that was sent, and say what came of it.
export async function toggleMark(query, verdict) {
  const clause = verdict === "missing" ? null : openClause();
  if (!query) return tell(words.noQuestion);
  if (clause === undefined) return tell(words.nothing);
  const key = keyOf(query, clause, verdict);
  if (call.marks[key]) return takeBack(key, query);
  try {
    const { mark } = await post("/agent/mark", { question: query.question, proof: query.proof, clause_id: clause, verdict });
    if (!mark) return tell(words.off);
    keep({ marks: { ...call.marks, [key]: mark } });
  } catch {
    return tell(words.unmarked);
  }
  showMarks(query);
  tell(words[verdict]);
}

export async function takeBackLast(query) {
  const last = Object.keys(call.marks).pop();
  if (last) await takeBack(last, query);
  else tell(words.noMark);
}

async function takeBack(key, query) {
  try {
    await post("/agent/unmark", { mark: call.marks[key] });
  } catch {
    return tell(words.unmarked);
  }
  const marks = { ...call.marks };
  delete marks[key];
  keep({ marks });
  showMarks(query);
  const [question, , verdict] = JSON.parse(key);
  tell(`${words.takenBack}${words[verdict]} · ${question}`);
}

// Rows and buttons say what has been marked in this call.
export function showMarks(query) {
  const marked = (clause, verdict) => Boolean(call.marks[keyOf(query, clause, verdict)]);
  for (const row of results.querySelectorAll("[role=option]")) {
    const said = ["wrong", "outdated"].filter((verdict) => marked(row.dataset.id, verdict));
    row.querySelector(".marks").textContent = said.map((verdict) => words[verdict]).join(" ");
  }
  for (const verdict of VERDICTS) {
    const clause = verdict === "missing" ? null : openClause();
    for (const button of document.querySelectorAll(`[data-act=${verdict}]`)) button.setAttribute("aria-pressed", marked(clause, verdict));
  }
}
