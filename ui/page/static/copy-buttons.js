// Every button with data-copy copies it; an address of this site is copied whole, so that it works elsewhere.
import { announce, copy } from "./base.js";

export function startCopying() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = button.dataset.copy;
    await copy(text.startsWith("/") ? new URL(text, location.href).href : text);
    button.textContent = button.dataset.done;
    announce(button.dataset.done);
  });
}
