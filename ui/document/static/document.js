// A document: its contents narrowed while one types, by what stands in the page. Nothing that is typed leaves it.
const contents = document.getElementById("contents");
const form = contents.querySelector("form");
const shown = document.getElementById("shown");
const entries = Array.prototype.slice.call(contents.querySelectorAll("[data-clause]"));
const sections = Array.prototype.slice.call(contents.querySelectorAll(".section")).reverse(); // the innermost first

function plain(text) {
  return text.normalize("NFKC").toLowerCase();
}

/** Everything by which a clause is found: its headings, its entry, its record, its text. */
function wordsOf(entry) {
  const found = [entry.textContent, entry.dataset.more];
  for (let above = entry.closest(".section"); above; above = above.parentElement.closest(".section")) {
    found.push(above.querySelector("h3").textContent);
  }
  const text = document.getElementById(entry.dataset.clause);
  if (text) found.push(text.textContent);
  return plain(found.join("\n"));
}

let words = null; // worked out when somebody begins to type

function chosen(name) {
  const field = form.elements[name];
  return field ? field.value : "";
}

function narrow() {
  words = words || entries.map(wordsOf);
  const wanted = plain(chosen("q")).split(/\s+/).filter(Boolean);
  const place = chosen("place");
  const audience = chosen("audience");
  let count = 0;
  entries.forEach((entry, at) => {
    const fits = (!place || entry.dataset.places.split(" ").indexOf(place) >= 0)
      && (!audience || entry.dataset.audiences.split(" ").indexOf(audience) >= 0)
      && wanted.every((word) => words[at].indexOf(word) >= 0);
    entry.hidden = !fits;
    if (fits) count += 1;
  });
  for (const section of sections) section.hidden = !section.querySelector("[data-clause]:not([hidden])");
  const says = count === entries.length ? shown.dataset.all : count ? shown.dataset.some : shown.dataset.none;
  shown.textContent = says.replace("{shown}", count).replace("{count}", entries.length);
}

// A page that came narrowed by its address holds only what was asked for; choosing anew asks the server again.
if (entries.length === Number(contents.dataset.count)) {
  form.classList.add("live");
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => { event.preventDefault(); narrow(); });
  if (chosen("q") || chosen("place") || chosen("audience")) narrow(); // what the browser kept of an earlier visit
}

document.querySelector("[data-print]").addEventListener("click", () => print());
