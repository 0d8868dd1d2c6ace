// Who works here, as they call themselves: remembered in this browser, for the record of publications.
import { byId } from "./dom.js";

const KEY = "policyqa-library-by";

function remembered() {
  try { return localStorage.getItem(KEY) ?? ""; } catch { return ""; } // storage may be forbidden
}

export const clerk = () => (byId("by")?.value ?? remembered()).trim();

export function startClerk() {
  if (byId("by").readOnly) return; // who has signed in is known
  byId("by").value = remembered();
  byId("by").addEventListener("input", () => {
    try { localStorage.setItem(KEY, byId("by").value.trim()); } catch { /* holds for this page then */ }
  });
}
