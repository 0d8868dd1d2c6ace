// The tab's own copy of what was said. The server keeps none: whoever asks on sends what the question leans on, so that
// a restart or an idle hour loses nothing, and a duplicated tab goes its own way.
const NAME = "policyqa-said";
const words = document.getElementById("pq-words").dataset;
let exchanges = read(); // each { turns: [user, assistant], shown: { zh: [question, answer], en: […] } }

function read() {
  try { return JSON.parse(sessionStorage.getItem(NAME)) || []; } catch { return []; } // storage may be forbidden
}

// Where there is no more room, the later half is what a reload finds.
function write(said) {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(said));
  } catch {
    if (said.length > 1) write(said.slice(Math.ceil(said.length / 2)));
  }
}

export function keep(said) {
  exchanges = exchanges.concat([said]);
  write(exchanges);
}

export function forget() {
  exchanges = [];
  write(exchanges);
}

// As Gradio's Chatbot takes it, in the language of the page.
export function messages() {
  const texts = exchanges.flatMap(({ shown }) => shown[words.code] || Object.values(shown)[0]);
  return texts.map((text, at) => (
    { role: at % 2 ? "assistant" : "user", metadata: null, content: [{ type: "text", text }], options: null }
  ));
}

// The latest turns, as many as the server takes beside this question.
export function history(question) {
  let room = Number(words.mostCharacters) - question.length;
  const sent = [];
  for (const { turns } of exchanges.slice().reverse()) {
    room -= turns[0].content.length + turns[1].content.length;
    if (room < 0 || sent.length + 2 > Number(words.mostTurns)) break;
    sent.unshift(...turns);
  }
  return JSON.stringify(sent);
}
