// Gradio's requests, as they leave: each carries what was said in this tab, and none that fails is lost in silence.
// A failed request is answered to Gradio with "nothing changed"; the page says what happened and offers it again.
import { forget, history, keep, messages } from "./kept.js";
import { keepNotice } from "./notice.js";

const CALL = /\/gradio_api\/run\/predict$/;
const SLOW = 1500; // ms after which waiting is said
const LONG = 8000; // ms after which it is said that the server is busy
const LOST = 30000; // ms after which it is given up
const UNREADABLE = 422; // the server's word for what it cannot take, however often it is sent
const BUSY = [429, 503]; // its words for too many questions of one, and of all

const unchanged = { __type__: "update" };

function response(data, rest) {
  const body = JSON.stringify({ is_generating: false, ...rest, data });
  return new Response(body, { status: 200, headers: { "Content-Type": "application/json" } });
}

// The call with the tab's history as its last value; what asks has a question before it, what arrives has not.
function carrying({ data, ...call }) {
  const before = data.slice(0, -1);
  return JSON.stringify({ ...call, data: [...before, history(before.length ? before[0] : "")] });
}

// What came back: the whole conversation as the page shows it, of which the server knows the last exchange.
function whole(body) {
  const [shown, said, ...others] = body.data;
  if (said) keep(JSON.parse(said));
  return response([said ? messages() : messages().concat(shown), unchanged, ...others], body);
}

const isNotice = ([shown, said]) => !said && shown.length > 0; // why there is no answer

export function watchConnection({ leaving, waiting, arrived, failed }) {
  const send = window.fetch.bind(window);
  window.fetch = async (address, options = {}) => {
    if (!CALL.test(new URL(address instanceof Request ? address.url : address, location.href).pathname)) return send(address, options);
    const call = JSON.parse(options.body);
    if (!call.data.length) { // clears the conversation, of which the server has nothing
      forget();
      return response([[]], {});
    }
    const asks = leaving(); // or else it is the page's own first word, which may still be under way when one asks
    const ending = new AbortController();
    const timers = [
      setTimeout(() => waiting(asks, "slow"), SLOW),
      setTimeout(() => waiting(asks, "long"), LONG),
      setTimeout(() => ending.abort(), LOST),
    ];
    try {
      const answer = await send(address, { ...options, body: carrying(call), signal: ending.signal });
      keepNotice(answer);
      if (!answer.ok) throw answer.status;
      const body = await answer.json(); // the connection may still break while the answer comes in
      const shown = whole(body);
      arrived(asks, isNotice(body.data));
      return shown;
    } catch (why) {
      failed(asks, why === UNREADABLE ? "unreadable" : BUSY.includes(why) ? "crowded" : ending.signal.aborted ? "late" : "lost");
      return response([unchanged, unchanged, unchanged], {});
    } finally {
      timers.forEach(clearTimeout);
    }
  };
}
