// The call: all that the console remembers, and only in this tab.
const STORE = "policyqa-call";
const MOST = 20; // look-ups that are listed

const blank = () => ({ question: "", place: "", document: "", clause: "", lookups: [], marks: {} });

function kept() {
  try { return JSON.parse(sessionStorage.getItem(STORE)); } catch { return null; }
}

export const call = { ...blank(), ...kept() };

export function keep(changes) {
  Object.assign(call, changes);
  try { sessionStorage.setItem(STORE, JSON.stringify(call)); } catch { /* forgotten at the next reload, then */ }
}

export function forget() {
  keep(blank());
}

// Newest first, each once.
export function remember({ q, place, document, clause }) {
  const lookup = { q, place, document, clause };
  const others = call.lookups.filter((other) => JSON.stringify(other) !== JSON.stringify(lookup));
  keep({ lookups: [lookup, ...others].slice(0, MOST) });
}

// Text that goes on, or is taken back letter by letter, is one look-up; text put in its place is another.
export function replaces(next, last) {
  return !next.startsWith(last) && !(last.startsWith(next) && last.length - next.length === 1);
}
