// What agents say of clauses in this call: wrong, outdated, or that one is missing.
import { call, keep } from "./call-session.js";
import { post } from "./latest-request.js";
import { pane, results, tell, words } from "./page.js";

const VERDICTS = ["wrong", "outdated", "missing"];
const keyOf = (query, clause, verdict) => JSON.stringify([query?.q, clause, verdict]);
const openClause = () => pane.querySelector("article")?.dataset.id;

// Send a mark once, and say what came of it.
export async function sendMark(query, verdict) {
  const clause = verdict === "missing" ? null : openClause();
  if (!query) return tell(words.noQuestion);
  if (clause === undefined) return tell(words.nothing);
  const key = keyOf(query, clause, verdict);
  if (call.marks.includes(key)) return tell(words[verdict] + words.again);
  try {
    const { kept } = await post("/agent/mark", { question: query.q, clause_id: clause, verdict });
    if (!kept) return tell(words.off);
  } catch {
    return tell(words.unmarked);
  }
  keep({ marks: [...call.marks, key] });
  showMarks(query);
  tell(words[verdict]);
}

// Rows and buttons say what has been marked in this call.
export function showMarks(query) {
  const marked = (clause, verdict) => call.marks.includes(keyOf(query, clause, verdict));
  for (const row of results.querySelectorAll("[role=option]")) {
    const said = ["wrong", "outdated"].filter((verdict) => marked(row.dataset.id, verdict));
    row.querySelector(".marks").textContent = said.map((verdict) => words[verdict]).join(" ");
  }
  for (const verdict of VERDICTS) {
    const clause = verdict === "missing" ? null : openClause();
    for (const button of document.querySelectorAll(`[data-act=${verdict}]`)) button.setAttribute("aria-pressed", marked(clause, verdict));
  }
}
