// What the page cannot say in HTML: names for a screen reader, copying, and where to look when an answer arrives.
"use strict";

const announcer = document.createElement("p");
announcer.className = "pq-unseen";
announcer.setAttribute("role", "status");
document.body.append(announcer);

// Gradio labels each message with its markup, and log and examples in English; our messages name their speaker themselves.
function nameThings() {
  for (const message of document.querySelectorAll("#pq-log [data-testid][aria-label]")) message.removeAttribute("aria-label");
  document.querySelector("#pq-log [role=log]")?.setAttribute("aria-label", "对话 Conversation");
  document.querySelector("#pq-log .placeholder-content")?.removeAttribute("role");
  document.querySelector("#pq-log .examples")?.setAttribute("role", "group");
  document.querySelector("#pq-log .examples")?.setAttribute("aria-label", "例子 Examples");
  for (const example of document.querySelectorAll("#pq-log .example[aria-label]")) example.removeAttribute("aria-label");
  document.querySelector("#pq-places fieldset, fieldset#pq-places")?.setAttribute("aria-label", "地区 Place");
}

let shown = 0;

function showNewest() {
  const asked = document.querySelectorAll("#pq-log .pq-asked");
  if (asked.length > shown) asked[asked.length - 1].scrollIntoView({ block: "start" });
  shown = asked.length;
}

new MutationObserver(() => { nameThings(); showNewest(); }).observe(document.body, { childList: true, subtree: true });
nameThings();

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // no clipboard without https: copy from a selection
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest(".pq-copy");
  if (!button) return;
  await copy(button.parentElement.querySelector(".pq-address").textContent);
  button.textContent = "已复制 Copied";
  announcer.textContent = "出处已复制 Address copied";
});
