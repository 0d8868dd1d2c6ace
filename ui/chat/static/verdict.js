// "Was this helpful?": a verdict goes to /v1/feedback and may be changed.
import { announce } from "../page/base.js";

const words = document.getElementById("pq-words").dataset;

async function send(closing, verdict, reason) {
  const body = JSON.stringify({ answer_id: closing.dataset.answer, verdict, ...(reason && { reason }) });
  const sent = await fetch(new URL("../../v1/feedback", import.meta.url), { method: "POST", headers: { "Content-Type": "application/json" }, body })
    .then((response) => response.ok, () => false);
  const thanks = closing.querySelector(".pq-thanks");
  thanks.textContent = sent ? words.thanks : words.unsent;
  thanks.hidden = false;
  announce(thanks.textContent);
}

function press(buttons, pressed) {
  for (const button of buttons) button.setAttribute("aria-pressed", button === pressed);
}

export function startVerdicts() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-verdict], [data-reason]");
    if (!button) return;
    const closing = button.closest(".pq-closing");
    const { verdict, reason } = button.dataset;
    const reasons = closing.querySelectorAll("[data-reason]");
    press(verdict ? closing.querySelectorAll("[data-verdict]") : reasons, button);
    if (verdict) {
      press(reasons, null);
      closing.querySelector(".pq-why").hidden = verdict === "helpful";
    }
    send(closing, verdict || (reason === "outdated" ? reason : "unhelpful"), reason);
  });
}
