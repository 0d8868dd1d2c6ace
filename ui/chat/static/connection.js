// Gradio's requests, as they leave: each carries the key of this tab, and none that fails is lost in silence.
// A failed request is answered to Gradio with "nothing changed"; the page says what happened and offers it again.
const ASK = /\/gradio_api\/run\/predict$/;
const KEY = "policyqa-tab";
const SLOW = 1500; // ms after which waiting is said
const LOST = 30000; // ms after which it is given up
const UNREADABLE = 422; // the server's word for what it cannot take, however often it is sent

function freshKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function tabKey() {
  try {
    if (!sessionStorage.getItem(KEY)) sessionStorage.setItem(KEY, freshKey());
    return sessionStorage.getItem(KEY);
  } catch { return freshKey(); } // storage is forbidden: the conversation lasts as long as the page
}

// Whether the last message says why there is no answer.
function isNotice(messages) {
  return JSON.stringify(messages?.at?.(-1) ?? "").includes('"<p class=\\"pq-notice');
}

const unchanged = () => Response.json({ data: [{ __type__: "update" }, { __type__: "update" }] });

export function watchConnection({ leaving, waiting, arrived, lost, unreadable }) {
  const key = tabKey();
  const send = window.fetch.bind(window);
  window.fetch = async (address, options = {}) => {
    if (!ASK.test(new URL(address instanceof Request ? address.url : address, location.href).pathname)) return send(address, options);
    const headers = new Headers(options.headers);
    headers.set("X-PolicyQA-Tab", key);
    const asks = leaving(); // or else it is the page's own first word, which may still be under way when one asks
    const slow = setTimeout(() => waiting(asks), SLOW);
    try {
      const response = await send(address, { ...options, headers, signal: AbortSignal.timeout(LOST) });
      if (response.status === UNREADABLE) {
        unreadable();
        return unchanged();
      }
      if (!response.ok) throw new Error(response.status);
      const body = await response.json(); // the connection may still break while the answer comes in
      arrived(asks, isNotice(body.data[0]));
      return Response.json(body);
    } catch {
      lost(asks);
      return unchanged();
    } finally {
      clearTimeout(slow);
    }
  };
}
