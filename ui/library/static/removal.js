// Removing a document: what that means, and with it what is asked of the clerk.
import { clerk } from "./clerk.js";
import { make, say } from "./dom.js";
import { ask } from "./server.js";
import { agree } from "./telling.js";

// What the server says of it; null where the clerk does not want to. Throws a Problem.
export async function removeDocument({ id, title, published }) {
  const reason = make("input", { maxlength: 200, autocomplete: "off" });
  const purge = make("input", { type: "checkbox" });
  const because = published
    ? [say("ask_remove_served"), make("label", { class: "field" }, say("remove_reason"), reason), make("label", { class: "check" }, purge, say("remove_purge"))]
    : [say("ask_remove_text")];
  if (!await agree({ question: say("ask_remove", { title }), because, yes: say("remove"), danger: true })) return null;
  const given = new URLSearchParams({ by: clerk(), reason: reason.value.trim(), purge: purge.checked });
  return ask("DELETE", `documents/${encodeURIComponent(id)}?${given}`);
}
