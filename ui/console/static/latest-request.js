// Asking the server.
const PATIENCE = 8000; // ms until an answer that does not come counts as a lost connection

// Of requests made through one of these only the newest counts: an older one gives undefined. Throws when no answer comes.
export function latestRequest() {
  let newest;
  const ask = async (path, body) => {
    newest?.abort();
    const mine = newest = new AbortController();
    const late = setTimeout(() => mine.abort(), PATIENCE);
    try {
      const answer = await post(path, body, mine.signal);
      return mine === newest ? answer : undefined;
    } catch (error) {
      if (mine === newest) throw error;
    } finally {
      clearTimeout(late);
    }
  };
  const drop = () => { newest?.abort(); newest = undefined; };
  return { ask, drop };
}

// What callers say goes into the body: an address would be left behind in logs. Throws unless the server accepts it.
export async function post(path, body, signal) {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(new URL(`../..${path}`, import.meta.url), { method: "POST", headers, body: JSON.stringify(body), signal });
  if (!response.ok) throw Object.assign(new Error(response.statusText), { status: response.status });
  return response.json();
}
