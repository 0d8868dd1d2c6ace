// "讲给我听": cards of the page read aloud by the reader's own device. A card is [data-card], what is spoken of it [data-say]:
// its words, or those of the attribute. The buttons come from <template data-read-aloud> and are there only while the
// device has a voice of its own for the language: with any other voice, the words would be sent to a server.
const cards = Array.prototype.slice.call(document.querySelectorAll("[data-card]"));
const template = document.querySelector("template[data-read-aloud]");
const engine = window.speechSynthesis;
const OTHER_CHINESE = /^(zh-hk|zh-mo|zh-yue|yue|nan|wuu)/; // no voice for what is written in Mandarin

let buttons = null; // the element with the buttons, while there is a voice
let at = -1; // the card that is read, or was when somebody paused
let piece = 0; // which of its pieces
let turn = 0; // which utterance is awaited: one that was cancelled ends too

function tag(language) {
  return language.toLowerCase().replace("_", "-"); // Android writes zh_CN
}

function voiceFor(language) {
  const wanted = tag(language);
  const base = wanted.split("-")[0];
  const fits = engine.getVoices().filter((voice) => {
    const has = tag(voice.lang);
    const same = has.split("-")[0] === base || (base === "zh" && has.indexOf("cmn") === 0);
    return voice.localService === true && same && !(base === "zh" && OTHER_CHINESE.test(has));
  });
  return fits.filter((voice) => tag(voice.lang) === wanted)[0] || fits[0] || null;
}

function pieces(card) {
  const found = Array.prototype.slice.call(card.querySelectorAll("[data-say]"));
  return found.filter((one) => voiceFor(one.closest("[lang]").lang));
}

function button(act) {
  return buttons.querySelector(`[data-act=${act}]`);
}

function show(playing) {
  const play = button("play");
  play.dataset.first = play.dataset.first || play.textContent;
  play.textContent = playing ? play.dataset.pause : at >= 0 ? play.dataset.goOn : play.dataset.first;
  buttons.classList.toggle("playing", playing);
  button("stop").hidden = at < 0;
  button("next").hidden = at < 0 || at >= cards.length - 1;
  cards.forEach((card, index) => {
    if (index === at) card.setAttribute("aria-current", "true"); else card.removeAttribute("aria-current");
  });
}

function silence() {
  turn += 1;
  engine.cancel();
}

function stop() {
  silence();
  at = -1;
  piece = 0;
  show(false);
}

// Pausing cancels and going on begins the sentence anew: on some telephones an engine that is paused never resumes.
function pause() {
  silence();
  show(false);
}

function speak() {
  silence();
  const said = pieces(cards[at]);
  if (piece >= said.length) return follow();
  const one = said[piece];
  const utterance = new SpeechSynthesisUtterance(one.dataset.say || one.textContent.trim());
  const mine = turn;
  utterance.lang = one.closest("[lang]").lang;
  utterance.voice = voiceFor(utterance.lang);
  utterance.onend = () => { if (mine === turn) { piece += 1; speak(); } };
  utterance.onerror = () => { if (mine === turn) pause(); };
  show(true);
  engine.speak(utterance);
}

function follow() {
  if (at >= cards.length - 1) return stop();
  at += 1;
  piece = 0;
  begin();
}

function begin() {
  cards[at].scrollIntoView({ block: "nearest" });
  speak();
}

function press(event) {
  const act = event.target.closest("[data-act]");
  if (!act) return;
  if (act.dataset.act === "stop") { stop(); button("play").focus(); return; }
  if (act.dataset.act === "next") {
    follow();
    if (button("next").hidden) button("play").focus();
    return;
  }
  if (buttons.classList.contains("playing")) return pause();
  if (at < 0) { at = 0; piece = 0; }
  begin();
}

// Voices come late, and may go.
function offer() {
  const there = cards.some((card) => pieces(card).length);
  if (there && !buttons) {
    template.after(template.content.cloneNode(true));
    buttons = template.nextElementSibling;
    buttons.addEventListener("click", press);
  } else if (!there && buttons) {
    stop();
    buttons.remove();
    buttons = null;
  }
}

if (engine && template && cards.length) {
  offer();
  if (engine.addEventListener) engine.addEventListener("voiceschanged", offer); else engine.onvoiceschanged = offer;
  addEventListener("pagehide", silence);
}
