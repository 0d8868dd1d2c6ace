// Asking the server for pieces of HTML.
const PATIENCE = 8000; // ms until an answer that does not come counts as a lost connection

// Of requests through one channel only the newest counts: an older one gives undefined. Throws when no answer comes.
export function channel() {
  let newest;
  const ask = async (path, query) => {
    newest?.abort();
    const mine = newest = new AbortController();
    const late = setTimeout(() => mine.abort(), PATIENCE);
    try {
      const response = await fetch(`${path}?${new URLSearchParams(query)}`, { signal: mine.signal });
      if (!response.ok) throw new Error(response.statusText);
      const html = await response.text();
      return mine === newest ? html : undefined;
    } catch (error) {
      if (mine === newest) throw error;
    } finally {
      clearTimeout(late);
    }
  };
  const drop = () => { newest?.abort(); newest = undefined; };
  return { ask, drop };
}
