// Plain names of clauses that are close to what is being typed. They stand in the page: nothing typed leaves it.
const MOST = 5;
const words = document.getElementById("pq-words").dataset;
const names = JSON.parse(words.names); // [name, other words for it]
const ASKING = /怎么样?|怎样|什么|哪些|哪里|如何|多少|是否|能不能|可不可以|可以|需要|办理|申请|[吗呢啊吧我想要请问]|\b(?:how|what|where|can|does|the|for|and|get|you|need|are|is)\b/g;
let pieces = null; // of each: worked out when somebody begins to type
let rarity = null;

// Pairs of neighbouring Chinese characters, and Latin words without their endings.
function piecesOf(text) {
  const found = new Set(text.toLowerCase().match(/[a-z0-9]{3,}/g) || []);
  for (const run of text.match(/[\u3400-\u9fff]+/g) || []) {
    for (let at = 0; at + 1 < run.length; at += 1) found.add(run.slice(at, at + 2));
  }
  return found;
}

function prepare() {
  pieces = names.map((one) => piecesOf(one.join(" ")));
  rarity = new Map();
  for (const found of pieces) for (const piece of found) rarity.set(piece, (rarity.get(piece) || 0) + 1);
}

// The names that share the most telling pieces with what is typed; the beginning of a Latin word counts as one.
export function suggested(typed) {
  if (!pieces) prepare();
  const text = typed.trim().toLowerCase();
  if (text.length < 2 || text.length > 40) return [];
  const wanted = [...piecesOf(text.replace(ASKING, " "))];
  const weight = (piece, at) => {
    const whole = pieces[at].has(piece) || (/^[a-z]/.test(piece) && [...pieces[at]].some((one) => one.startsWith(piece)));
    return whole ? 1 / (rarity.get(piece) || 1) : 0;
  };
  return names
    .map(([name], at) => ({ name, score: wanted.reduce((sum, piece) => sum + weight(piece, at), name.toLowerCase().includes(text) ? 9 : 0) }))
    .filter(({ name, score }) => score > 0 && name !== typed.trim())
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ name }) => name);
}

const list = document.createElement("div");
list.id = "pq-suggestions";
list.setAttribute("role", "group");
list.setAttribute("aria-label", words.suggestions);
list.hidden = true;
const buttons = () => [...list.querySelectorAll("button")];

export function close() {
  list.hidden = true;
}

function show(found, announce) {
  list.hidden = !found.length;
  list.textContent = "";
  for (const name of found) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    if (/[\u3400-\u9fff]/.test(name)) button.lang = "zh-CN";
    list.append(button);
  }
  if (found.length) announce(words.suggested.replace("{count}", found.length));
}

// `place` puts the list by the box; `choose` is called with the name that is chosen.
export function startSuggesting({ box, choose, announce }) {
  let later;
  document.addEventListener("input", (event) => {
    if (event.target !== box()) return;
    clearTimeout(later);
    later = setTimeout(() => show(document.activeElement === box() ? suggested(box().value) : [], announce), 120);
  });
  document.addEventListener("keydown", (event) => {
    const all = buttons();
    const at = all.indexOf(document.activeElement);
    const inBox = event.target === box();
    if (list.hidden || (at < 0 && !inBox)) return;
    if (event.key === "Escape") {
      close();
      box().focus();
    } else if (event.key === "ArrowDown" && (at >= 0 || box().selectionEnd === box().value.length)) {
      event.preventDefault();
      all[Math.min(at + 1, all.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (at ? all[at - 1] : box()).focus();
    }
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    close();
    choose(button.textContent);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target !== box() && !list.contains(event.target)) close();
  });
  return list;
}
