// The letter on the key where Alt or an input method makes something else of it.
export function keyLetter(event) {
  if (/^[ -~]$/.test(event.key)) return event.key.toLowerCase();
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  if (/^Digit\d$/.test(event.code)) return event.code.slice(5);
  return event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : "";
}
