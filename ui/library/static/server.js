// Asking the server. What it refuses is thrown as a Problem, with its words for the clerk.
import { inLanguage, say } from "./dom.js";

export class Problem extends Error {
  constructor(message, status = 0, errors = []) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

export async function ask(method, path, body) {
  const isFile = body instanceof Blob;
  const keepalive = method === "PUT"; // what was typed is saved though the page is left
  const headers = body === undefined || isFile ? {} : { "Content-Type": "application/json" };
  let response;
  try {
    response = await fetch(new URL(`../../v1/library/${path}`, import.meta.url), { method, headers, keepalive, body: isFile || body === undefined ? body : JSON.stringify(body) });
  } catch {
    throw new Problem(say("lost"));
  }
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(inLanguage(answer.detail ?? response.statusText), response.status, answer.errors ?? []);
  return answer;
}
