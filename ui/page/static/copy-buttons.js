// Every button with data-copy copies it; an address of this site is copied whole, so that it works elsewhere.
import { announce, copy } from "./base.js";

// Where a browser lets no page copy, the text stands behind the button, chosen and ready to be copied by hand.
function offer(button, text) {
  const label = document.createElement("label");
  label.className = "by-hand";
  label.textContent = button.dataset.byHand;
  const field = document.createElement("input");
  field.readOnly = true;
  field.value = text;
  label.append(field);
  button.after(label);
  field.select();
  announce(button.dataset.byHand);
}

export function startCopying() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const { copy: given, done } = button.dataset;
    const text = given.startsWith("/") ? new URL(given, location.href).href : given;
    if (!await copy(text, button)) return offer(button, text);
    button.textContent = done;
    announce(done);
  });
}
