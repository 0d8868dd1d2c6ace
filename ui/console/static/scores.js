// Scores and ranks of the legs: shown to those who ask for them, and remembered.
const SCORES = "policyqa-scores";

function show(shown) {
  document.body.classList.toggle("scored", shown);
  for (const button of document.querySelectorAll("[data-act=scores]")) button.setAttribute("aria-pressed", shown);
}

export function startScores() {
  try { show(localStorage.getItem(SCORES) === "1"); } catch { /* storage is forbidden: not shown */ }
}

export function toggleScores() {
  const shown = !document.body.classList.contains("scored");
  show(shown);
  try { localStorage.setItem(SCORES, shown ? "1" : "0"); } catch { /* holds for this page then */ }
}
