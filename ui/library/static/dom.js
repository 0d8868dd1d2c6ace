// Making elements, and the words of the page. Whatever comes from a file becomes text, never markup.
const MOST = 6; // titles that are told
const words = new Map([...document.getElementById("words").content.querySelectorAll("[data-key]")]
  .map((one) => [one.dataset.key, one.textContent]));

export const byId = (id) => document.getElementById(id);
export const isChinese = document.body.dataset.lang === "zh";
export const home = document.body.dataset.home;

export function say(key, values = {}) {
  return words.get(key).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// Messages about files are in Chinese and then in English; the page shows that of its own language.
export function inLanguage(message) {
  const [, chinese, english] = /^([^]*?[。；;…])\s*([A-Za-z0-9][^]*)$/.exec(message) ?? [];
  if (!english || !/[\u3400-\u9fff]/.test(chinese)) return message;
  return isChinese ? chinese : english;
}

// make("p", { class: "quiet", lang: "zh-CN" }, "words", element)
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export function button(words, act, attributes = {}) {
  const element = make("button", { type: "button", ...attributes }, words);
  element.addEventListener("click", act);
  return element;
}

export const list = (names) => names.join(say("list_separator"));

// Documents by their titles; of many the first ones, and how many there are.
export function titlesOf(documents) {
  const titles = list(documents.slice(0, MOST).map(({ title }) => `《${title}》`));
  return documents.length > MOST ? say("titles_more", { titles, count: documents.length }) : titles;
}

// A cell under a column's head; where columns are stacked it tells the head itself.
export function cell(table, column, content, attributes = {}) {
  const label = table.querySelector(`th.${column}`).textContent;
  return content
    ? make("td", { class: column, "data-label": label, ...attributes }, ...[content].flat())
    : make("td", { class: `${column} quiet`, "data-label": label }, say("unstated"));
}

// An address of the library's pages, in the language of this one.
export const pageOf = (kind, id) => placeOf(`${kind}/${encodeURIComponent(id)}`);

export function placeOf(place) {
  const [path, query] = home.split("?");
  return `${path}/${place}${query ? `?${query}` : ""}`;
}
