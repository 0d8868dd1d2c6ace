// The operator's notice stands at the top of a page as it is loaded; this one stays open for long, so every answer names
// the notice that holds, and a new one is fetched, one that has ended taken down.
import { announce } from "../page/base.js";

const code = document.getElementById("pq-words").dataset.code;

export async function keepNotice(answer) {
  const key = answer.headers.get("policyqa-notice");
  const shown = document.querySelector(".site-notice");
  if (!key || key === (shown ? shown.dataset.notice : "none")) return;
  const html = await fetch(new URL(`../../notice?lang=${code}`, import.meta.url)).then((response) => (response.ok ? response.text() : null), () => null);
  if (html === null) return;
  if (shown) shown.remove();
  document.body.insertAdjacentHTML("afterbegin", html);
  if (html) announce(document.querySelector(".site-notice").textContent);
}
