// The look-ups of this call, above the rows; each can be gone back to.
import { call, remember } from "./call-session.js";
import { byId, place, text } from "./page.js";

const list = byId("lookups");
let goBack = () => {};

export function startCallList(typeIn) {
  goBack = typeIn;
}

// Remember a look-up that came to something, and show the list.
export function noteLookup(lookup) {
  if (lookup) remember(lookup);
  list.hidden = !call.lookups.length;
  list.querySelector("ol").replaceChildren(...call.lookups.map(entry));
}

function entry(lookup) {
  const button = document.createElement("button");
  button.type = "button";
  const filters = [[place, lookup.place], [text, lookup.document]].filter(([, value]) => value);
  const names = filters.map(([select, value]) => [...select.options].find((option) => option.value === value)?.text);
  button.textContent = [lookup.q, ...names].join(" · ");
  button.addEventListener("click", () => {
    [place.value, text.value] = [lookup.place, lookup.document];
    goBack(lookup.q, lookup.clause);
  });
  const item = document.createElement("li");
  item.append(button);
  return item;
}
