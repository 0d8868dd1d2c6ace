// What all pages share: large text that is remembered, copying, and speaking to a screen reader.
const LARGE = "policyqa-large";

function setLarge(large) {
  document.documentElement.classList.toggle("large", large);
  for (const button of document.querySelectorAll("[data-large]")) button.setAttribute("aria-pressed", large);
}

function remembered() {
  try { return localStorage.getItem(LARGE) === "1"; } catch { return false; } // storage may be forbidden
}

export function startReading() {
  setLarge(remembered());
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-large]")) return;
    const large = !document.documentElement.classList.contains("large");
    setLarge(large);
    try { localStorage.setItem(LARGE, large ? "1" : "0"); } catch { /* holds for this page then */ }
  });
  addEventListener("storage", (event) => { if (event.key === LARGE) setLarge(event.newValue === "1"); });
}

let announcer;

export function announce(words) {
  if (!announcer) {
    announcer = document.createElement("p");
    announcer.className = "unseen";
    announcer.setAttribute("role", "status");
    document.body.append(announcer);
  }
  announcer.textContent = words;
}

// Whether the text was copied: a browser may let no page do so. Without https it offers no clipboard, and a selection is
// copied instead; that must stand where the button does, for outside an open dialog nothing can be chosen.
export async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const before = document.activeElement;
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true; // no keyboard comes up
    (button ? button.parentElement : document.body).append(field);
    field.select();
    let copied = false;
    try { copied = document.execCommand("copy"); } catch { /* not this one either */ }
    field.remove();
    if (before) before.focus();
    return copied;
  }
}
